"""Records of several files never share an id unless it is unique anywhere, and then it is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from searchkit import ArticleNotFound, Articles, Document, Index
from searchkit.indexing import update as update_module
from searchkit.readers.record_ids import is_global_id, split_file_id
from tests.samples import counts

FEED = '<rss version="2.0"><channel><title>С</title><item><guid>{}</guid><title>{}</title></item></channel></rss>'


def write(path: Path, *records: dict[str, object]) -> Path:
    """Write records as JSON lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        ("https://el.kz/1", True), ("HTTP://EL.KZ/1", True), ("https://қазақ.қаз/жаңалық 1", True),
        ("urn:isbn:9785", True), ("urn:uuid:1b4e28ba-2fa1-11d2-883f-0016d3cca427", True),
        ("tag:el.kz,2024-05:1", True), ("1B4E28BA-2FA1-11D2-883F-0016D3CCA427", True),
        ("{1b4e28ba-2fa1-11d2-883f-0016d3cca427}", True),
        ("1", False), ("77", False), ("news-77", False), ("/news/1", False), ("https://", False), ("http:///a", False),
        ("http://localhost/?p=1", False), ("http://127.0.0.1:8000/1", False), ("file:///C:/a.htm", False),
        ("00000000-0000-0000-0000-000000000000", False), ("tag:1", False), ("urn:1", False), ("el.kz/1", False),
    ],
)  # fmt: skip
def test_ids_that_are_unique_anywhere(id_: str, expected: bool) -> None:
    assert is_global_id(id_) == expected


@pytest.mark.parametrize(
    ("id_", "path", "expected"),
    [
        ("a.jsonl:12", "/x/a.jsonl", ("a.jsonl", ":12")),
        ("a.jsonl#12", "/x/a.jsonl", ("a.jsonl", "#12")),
        ("x/a.jsonl#b#1:2", "/x/a.jsonl", ("x/a.jsonl", "#b#1:2")),
        ("a#1.jsonl#7", "/x/a#1.jsonl", ("a#1.jsonl", "#7")),
        ("a/a#a", "/a/a", ("a/a", "#a")),
        ("n.zip/2024/a.csv#7", "/x/n.zip/2024/a.csv", ("n.zip/2024/a.csv", "#7")),
        ("a.txt", "/x/a.txt", ("a.txt", "")),
        ("7", "/x/7", ("7", "")),
        ("7", "/x/a.jsonl", None),
        ("ba.jsonl#7", "/x/a.jsonl", None),
        ("https://el.kz/a.jsonl", "/x/a.jsonl", None),
        ("7", "", None),
    ],
)
def test_the_file_in_an_id(id_: str, path: str, expected: tuple[str, str] | None) -> None:
    assert split_file_id(id_, path) == expected


