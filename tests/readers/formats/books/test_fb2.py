"""FictionBook becomes one article with chapters."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from searchkit import Articles, Document
from tests.readers.formats.books.made_books import fb2

SECTIONS = (
    "<title><p>Степные дороги</p></title><epigraph><p>Эпиграф.</p><text-author>Народ</text-author></epigraph>"
    "<section><title><p>Глава 1</p><p>Встреча</p></title><p>Верблюды шли<a l:href='#n1' type='note'>[1]</a> вдоль "
    "<emphasis>старого</emphasis> арыка.</p><empty-line/><subtitle>* * *</subtitle><cite><p>Цитата.</p></cite>"
    "<section><title><p>Вложенная</p></title><p>Погонщик пел.</p></section></section>"
    "<section><image l:href='#c.jpg'/><poem><title><p>Песня</p></title><stanza><v>Строка первая,</v>"
    "<v>вторая.</v></stanza></poem><table><tr><td>раз</td><td>два</td></tr></table></section>"
)
NOTES = (
    "<body name='notes'><title><p>Примечания</p></title><section id='n1'><title><p>1</p></title>"
    "<p>Арык есть канал.</p></section></body>"
)
BINARY = "<binary id='c.jpg' content-type='image/jpeg'>/9j/4AAQ</binary>"
INFO = (
    "<genre>prose</genre><author><first-name>Мария</first-name><last-name>Лугова</last-name></author>"
    "<author><nickname>Дала</nickname></author><book-title>Степные дороги</book-title>"
    "<keywords>степь, дорога</keywords><annotation><p>Книга о степи.</p></annotation>"
    "<date value='1965-03-01'>1965</date><lang>ru</lang>"
)


def read(tmp_path: Path, data: bytes, name: str = "book.fb2") -> tuple[Document, list[str]]:
    (tmp_path / name).write_bytes(data)
    articles = Articles([tmp_path])
    (document,) = articles
    return document, [failure.error for failure in articles.failures]


def zipped(data: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("book.fb2", data)
    return stream.getvalue()


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "utf-16", "koi8-r"])
@pytest.mark.parametrize("is_zipped", [False, True])
def test_a_whole_book(tmp_path: Path, charset: str, is_zipped: bool) -> None:
    data = fb2(SECTIONS, INFO, NOTES + BINARY, charset)
    document, failures = read(
        tmp_path, zipped(data) if is_zipped else data, "book.fb2.zip" if is_zipped else "book.fb2"
    )
    assert document.text.split("\n") == [
        "Книга о степи.", "Степные дороги", "Эпиграф.", "Народ", "Глава 1", "Встреча",
        "Верблюды шли вдоль старого арыка.", "* * *", "Цитата.", "Вложенная", "Погонщик пел.",
        "Песня", "Строка первая,", "вторая.", "раз два", "Примечания",
        "1", "Арык есть канал.",
    ]  # fmt: skip
    assert [part.name for part in document.parts] == ["Глава 1. Встреча", "Вложенная", "Примечания"]
    assert document.part_text(document.parts[1]).startswith("Вложенная\nПогонщик")
    assert (document.title, document.author, document.date) == ("Степные дороги", "Мария Лугова, Дала", "1965-03-01")
    assert (document.tags, failures) == (("степь", "дорога"), [])


def test_a_wrongly_declared_charset(tmp_path: Path) -> None:
    data = fb2(SECTIONS).replace(b"utf-8", b"x-unknown", 1)
    assert "Погонщик пел." in read(tmp_path, data)[0].text
    data = fb2(SECTIONS, charset="windows-1251").replace(b"windows-1251", b"utf-8", 1)
    assert "Погонщик пел." in read(tmp_path, data)[0].text


def test_broken_xml_is_read_as_far_as_possible_and_told(tmp_path: Path) -> None:
    document, failures = read(tmp_path, fb2("<section><p>Раз & два.</p><p>Три <b>четыре.</p></section>"))
    assert "Три четыре." in document.text
    assert failures == ["is broken XML; what could be read of it was taken"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (fb2("<section/>"), "has no text in it"),
        (b"<urlset><url/></urlset>", "is XML, but no FictionBook"),
        (b"\x00\x01\x02" * 99, "is not text, or is in a charset that is not known here"),
        (b"<binary>" * 100_000, "is broken XML"),
    ],
)
def test_broken_books_fail_in_a_sentence(tmp_path: Path, data: bytes, sentence: str) -> None:
    (tmp_path / "book.fb2").write_bytes(data)
    articles = Articles([tmp_path])
    assert (list(articles), [failure.error for failure in articles.failures]) == ([], [sentence])
