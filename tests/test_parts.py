"""Parts of documents: pages and chapters, by name, by number, and by offset."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit import ArticleError, ArticleNotFound, Document, Index, Part
from tests.conftest import TESTS, cases

TEXT = "Бірінші бет.\nЕкінші бет.\nҮшінші бет."
PAGES = (Part("i", 0), Part("1", 13), Part("2", 25))


def book(*parts: object, text: str = TEXT) -> Document:
    return Document(id="кітап", text=text, parts=parts)  # type: ignore[arg-type]


def test_a_part_is_found_by_its_offset_and_has_a_text() -> None:
    document = book(*PAGES)
    assert [document.part_at(offset) for offset in (0, 12, 13, 24, 25, 999)] == [
        PAGES[number] for number in (0, 0, 1, 1, 2, 2)
    ]
    assert [document.part_text(part) for part in PAGES] == TEXT.splitlines(keepends=True)
    assert book(Part("1", 5)).part_at(4) is None
    assert book().part_at(4) is None


def test_a_blank_page_holds_nothing() -> None:
    document = book(Part("1", 0), Part("2", 13), Part("3", 13))
    assert [document.part_text(part) for part in document.parts] == ["Бірінші бет.\n", "", TEXT[13:]]
    assert document.part_at(13) == Part("3", 13)


@pytest.mark.parametrize(("wanted", "names", "found"), cases(TESTS / "part_names.txt"))
def test_parts_have_names_and_numbers(wanted: str, names: str, found: str) -> None:
    parts = [Part(name.strip().removeprefix("§"), 0, "chapter" if "§" in name else "page") for name in names.split(";")]
    document = book(*parts)
    if found == "-":
        with pytest.raises(ArticleNotFound, match="has no part"):
            document.part(wanted)
    else:
        assert document.part(wanted).label == found


def test_there_and_back_with_digests() -> None:
    document = book(*PAGES, Part("Соңы", 30, "chapter"))
    assert Document.from_dict(document.to_dict()) == document
    assert document.digest == Document.from_dict(document.to_dict()).digest != book(*PAGES).digest
    assert book(("i", 0), ("1", 13), ("2", 25)) == book(*PAGES)


def test_a_document_without_parts_keeps_its_old_digest() -> None:
    """Digests of an index that is older than parts stay valid."""
    assert Document(id="1", title="Тақырып", text="Мәтін").digest == "b7ed664eca3fc5aaaf59d05856e2ba3a"


@pytest.mark.parametrize(
    "parts",
    [
        ("217",),
        (("1",),),
        ((1, 0),),
        (("1", "0"),),
        (("1", 0, "volume"),),
        (("1", 9), ("2", 3)),
        (("1", 99),),
        (("1", -1),),
        ({"name": "1"},),
        (7,),
    ],
)
def test_wrong_parts_are_refused(parts: tuple[object, ...]) -> None:
    with pytest.raises(ArticleError, match="part"):
        book(*parts)


def test_an_index_keeps_parts(tmp_path: Path) -> None:
    document = book(*PAGES)
    with Index.open(tmp_path / "index") as index:
        index.update([document, Document(id="2", text="Қысқа мақала.")])
        assert index.document("кітап") == document
        assert index.document("кітап").parts[1].label == "page 1"
        assert index.document("2").parts == ()
        assert index.update([document]).unchanged == 1
        assert index.restore().added == 2
        assert index.document("кітап") == document


def test_an_index_older_than_parts_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document(id="1", title="Тақырып", text="Мәтін осында.")
    with Index.open(tmp_path / "index") as index:
        with monkeypatch.context() as patch:
            from searchkit.engines.whoosh import whoosh_schema
            from searchkit.engines.whoosh.indexing import segment_writer

            values = whoosh_schema.field_values
            patch.setattr(
                segment_writer,
                "field_values",
                lambda analyzed: {name: value for name, value in values(analyzed).items() if name != "parts"},
            )
            index.update([document])
        assert index.document("1") == document
        assert index.update([document, book(*PAGES)]).unchanged == 1
        assert index.restore().added == 2
        assert index.document("1").parts == ()