def test_two_files_with_the_same_bare_ids_are_all_kept(index: Index, tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.jsonl", {"id": 1, "text": "Көпір"}, {"_id": "2", "text": "Мектеп"})
    write(tmp_path / "in" / "b.jsonl", {"id": 1, "text": "Паводок"}, {"_id": "2", "text": "Бюджет"})
    (tmp_path / "in" / "c.csv").write_text("id,text\n1,Театр\n2,Музей\n", "utf-8")
    (tmp_path / "in" / "d.rss").write_text(FEED.format(77, "Алма"), "utf-8")
    (tmp_path / "in" / "e.rss").write_text(FEED.format(77, "Алмұрт"), "utf-8")
    changes = index.update(Articles(tmp_path / "in"))
    assert (counts(changes), changes.replaced) == ((8, 0, 0, 0), [])
    for word in ("көпір", "мектеп", "паводок", "бюджет", "театр", "музей", "алма", "алмұрт"):
        assert index.search(word).total == 1
    assert index.document("b.jsonl#1").text == "Паводок"
    assert index.document("d.rss#77").title == "Алма"
    assert counts(index.update(Articles(tmp_path / "in"), prune=True)) == (0, 0, 0, 8)


def test_files_of_one_name_in_other_folders_are_kept_apart(index: Index, tmp_path: Path) -> None:
    for folder, text in (("kk", "Көпір"), ("ru", "Мост")):
        write(tmp_path / folder / "feed.jsonl", {"id": 1, "text": text}, {"text": f"{text} екі"})
        index.update(Articles(tmp_path / folder))
    assert [index.document(id_).text for id_ in ("feed.jsonl#1", "feed.jsonl:2")] == ["Көпір", "Көпір екі"]
    assert [index.document(id_).text for id_ in ("ru/feed.jsonl#1", "ru/feed.jsonl:2")] == ["Мост", "Мост екі"]
    assert counts(index.update(Articles([tmp_path / "kk", tmp_path / "ru"]), prune=True)) == (0, 0, 0, 4)


def test_a_program_keeps_its_own_ids(index: Index) -> None:
    index.update([Document(id="1", text="Көпір")])
    assert index.document("1").id == "1"
    assert index.update([Document(id="1", text="Мост")]).replaced == []


@pytest.mark.parametrize("batch", [1, 10])
def test_one_address_in_two_feeds_is_told(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(update_module, "BATCH", batch)
    a = write(tmp_path / "in" / "a.jsonl", {"id": "https://el.kz/1", "text": "Ескі"}, {"id": 1, "text": "Көпір"})
    b = write(tmp_path / "in" / "b.jsonl", {"id": "https://el.kz/1", "text": "Жаңа"})
    for _ in range(2):
        changes = index.update(Articles(tmp_path / "in"))
        told = changes.to_dict()["replaced"]
        assert told == [{"id": "https://el.kz/1", "path": str(a), "by": str(b)}]
    assert index.document("https://el.kz/1").text == "Жаңа"
    c = write(tmp_path / "c.jsonl", {"id": "https://el.kz/1", "text": "Тағы"})
    assert [str(each) for each in index.update(Articles(c)).replaced] == [
        f"https://el.kz/1 stands in {b} and in {c}, and the latter counts"
    ]


def test_a_moved_feed_is_no_second_feed(index: Index, tmp_path: Path) -> None:
    feed = write(tmp_path / "old" / "a.jsonl", {"id": "https://el.kz/1", "text": "Ескі"}, {"id": 1, "text": "Көпір"})
    index.update(Articles(feed))
    (tmp_path / "new").mkdir()
    moved = feed.rename(tmp_path / "new" / "a.jsonl")
    changes = index.update(Articles(moved))
    assert (counts(changes), changes.replaced) == ((0, 2, 0, 0), [])


def test_an_older_index_takes_the_new_ids_on_the_next_run(index: Index, tmp_path: Path) -> None:
    a = write(tmp_path / "in" / "a.jsonl", {"id": 1, "text": "Көпір"}, {"id": 2, "text": "Мектеп"})
    b = write(tmp_path / "in" / "b.jsonl", {"id": 1, "text": "Паводок"}, {"id": "https://el.kz/1", "text": "Мост"})
    earlier = [("1", b, "Паводок"), ("2", a, "Мектеп"), ("3", a, "Жойылған"), ("https://el.kz/1", b, "Мост")]
    index.update([Document(id=id_, path=str(path), text=text) for id_, path, text in earlier])
    assert counts(index.update(Articles(tmp_path / "in"))) == (1, 2, 0, 1)
    assert index.stats().documents == 5
    assert [index.document(id_).text for id_ in ("a.jsonl#1", "b.jsonl#1", "a.jsonl#2", "3")] == [
        "Көпір", "Паводок", "Мектеп", "Жойылған",
    ]  # fmt: skip
    assert counts(index.update(Articles(tmp_path / "in"), prune=True)) == (0, 0, 1, 4)


def test_an_older_index_is_pruned_in_the_same_run(index: Index, tmp_path: Path) -> None:
    a = write(tmp_path / "a.jsonl", {"id": 1, "text": "Көпір"})
    index.update([Document(id=id_, path=str(a), text="Көпір") for id_ in ("1", "2")])
    assert counts(index.update(Articles(a), prune=True)) == (0, 1, 1, 0)
    assert index.stats().documents == 1


def test_a_bare_id_is_enough_where_it_is_clear(index: Index, tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", {"id": "x", "text": "Көпір салынды"}, {"id": "only", "text": "Мектеп ашылды"})
    write(tmp_path / "b.jsonl", {"id": "x", "text": "Мост открыт"}, {"id": "y#only", "text": "Музей открыт"})
    index.update(Articles([tmp_path / "a.jsonl", tmp_path / "b.jsonl"]))
    assert index.document("only").text == "Мектеп ашылды"
    assert index.highlighted("only", "мектеп").document.id == "a.jsonl#only"
    assert index.full_ids(["only", "b.jsonl#x", "nothing"]) == {"only": "a.jsonl#only", "b.jsonl#x": "b.jsonl#x"}
    several = "several articles have the id x in their files: a.jsonl#x, b.jsonl#x; name one in full"
    for ask in (index.document, lambda id_: index.full_ids([id_])):
        with pytest.raises(ArticleNotFound, match=several):
            ask("x")
    with pytest.raises(ArticleNotFound, match="no article has the id nothing"):
        index.document("nothing")
