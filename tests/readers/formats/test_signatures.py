"""Files that hold no text are refused in one sentence, wherever they are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit import Articles
from tests.readers.formats.office.made_files import zipped

NO_ARTICLES: dict[str, tuple[bytes, str]] = {
    "a.jpg": (b"\xff\xd8\xff\xe0\0\x10JFIF", "is a JPEG picture, and holds no article"),
    "b.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is a PNG picture, and holds no article"),
    "c": (b"SQLite format 3\0" + bytes(99), "is a database, and holds no article"),
    "d.mp4": (b"\0\0\0\x18ftypmp42", "is a video, and holds no article"),
    "e.rar": (b"Rar!\x1a\x07\0", "is a RAR archive; unpack it first"),
    "f.tar": (b"a".ljust(257, b"\0") + b"ustar\0", "is a tar archive; unpack it first"),
    "g.mobi": (bytes(60) + b"BOOKMOBI", "is a Kindle book; convert it to .epub"),
    "h.dat": (zipped({"a.txt": "x"}), "is a zip archive; give its name the ending .zip"),
    "p.pptx": (zipped({"_rels/.rels": "x", "ppt/presentation.xml": "x"}), "is a presentation; save it as .odp"),
    "q.xml": (
        b"<?xml version='1.0'?><w:wordDocument xmlns:w='w'/>",
        "is a Word document of 2003 in XML; save it as .docx",
    ),
    "r.xml": (b"<pkg:package xmlns:pkg='p'/>", "is a package in XML, such as Word writes; save it as .docx"),
    "s.xml": (b"<?xml version='1.0'?><Workbook/>", "is an Excel workbook of 2003 in XML; save it as .xlsx"),
    "t.txt": ("שלום לכם ילדים".encode("cp1255"), "is not text, or is in a charset that is not known here"),
    "i.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><text>x</text></svg>", "is XML, but no RSS or Atom feed"),
    "j.plist": (b"<?xml version='1.0'?><plist><dict/></plist>", "is XML, but no RSS or Atom feed"),
    "k.tex": (b"\\documentclass{article}\\begin{document}x", "is LaTeX; convert it to .html or .pdf"),
    "l.css": (b"body { color: red }", "is a style sheet, and holds no article"),
    "m.ps": (b"%!PS-Adobe-3.0", "is PostScript; convert it to .pdf"),
    "n.bin": (bytes(range(256)) * 9, "is not text, or is in a charset that is not known here"),
    "o.txt": (b"<!DOCTYPE html><html><body></body></html>", "has no article in it"),
}


@pytest.mark.parametrize("name", NO_ARTICLES)
def test_each_kind_has_its_sentence(tmp_path: Path, name: str) -> None:
    data, sentence = NO_ARTICLES[name]
    (tmp_path / name).write_bytes(data)
    for named in (str(tmp_path / name), f"{tmp_path}/*"):
        articles = Articles([named])
        assert (list(articles), [failure.error for failure in articles.failures]) == ([], [sentence])


READABLE = {
    "letter": rb"{\rtf1\ansi The bridge is open.\par It is free.\par}",
    "page.txt": b"<html><head><title>The bridge is open.</title></head><body><p>It is free.</p></body></html>",
    "lines.bak": b'{"title": "The bridge is open.", "text": "It is free."}\n',
    "word.dat": zipped(
        {"word/document.xml": "<d><p><t>The bridge is open.</t></p><p><t>It is free.</t></p></d>"},
    ),
    "wide.txt": "<html><head><title>The bridge is open.</title></head><body><p>It is free.</p></body></html>".encode(
        "utf-16"
    ),
    "less.txt": b"The bridge is open.\n\nIt is free.",
}


@pytest.mark.parametrize("name", READABLE)
def test_contents_tell_the_format(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(READABLE[name])
    (document,) = Articles([tmp_path / name])
    assert (document.title.rstrip("."), document.text.strip()) == ("The bridge is open", "It is free.")


@pytest.mark.parametrize(
    "text", ["<p>Көпір ашылды</p>", "{Көпір} ашылды", "BM және MZ деген ән", "PK футбол клубы", "ID3 тегтері"]
)
def test_texts_that_begin_like_others_are_texts(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(f"{text}\n\nҮлкен көпір ашылды.", "utf-8")
    assert len(list(Articles([tmp_path]))) == 1
