"""What repeats itself in a file is read once, and mark-up beyond use is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.robustness.attacks import made_files as made
from searchkit import Articles, Document
from searchkit.parts import checked_parts
from searchkit.readers.formats import tables
from searchkit.readers.mending.excess import MOST_ATTRIBUTES, MOST_PIECES, with_fewer_attributes, without_excess
from tests.steps import steps_of


def read(folder: Path, name: str, data: bytes) -> tuple[Document, Articles]:
    (folder / name).write_bytes(data)
    found = Articles(folder / name, limits=None)
    (document,) = found
    return document, found


def steps(folder: Path, name: str, data: bytes) -> int:
    (folder / name).write_bytes(data)
    return steps_of(lambda: list(Articles(folder / name, limits=None)))


@pytest.mark.parametrize("are_distinct", [False, True])
def test_pages_of_a_pdf_that_are_listed_again(are_distinct: bool, tmp_path: Path) -> None:
    document, found = read(tmp_path, "a.pdf", made.pdf(30, are_distinct=are_distinct))
    assert len(document.parts) == 30
    assert document.text.count("Library opened") == (30 if are_distinct else 1)
    assert found.remarks.get("pages that PDF files list again left out", 0) == (0 if are_distinct else 29)


def test_a_chapter_of_a_book_that_is_listed_again(tmp_path: Path) -> None:
    document, found = read(tmp_path, "a.epub", made.book(500))
    assert [part.name for part in document.parts] == ["Тарау"]
    assert found.remarks["repeated pages of books left out"] == 499


def test_notes_in_notes_are_read_once(tmp_path: Path) -> None:
    notes = made.nested("<text:note><text:note-body><text:p>ескерту", "</text:p></text:note-body></text:note>", 40)
    document, _ = read(
        tmp_path, "a.fodt", made.opendocument(f"<office:text><text:p>Мәтін{notes}</text:p></office:text>")
    )
    assert document.raw.count("ескерту") == 40


def test_a_cell_far_away_costs_no_more_than_a_near_one(tmp_path: Path) -> None:
    row = '<row><c r="A1"><v>1</v></c><c r="{}1"><v>2</v></c></row>'
    read(tmp_path, "a.xlsx", made.sheet(row.format("B")))
    near, far = (steps(tmp_path, "a.xlsx", made.sheet(row.format(column) * 200)) for column in ("B", "XFD"))
    assert far < 1.5 * near


def test_cells_behind_the_first_row_keep_their_order(tmp_path: Path) -> None:
    rows = (
        '<row><c r="A1"><v>1</v></c></row><row><c r="A2"><v>2</v></c><c r="C2"><v>3</v></c><c r="F2"><v>4</v></c></row>'
    )
    document, _ = read(tmp_path, "a.xlsx", made.sheet(rows))
    assert document.text == "1\n2 3 4"


def test_equal_names_of_parts_are_numbered_in_one_pass() -> None:
    def names(count: int) -> list[str]:
        return [part.name for part in checked_parts([("Эпилог", 0)] * count, 1)]

    assert names(3) == ["Эпилог", "Эпилог (2)", "Эпилог (3)"]
    few, many = (steps_of(lambda size=size: names(size)) for size in (100, 400))
    assert many < 4.5 * few


def test_a_line_of_a_table_that_does_not_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "LARGEST_ARTICLE", 1_000_000)
    (tmp_path / "a.csv").write_bytes(b"title;text\nA;B\n" + b"x;" * 2_000_000)
    found = Articles(tmp_path / "a.csv", limits=None)
    assert [document.title for document in found] == ["A"]
    assert found.failures[0].error == "holds a line of more than 0 MB"


MANY = made.attributes(MOST_ATTRIBUTES * 2)


@pytest.mark.parametrize(
    ("markup", "left"),
    [
        (f"<p {MANY}>Мәтін</p>", "<p>Мәтін</p>"),
        (f"<br {MANY}/>", "<br/>"),
        ("<p " + "a='>' " * 500 + ">x</p>", "<p>x</p>"),
        ('<p a="1"' + 'b="2"' * 500 + ">x</p>", "<p>x</p>"),
        ("<p " + "<a=1 " * 500 + ">x</p>", "<p>x</p>"),
        ("<p/" + "a/" * 1000 + ">x</p>", "<p/>x</p>"),
        (f"<p title='{'бір ' * 2000}'>x</p>", None),
        (f"<img src='data:image/png;base64,{'A' * 5000}'>", None),
        (f"<p>{'a < b, it’s ' * 500}</p>", None),
        ("<p class='a' id=\"b\">x</p>", None),
        ("it's <b>don't</b> " * 300, None),
        ("<p it's>бір</p> екі" * 500, None),
    ],
)
def test_attributes_beyond_use(markup: str, left: str | None) -> None:
    assert with_fewer_attributes(markup) == (markup if left is None else left)


@pytest.mark.parametrize(
    "open_mark", ["<a x='", '<a x="', "<a ", "<a =", "<a 'x", "<!--", "<b ", "<a x='\"", "<p a=1 "]
)
def test_unfinished_mark_up_is_passed_once(open_mark: str) -> None:
    without_excess(open_mark * 100_000)  # minutes, if each began a search to the end


def test_pieces_beyond_use() -> None:
    assert without_excess("<b>м</b>" * (2 * MOST_PIECES + 1)) == "м" * (2 * MOST_PIECES + 1)
    assert without_excess("м<!-- x -->" * (MOST_PIECES + 1)) == "м" * (MOST_PIECES + 1)
    few = "<p><b>м</b><!-- x --></p>" * 100
    assert without_excess(few) == few


def test_a_record_of_nothing_is_not_searched_for_fields(tmp_path: Path) -> None:
    steps(tmp_path, "a.jsonl", b"{}\n")
    nothing, other = (steps(tmp_path, "a.jsonl", line * 200) for line in (b"{}\n", b'{"x": 1}\n'))
    assert nothing < 0.6 * other
