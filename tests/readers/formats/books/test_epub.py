"""EPUB books become one article with chapters, whatever program made them."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit import Articles, Document
from tests.readers.formats.books.made_books import Item, epub, navigation, ncx, page

FIRST = Item("a.xhtml", page("<h1>Бірінші тарау</h1><p>Аудан әкімі жаңа&nbsp;көпірді ашты.</p>"))
SECOND = Item("text/b%20c.html", page("<h2>Екінші <i>тарау</i></h2><p>Шаруалар<br/>егін жинады.</p>"))


def read(tmp_path: Path, data: bytes) -> tuple[Document, list[str]]:
    (tmp_path / "book.epub").write_bytes(data)
    articles = Articles([tmp_path])
    (document,) = articles
    return document, [failure.error for failure in articles.failures]


def chapters(document: Document) -> list[tuple[str, str]]:
    """Return the name and the first line of each chapter."""
    return [(part.name, document.part_text(part).split("\n")[0]) for part in document.parts]


def test_a_book_without_contents_is_divided_at_headings(tmp_path: Path) -> None:
    metadata = (
        "<dc:title>Дала жолдары</dc:title><dc:creator>М. Лугова</dc:creator><dc:creator>А. Серік</dc:creator>"
        "<dc:date>2018-09-12T00:00:00+00:00</dc:date><dc:publisher>Жазушы</dc:publisher>"
        "<dc:subject>проза, дала</dc:subject><dc:description>&lt;p&gt;Аңдатпа.&lt;/p&gt;</dc:description>"
    )
    document, failures = read(tmp_path, epub([FIRST, SECOND], metadata))
    assert document.text.split("\n") == [
        "Аңдатпа.", "Бірінші тарау", "Аудан әкімі жаңа көпірді ашты.", "Екінші тарау", "Шаруалар", "егін жинады.",
    ]  # fmt: skip
    assert (document.title, document.author, document.source) == ("Дала жолдары", "М. Лугова, А. Серік", "Жазушы")
    assert (document.date[:10], document.tags) == ("2018-09-12", ("проза", "дала"))
    assert chapters(document) == [("Бірінші тарау", "Бірінші тарау"), ("Екінші тарау", "Екінші тарау")]
    assert failures == []


@pytest.mark.parametrize("table", [navigation, ncx])
@pytest.mark.parametrize("folder", ["", "OEBPS/", "EPUB/book/"])
def test_the_table_of_contents_names_chapters(tmp_path: Path, table: object, folder: str) -> None:
    """Several chapters may lie in one page, at anchors; a page may continue a chapter."""
    whole = Item("a.xhtml", page("<p>Кіріспе</p><div id='x'><p>Бір</p></div><p><a name='y'></a>Екі</p>"))
    assert callable(table)
    contents = table(("Басы", "a.xhtml#x"), ("Ортасы", "a.xhtml#y"), ("Соңы", "text/b%20c.html"))
    document, _ = read(
        tmp_path, epub([contents, whole, Item("m.xhtml", page("<p>Жалғасы</p>")), SECOND], folder=folder)
    )
    assert chapters(document) == [("Басы", "Бір"), ("Ортасы", "Екі"), ("Соңы", "Екінші тарау")]
    assert "Обложка" not in document.text
    assert document.text.startswith("Кіріспе\nБір\nЕкі\nЖалғасы\n")


def test_numbers_of_notes_do_not_stick_to_words(tmp_path: Path) -> None:
    body = (
        "<p>көпірді<sup id='c1'><a epub:type='noteref' href='#d1'>1</a></sup> ашты "
        "слово<a href='n.xhtml#n2'><sup>[2]</sup></a>, площадь 5 м<sup>2</sup>, глава <a href='#z'>7</a></p>"
        "<aside epub:type='footnote' id='d1'><p><sup><a href='#c1'>1</a></sup>Сілтеме.</p></aside>"
        "<table><tr><td>бір</td><td>екі</td></tr></table><ruby>字<rt>жи</rt></ruby><script>var x</script>"
    )
    document, _ = read(tmp_path, epub([Item("a.xhtml", page(body))]))
    assert document.text == "көпірді ашты слово, площадь 5 м2, глава 7\nСілтеме.\nбір екі\n字"


@pytest.mark.parametrize(
    "content",
    [
        "<html><body><p>Көпір&nbsp;ашылды<br>бүгін <b>таңертең</p></body></html>",
        "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.1//EN' 'x.dtd'>"
        + page("<p>Көпір&nbsp;ашылды<br/>бүгін таңертең</p>")[38:],
        page("<p>Көпір ашылды<br/>бүгін таңертең</p>").encode("utf-16"),
    ],
)
def test_pages_that_are_no_good_xml(tmp_path: Path, content: str | bytes) -> None:
    if isinstance(content, bytes):
        content = content.replace("utf-8".encode("utf-16-le"), "utf-16".encode("utf-16-le"))
    document, _ = read(tmp_path, epub([Item("a.xhtml", content)]))
    assert document.text == "Көпір ашылды\nбүгін таңертең"


def test_missing_pages_are_told(tmp_path: Path) -> None:
    document, failures = read(
        tmp_path, epub([FIRST, Item("gone.xhtml", ""), Item("cover.svg", "<svg/>", "image/svg+xml")])
    )
    assert document.text.startswith("Бірінші тарау")
    assert failures == ["lacks a page (OEBPS/gone.xhtml); the rest was taken"]


ENCRYPTED = '<encryption><EncryptedData><CipherReference URI="OEBPS/{}"/></EncryptedData></encryption>'
BROKEN = {
    "no book": (epub([])[:40], "is no EPUB book, or a broken one"),
    "no pages": (epub([Item("a.jpg", b"\xff", "image/jpeg")]), "has no text in it"),
    "encrypted": (
        epub([FIRST], others={"META-INF/encryption.xml": ENCRYPTED.format("a.xhtml")}),
        "is encrypted (DRM)",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_books_fail_in_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "book.epub").write_bytes(BROKEN[name][0])
    articles = Articles([tmp_path])
    assert (list(articles), [failure.error for failure in articles.failures]) == ([], [BROKEN[name][1]])


def test_encrypted_fonts_do_not_matter(tmp_path: Path) -> None:
    others = {"META-INF/encryption.xml": ENCRYPTED.format("font.otf")}
    assert read(tmp_path, epub([FIRST], others=others))[0].text
