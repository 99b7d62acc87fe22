"""Many processes search while one writes: each answer comes from one whole commit."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from searchkit import Document, Index
from tests.reliability.conftest import texts, times

ARTICLES = 40
READERS = 4

_READER = """
import sys, time
from searchkit import Index, Rewrite, SearchOptions
index, searches, seen = Index.open(sys.argv[1]), 0, set()
until = time.monotonic() + float(sys.argv[2])
while time.monotonic() < until:
    results = index.search("мақала", limit=100, options=SearchOptions(collapse_duplicates=False))
    versions = {hit.document.text.split()[-1] for hit in results}
    assert len(versions) == 1, versions
    (version,) = versions
    assert len({hit.id for hit in results}) == results.total == len(results) == ARTICLES, (version, results.total)
    assert all(hit.snippet.marks for hit in results)
    assert index.search("нұсқа" + version, options=SearchOptions(Rewrite(spelling=False))).total in (0, ARTICLES)
    assert int(version) >= max(seen, default=0), "time goes backwards"
    seen.add(int(version))
    searches += 1
print(searches, len(seen))
"""


def _version(version: int) -> list[Document]:
    """Return all articles of a version, whose number is in their texts."""
    text = "Мақала {} туралы. нұсқа{} {}"
    return [Document(id=str(n), text=text.format(n, version, version), language="kk") for n in range(ARTICLES)]


def test_each_answer_comes_from_one_whole_commit(tmp_path: Path) -> None:
    folder, seconds = tmp_path / "index", times(6, 60)
    with Index.open(folder) as index:
        index.update(_version(0))
        code = _READER.replace("ARTICLES", str(ARTICLES))
        command = [sys.executable, "-W", "error", "-c", code, str(folder), str(seconds)]
        readers = [
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
            for _ in range(READERS)
        ]
        number, until = 0, time.monotonic() + seconds
        while time.monotonic() < until:
            number += 1
            (index.rebuild if number % 10 == 0 else index.update)(_version(number))
        outputs = [reader.communicate(timeout=120) for reader in readers]
        assert [error for _, error in outputs] == [""] * READERS
        searches, seen = zip(*(map(int, counts.split()) for counts, _ in outputs), strict=True)
        assert min(searches) > 1
        assert max(seen) > 1
        assert len(texts(index)) == ARTICLES
