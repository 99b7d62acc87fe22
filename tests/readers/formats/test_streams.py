"""Files of many items are read item by item, however long they are."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from searchkit import Articles
from tests.readers.formats.test_formats import EXAMPLES

WORDS = "Ауданда егін жинау аяқталды, өнім мол болды. " * 100
COUNT = 1500


def telegram() -> Iterator[str]:
    yield '{"name": "Арна", "type": "public_channel", "id": 1, "messages": ['
    for number in range(COUNT):
        message = {"id": number, "type": "message", "date": "2022-09-12T10:15:00", "text": [WORDS, str(number)]}
        yield ("," if number else "") + json.dumps(message, ensure_ascii=False)
    yield "]}"


def mailbox() -> Iterator[str]:
    for number in range(COUNT):
        yield "From - Mon Sep 12 10:00:00 2022\nSubject: x\nContent-Type: text/plain; charset=utf-8\n\n"
        yield f"{WORDS}\n{number}\n\n"


def wiki() -> Iterator[str]:
    yield "<mediawiki><siteinfo><sitename>Wiki</sitename></siteinfo>"
    for number in range(COUNT):
        text = f"<text>[[{WORDS}]] {number}</text>"
        yield f"<page><title>{number}</title><ns>0</ns><id>{number}</id><revision>{text}</revision></page>"
    yield "</mediawiki>"


@pytest.mark.parametrize(
    ("name", "pieces"),
    [("result.json", telegram), ("a.mbox", mailbox), ("wiki.xml", wiki)],
    ids=lambda value: str(value),
)
def test_long_files_are_read_in_bounded_memory(tmp_path: Path, name: str, pieces: Callable[[], Iterator[str]]) -> None:
    with gzip.open(tmp_path / f"{name}.gz", "wt", encoding="utf-8", compresslevel=1) as stream:
        stream.writelines(pieces())
    articles = Articles(tmp_path)
    assert next(iter(articles)).text  # libraries and tables of words are loaded
    tracemalloc.start()
    try:
        count = sum(1 for _ in articles)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (count, articles.failures) == (COUNT, [])
    assert peak < 5_000_000 < COUNT * len(WORDS.encode())


def test_a_web_archive_whose_records_are_compressed_one_by_one(tmp_path: Path) -> None:
    data = (EXAMPLES / "dumps" / "crawl.warc").read_bytes()
    records = [b"WARC/1.0" + record for record in data.split(b"WARC/1.0")[1:]]
    (tmp_path / "crawl.warc.gz").write_bytes(b"".join(map(gzip.compress, records)))
    assert len(list(Articles(tmp_path))) == 4
