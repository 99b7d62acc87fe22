"""Word documents lose no words: each construct of `word.txt`, and the parts around the text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from searchkit import Articles, Document
from tests.conftest import cases
from tests.readers.formats.office.made_files import core, links, word, word_part

CASES = cases(Path(__file__).with_name("word.txt"))
TITLE = "<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>Акт</w:t></w:r></w:p>"


def xml(fragment: str) -> str:
    """Return the XML of a fragment of `word.txt`."""
    runs = re.sub(r"\{(.*?)\}", r'<w:r><w:t xml:space="preserve">\1</w:t></w:r>', fragment)
    return runs.replace("[", "<w:p>").replace("]", "</w:p>")


def read(tmp_path: Path, data: bytes, suffix: str = ".docx") -> tuple[Document, Articles]:
    (tmp_path / f"a{suffix}").write_bytes(data)
    articles = Articles([tmp_path])
    (document,) = articles
    assert articles.failures == []
    return document, articles


@pytest.mark.parametrize("is_strict", [False, True])
@pytest.mark.parametrize(("body", "text"), CASES)
def test_all_that_word_shows_is_text(tmp_path: Path, body: str, text: str, is_strict: bool) -> None:
    document, _ = read(tmp_path, word(TITLE + xml(body), is_strict=is_strict))
    assert (document.title, document.text) == ("Акт", text.replace("⏎", "\n"))


def note(kind: str, id_: int, text: str) -> str:
    return f'<w:{kind} w:id="{id_}">{xml(f"[<w:r><w:{kind}Ref/></w:r>{{{text}}}]")}</w:{kind}>'


def test_notes_follow_the_text_and_headers_are_left_out(tmp_path: Path) -> None:
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    deleted = f'<w:del w:id="9">{reference.format(4)}</w:del>'
    body = xml(f"[{{Слова}}{reference.format(3)}{reference.format(2)}{deleted}")
    body += xml('<w:r><w:endnoteReference w:id="2"/></w:r>{ дальше.}]')
    separator = f'<w:footnote w:type="separator" w:id="-1">{xml("[{черта}]")}</w:footnote>'
    footnotes = separator + note("footnote", 2, "Вторая сноска.") + note("footnote", 3, "Первая сноска.")
    parts = {
        "word/footnotes.xml": word_part("footnotes", footnotes + note("footnote", 4, "Удалённая сноска.")),
        "word/endnotes.xml": word_part("endnotes", note("endnote", 2, "Концевая сноска.")),
        "word/header1.xml": word_part("hdr", xml("[{Колонтитул}]")),
    }
    linked = links(("footnotes", "footnotes.xml"), ("endnotes", "/word/endnotes.xml"), ("header", "header1.xml"))
    document, _ = read(tmp_path, word(TITLE + body, parts, linked))
    assert document.text == "Слова дальше.\nПервая сноска.\nВторая сноска.\nКонцевая сноска."


def test_embedded_files_and_comments(tmp_path: Path) -> None:
    body = xml('[{Начало}<w:r><w:commentReference w:id="0"/></w:r>]<w:altChunk r:id="r1"/><w:altChunk r:id="r2"/>')
    parts: dict[str, str | bytes] = {
        "word/a.html": "<html><body><p>Вставка</p><p>из HTML</p></body></html>",
        "word/b.docx": word(xml("[{И из Word}]")),
        "word/comments.xml": word_part("comments", xml("[{Замечание}]")),
    }
    linked = links(("aFChunk", "a.html"), ("aFChunk", "b.docx"), ("comments", "comments.xml"))
    document, articles = read(tmp_path, word(TITLE + body, parts, linked))
    assert document.text == "Начало\nВставка\nиз HTML\nИ из Word"
    assert articles.remarks == {"comments beside Word documents left out": 1}


@pytest.mark.parametrize(
    ("author", "created", "expected"),
    [
        ("Әсел Серік", "2018-09-12T10:00:00Z", ("Әсел Серік", "2018-09-12")),
        ("python-docx", "2013-12-23T23:15:00Z", ("", "")),
        ("Пользователь Windows", "2018-09-12T10:00:00Z", ("", "2018-09-12")),
        ("", "yesterday", ("", "")),
    ],
)
def test_properties(tmp_path: Path, author: str, created: str, expected: tuple[str, str]) -> None:
    data = word(TITLE + xml("[{Слова.}]"), {"docProps/core.xml": core(author, created, "су; жер")})
    document, _ = read(tmp_path, data, ".docm")
    assert (document.author, document.date) == expected
    assert document.tags == ("су", "жер")


def test_documents_that_bind_their_parts_badly(tmp_path: Path) -> None:
    """A missing target, backslashes and names in capitals do not matter to Word."""
    data = word(TITLE + xml("[{Слова.}]"), linked=links(("image", "../NULL")))
    data = data.replace(b"word/document.xml", b"word\\Document.xml")
    assert read(tmp_path, data)[0].text == "Слова."


ENTITIES = '<!DOCTYPE w:document [<!ENTITY a "ха"><!ENTITY f SYSTEM "file:///etc/passwd">]>'


def test_entities_are_not_followed(tmp_path: Path) -> None:
    part = word_part("document", f"<w:body>{TITLE}{xml('[{до &a;&f; после}]')}</w:body>")
    part = part.replace("?>", f"?>{ENTITIES}", 1)
    document, _ = read(tmp_path, word("", {"word/document.xml": part}))
    assert "root:" not in document.text and "ха" not in document.text


BROKEN = {
    "nothing": (word("<w:p/>"), "has no text in it"),
    "half": (word("<w:p/>")[:300], "is no Word document, or a broken one"),
    "not well-formed": (word("<w:p>"), "holds broken XML"),
    "too deep": (word("<w:sdt>" * 300 + "</w:sdt>" * 300), "holds broken XML"),
    "bomb": (word("", {"word/media/a.bin": b"0" * 2**27}), "holds far more than an archive of articles would"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_documents_fail_in_a_sentence(tmp_path: Path, name: str) -> None:
    data, sentence = BROKEN[name]
    (tmp_path / "a.docx").write_bytes(data)
    articles = Articles([tmp_path])
    assert list(articles) == []
    (failure,) = articles.failures
    assert failure.error.startswith(sentence)


def test_lines_that_a_page_would_cut_are_text(tmp_path: Path) -> None:
    lines = ["Есеп | Қорытынды", "Автор: Иван Петров", "Сурет.", "main", "Читайте также", "Поделиться", "Комментарии"]
    (tmp_path / "a.docx").write_bytes(word("".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)))
    (document,) = Articles([tmp_path])
    assert (document.title, document.author) == (lines[0], "Иван Петров")
    assert document.text.split("\n") == lines[1:]
