"""Measure the peak memory of indexing and searching (Linux).

Usage: python benchmarks/speed/memory.py 100000 CORPUS.jsonl --queries QUERIES.jsonl
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from archive import articles, read_source
from passages import QueryGenerator, read_documents, read_queries

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.robustness.process_memory import process_tree

_INTERVAL = 0.2
"""Seconds between two readings of a process and its children."""
_SEARCH = """
import json, sys
from searchkit import Index
with Index.open(sys.argv[1]) as index:
    for query in json.load(sys.stdin):
        list(index.search(query))
"""


def peak(command: Sequence[str], text: str = "") -> dict[str, float]:
    """Run a command; return its peak memory in MB and the seconds taken."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], stdin=subprocess.PIPE, stdout=sys.stderr, text=True)
    assert process.stdin
    process.stdin.write(text)
    process.stdin.close()
    alone = together = 0
    while process.poll() is None:
        alone = max(alone, _memory(process.pid, "VmHWM:"))
        together = max(together, sum(_memory(id_, "VmRSS:") for id_ in process_tree(process.pid)))
        time.sleep(_INTERVAL)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    seconds = round(time.perf_counter() - began)
    return {"MB": alone // 1024, "MB with children": max(alone, together) // 1024, "seconds": seconds}


def _memory(pid: int, kind: str) -> int:
    """Return a memory figure of a process in kB, or 0 once it has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(kind):
                return int(line.split()[1])
    return 0


def main() -> None:
    """Index, search, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", type=int, help="articles")
    parser.add_argument("corpus", nargs="+", type=Path, help="JSON lines with title and text")
    parser.add_argument("--queries", nargs="+", type=Path, required=True, help="JSON lines with text")
    parser.add_argument("--index", type=Path, help="where to keep the index; an existing one is only searched")
    options = parser.parse_args()
    figures = {}
    with TemporaryDirectory() as folder:
        index = options.index or Path(folder) / "index"
        if not index.exists():
            feed = Path(folder) / "archive.jsonl"
            with feed.open("w", encoding="utf-8") as file:
                for article in articles(read_source(options.corpus), options.size):
                    file.write(json.dumps(article, ensure_ascii=False) + "\n")
            figures["indexing"] = peak(["-m", "searchkit", "index", str(feed), "--index", str(index)])
        generated = QueryGenerator(read_queries(options.queries), read_documents(options.corpus)).all()
        mixed = [query.text for query in generated[:: len(generated) // 100]]
        figures["searching"] = peak(["-c", _SEARCH, str(index)], json.dumps(mixed))
    json.dump(figures, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
