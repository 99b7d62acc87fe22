"""Print how many bytes of an index are spent on what.

    python benchmarks/speed/index_bytes.py .searchkit

Sections of a segment: docs/reference/index-format.md. Prints one line of JSON.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from searchkit.engines.whoosh.commit.commits import newest_commit
from searchkit.engines.whoosh.commit.safe_index import SafeIndex
from searchkit.engines.whoosh.schema import ARTICLES
from searchkit.engines.whoosh.segment.core import SegmentCore
from searchkit.storage.index_folder import IndexFolder


def bytes_by_kind(folder: Path) -> Counter[str]:
    """Return the bytes of each section, of all segments together, and of everything else."""
    generation = IndexFolder(folder).current()
    index = SafeIndex(generation)
    kinds: Counter[str] = Counter()
    for info in newest_commit(index)[1]:
        core = SegmentCore(generation, info)
        kinds.update(core.section_sizes())
        pieces = [core.articles.pieces(group) for group, _ in enumerate(core.articles.spans())]
        kinds["stored fields"] += sum(len(fields) for fields, _ in pieces)
        kinds["token offsets"] += sum(len(offsets) for _, offsets in pieces)
        del kinds[ARTICLES]
    total = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return kinds + Counter({"checksums, tables and the rest": total - kinds.total(), "total": total})


if __name__ == "__main__":
    print(json.dumps(bytes_by_kind(Path(sys.argv[1]))))
