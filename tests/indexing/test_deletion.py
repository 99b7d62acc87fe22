"""Deleted articles are found no more, and purging leaves nothing of them in any file."""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from searchkit import ArticleNotFound, Articles, Document, Index, IndexNotFound
from searchkit.lexicon.skeletons import encode, text_skeleton
from tests.samples import SCHOOL, THEATRE, counts

RARE = "шыңғырлаубай"
SECRET = Document(
    id="s", title=f"Құпия {RARE}", text=f"Бұл мақалада {RARE} туралы айтылған. Президент те келді.", author=RARE,
    source=RARE, tags=(RARE,), url=f"https://el.kz/{RARE}",
)  # fmt: skip
OTHERS = [Document(id=f"{n}", title="Мақала", text=f"Мақала {n}: мектеп туралы жазылған.") for n in range(50)]


def traces(index: Path, word: str = RARE) -> list[str]:
    """Return the files in which a word stands, as it is, coded or compressed."""
    sought = [word.encode(), word.encode("utf-16-le"), encode(word), text_skeleton(word).strip(), word[:5].encode()]
    return [
        file.name
        for file in sorted(index.rglob("*"))
        if file.is_file() and any(each in data for data in unpacked(file.read_bytes()) for each in sought)
    ]


def unpacked(data: bytes) -> list[bytes]:
    """Return some bytes, and whatever is compressed in them."""
    found = [data]
    at = data.find(b"\x78")
    while at >= 0:
        with suppress(zlib.error):
            found.append(zlib.decompressobj().decompress(data[at : at + 2**16]))
        at = data.find(b"\x78", at + 1)
    return found


def test_a_deleted_article_is_found_no_more(index: Index) -> None:
    index.update([SCHOOL, THEATRE])
    changes = index.delete(["a", "unknown", "unknown"])
    assert (counts(changes), [failure.path for failure in changes.failures]) == ((0, 0, 1, 0), ["unknown"])
    assert index.search("мектеп").total == 0
    assert [document.id for document in index] == ["b"]
    assert counts(index.update([SCHOOL])) == (1, 0, 0, 0)
    assert index.delete("a").removed == 1


def test_an_index_is_a_collection(index: Index) -> None:
    with pytest.raises(IndexNotFound):
        len(index)
    with pytest.raises(IndexNotFound):
        index.delete(["a"])
    index.update([SCHOOL, THEATRE])
    assert len(index) == 2
    assert ("a" in index, "x" in index, 7 in index) == (True, False, False)
    assert {document.id: document for document in index} == {"a": SCHOOL, "b": THEATRE}
    before = iter(index)
    index.delete(["a", "b"], purge=True)
    assert (len(index), list(index)) == (0, [])
    assert len(list(before)) == 2


def test_what_would_come_back_is_told(index: Index, folder: Path) -> None:
    index.update(Articles(folder))
    (folder / "1.txt").unlink()
    changes = index.delete(["1.txt", "2.txt"])
    assert changes.removed == 2
    assert list(changes.remarks.values()) == [1]
    assert counts(index.update(Articles(folder))) == (1, 0, 0, 1)


def test_nothing_is_deleted_where_an_id_is_not_clear(index: Index, tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        records = [{"id": id_, "text": "Көпір"} for id_ in (1, name)]
        (tmp_path / name).write_text("\n".join(map(json.dumps, records)), "utf-8")
    index.update(Articles([tmp_path / "a.jsonl", tmp_path / "b.jsonl"]))
    with pytest.raises(ArticleNotFound, match="several"):
        index.delete(["b.jsonl#b.jsonl", "1"])
    assert len(index) == 4
    assert index.delete(["a.jsonl"]).removed == 1


@pytest.mark.parametrize("commits", [1, 3])
def test_purging_leaves_no_trace(index: Index, tmp_path: Path, commits: int) -> None:
    folder = tmp_path / "index"
    index.update([*OTHERS, SECRET])
    assert traces(folder)
    for number in range(commits):  # earlier versions of it, deleted long ago
        index.update([Document(id="s", title=f"Нұсқа {number} {RARE}", text=f"{RARE} туралы")])
    index.delete(["s"], purge=True)
    assert traces(folder) == []
    assert list(index.verify()) == []
    assert len(index) == len(OTHERS)
    assert index.search("мектептер").total == len(OTHERS)
    assert not index.suggest(RARE[:6])


def test_the_commit_that_follows_leaves_no_trace(index: Index, tmp_path: Path) -> None:
    index.update([*OTHERS, SECRET])
    index.update([SCHOOL])
    index.delete(["s"])
    assert traces(tmp_path / "index")
    index.close()
    Index.open(tmp_path / "index").update([THEATRE])
    assert traces(tmp_path / "index") == []
    assert len(index) == len(OTHERS) + 2


def test_purging_alone_erases_what_was_removed_before(index: Index, tmp_path: Path) -> None:
    index.update([*OTHERS, SECRET])
    index.update(OTHERS, prune=True)
    assert counts(index.delete([], purge=True)) == (0, 0, 0, 0)
    assert traces(tmp_path / "index") == []


def test_purging_erases_other_generations(index: Index, tmp_path: Path) -> None:
    index.update([*OTHERS, SECRET])
    (old,) = (tmp_path / "index").glob("g*")
    (tmp_path / "index" / "g000099-00000000").mkdir()
    for file in old.iterdir():
        (tmp_path / "index" / "g000099-00000000" / file.name).write_bytes(file.read_bytes())
    index.delete(["s"], purge=True)
    assert traces(tmp_path / "index") == []


def test_purging_the_last_article_of_a_segment(index: Index, tmp_path: Path) -> None:
    index.update(OTHERS)
    index.update([SECRET])
    index.delete(["s"], purge=True)
    assert traces(tmp_path / "index") == []
    index.delete([each.id for each in OTHERS], purge=True)
    assert (len(index), index.search("мектеп").total) == (0, 0)
    assert counts(index.update([SCHOOL])) == (1, 0, 0, 0)
