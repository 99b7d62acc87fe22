"""Index a folder of files in every format, some of them broken, and measure the memory.

usage: python benchmarks/robustness/formats.py [--files 3000] [--broken 0.05] [--keep FOLDER]

The script makes the files, runs ``searchkit index`` on them in a process of its own, asks the index
for the words that each article has of its own, and prints a table. The exit code is 1 if a word is
not found, if a good file is named, if a broken one is not named exactly once, if the command fails,
or if all its processes together take 1 GB.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from made_formats.folder import MadeFile, make
from process_memory import MemoryWatch

from searchkit import Index, Rewrite, SearchOptions

_MOST_MB = 1000
_ALL = SearchOptions(Rewrite.NONE, collapse_duplicates=False)


class Run(NamedTuple):
    """One run of the command."""

    counted: dict[str, Any]
    code: int
    megabytes: int
    processes: Sequence[int]
    """The megabytes of each process when all together had the most."""


def run(folder: Path, index: Path) -> Run:
    """Index the folder with the command line."""
    command = [sys.executable, "-m", "searchkit", "index", str(folder), "--json", "--index", str(index)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8")
    watch = MemoryWatch(process)
    watch.start()
    printed, _ = process.communicate()
    watch.join()
    return Run(json.loads(printed), process.returncode, watch.peak // 1024, [each // 1024 for each in watch.processes])


def problems(folder: Path, made: Sequence[MadeFile], run_: Run, index: Index) -> Iterator[str]:
    """Yield a sentence for each file that was not treated as it ought to be."""
    named = Counter(_file_of(Path(failure["path"]), folder) for failure in run_.counted["failures"])
    reasons = {_file_of(Path(f["path"]), folder): f["error"] for f in run_.counted["failures"]}
    stored = Counter(_file_of(Path(document.path), folder) for document in index)
    for each in made:
        if named[each.name] != each.is_broken:
            yield f"{each.name} ({each.kind}) is named {named[each.name]} times: {reasons.get(each.name, '')}"
        if not each.is_broken and stored[each.name] != len(each.words):
            yield f"{each.name} ({each.kind}) has {stored[each.name]} articles instead of {len(each.words)}"
        for words in each.words:
            if not _has_words(index, folder / each.name, words):
                yield f"{each.name} ({each.kind}) lacks {' or '.join(words)}"
    if run_.code:
        yield f"the exit code is {run_.code}"
    if run_.megabytes >= _MOST_MB:
        yield f"all processes together take {run_.megabytes} MB"


def _has_words(index: Index, path: Path, words: Sequence[str]) -> bool:
    """Whether one article of a file has both words, and no other article has."""
    query = " ".join(f"+!{word}" for word in words)
    hits = list(index.search(query, options=_ALL))
    return len(hits) == 1 and hits[0].document.path.startswith(str(path))


def _file_of(path: Path, folder: Path) -> str:
    """Return the name of a file, given its path, or that of a member of it."""
    return "/".join(path.relative_to(folder).parts[:2])


def print_table(made: Sequence[MadeFile], run_: Run, seconds: float) -> None:
    """Print files and articles of each format, kinds of damage, counts, time and memory."""
    whole = Counter(each.kind for each in made if not each.is_broken)
    articles: Counter[str] = Counter()
    for each in made:
        articles[each.kind] += len(each.words)
    print("| format | files | articles |\n|---|---|---|")
    for kind, count in sorted(whole.items()):
        print(f"| {kind or 'no suffix'} | {count} | {articles[kind]} |")
    print(f"| all | {sum(whole.values())} | {sum(articles.values())} |")
    damage = Counter(each.kind.split()[-1] for each in made if each.is_broken)
    print("| damage | files |\n|---|---|")
    for kind, count in sorted(damage.items()):
        print(f"| {kind.replace('_', ' ')} | {count} |")
    print(f"| all | {sum(damage.values())} |")
    counts = ", ".join(f"{name} {count}" for name, count in run_.counted.items() if isinstance(count, int))
    print(f"{counts}; exit code {run_.code}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{seconds:.0f} seconds, {used.ru_utime + used.ru_stime:.0f} of processor time")
    print(f"{run_.megabytes} MB in all processes together: {', '.join(map(str, run_.processes))}")


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=3000)
    parser.add_argument("--broken", type=float, default=0.05)
    parser.add_argument("--keep", type=Path, help="a new folder, where the files stay")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.keep or Path(temporary, "files")).resolve()
        made = list(make(folder, options.files, options.broken))
        started = time.perf_counter()
        run_ = run(folder, Path(temporary, "index"))
        print_table(made, run_, time.perf_counter() - started)
        with Index.open(Path(temporary, "index")) as index:
            found = list(problems(folder, made, run_, index))
    print(*found, sep="\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
