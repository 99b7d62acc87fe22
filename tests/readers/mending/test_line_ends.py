"""Words that the ends of lines divide are joined, in every format, and told."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

from searchkit import Articles, Document, Part
from searchkit.readers.mending.edits import apply
from searchkit.readers.mending.line_ends import find_joins
from searchkit.readers.mending.markup import plain_letters
from searchkit.readers.mending.mend import JOINED, mended_document
from tests.readers.formats.pdf.made_files import PdfPage, pdf

SIGNS = str.maketrans({"⏎": "\n", "␌": "\f", "␍": "\r", "·": " ", "~": "\u00ad"})
LINES = Path(__file__).with_name("line_ends.txt").read_text("utf-8").splitlines()
CASES = [line.split(" => ") for line in LINES if line and not line.startswith("#")]
TEXT = "Жатақхана ашылды\n\nАудандық маслихат депутат-\nтары жаңа үйді көрді. Премьер-\nминистр ҚХА-\nның сөзін айтты."
JOINED_TEXT = "депутаттары жаңа үйді көрді. Премьер-министр ҚХА-ның сөзін айтты."


def write(path: Path) -> Path:
    """Write the text to a file in the format of its suffix."""
    title, _, text = TEXT.split("\n", 2)
    if path.suffix == ".docx":
        document = docx.Document()
        for paragraph in (title, *text.split("\n")):
            document.add_paragraph(paragraph)
        document.save(str(path))
        return path
    if path.suffix == ".pdf":
        page = PdfPage()
        page.write(text, page.write(title, 750, 18) - 20)
        path.write_bytes(pdf([page]))
        return path
    body = f"<h1>{title}</h1><p>{text}</p><p>Екінші абзац: тұрғындар қуанышты, үй өте жақсы.</p>"
    path.write_text(
        {
            ".txt": TEXT,
            ".html": f"<html><body><article>{body.replace('-' + chr(10), '-<br/>')}</article></body></html>",
            ".htm": f"<html><body><article>{body.replace('-' + chr(10), '&shy;<br>', 1)}</article></body></html>",
            ".xhtml": f"<html><body><article>{body}</article></body></html>",
            ".md": f"# {title}\n\n{text}",
            ".jsonl": json.dumps({"title": title, "text": text}),
            ".json": json.dumps({"title": title, "text": text.replace("\n", "<br>")}),
            ".csv": f'title,text\n{title},"{text}"\n',
            ".rss": f"<rss version='2.0'><channel><title>А</title><item><title>{title}</title>"
            f"<description><![CDATA[<p>{text}</p>]]></description></item></channel></rss>",
        }[path.suffix],
        "utf-8",
    )
    return path


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_divided_words(text: str, expected: str) -> None:
    divided = text.translate(SIGNS)
    assert apply(find_joins(divided), divided) == expected.translate(SIGNS)


@pytest.mark.parametrize("suffix", ["txt", "html", "htm", "xhtml", "md", "jsonl", "json", "csv", "rss", "docx", "pdf"])
def test_every_format_is_joined_and_told(tmp_path: Path, suffix: str) -> None:
    articles = Articles([write(tmp_path / f"a.{suffix}")])
    (document,) = articles
    assert JOINED_TEXT in " ".join(document.text.split())
    assert articles.remarks == {JOINED: 3}


@pytest.mark.parametrize("mark", ["-", "&shy;", "&not;", "&#8208;", "\u00ad"])
@pytest.mark.parametrize("end", ["&nbsp;<br>", "<br clear='all'>&nbsp;", "\u00a0<br/>\n&#160;&nbsp;"])
def test_blanks_that_do_not_break_around_line_ends_of_html(mark: str, end: str) -> None:
    markup = plain_letters(f"маслихат депутат{mark}{end}тары")
    assert apply(find_joins(markup), markup) == "маслихат депутаттары"


def test_parts_begin_where_they_did() -> None:
    text = "Бірінші бет депутат-\nтары келді.\nҮшінші бет."
    parts = (Part("1", 0), Part("2", text.index("тары")), Part("3", text.index("Үшінші")))
    document = mended_document(Document(id="1", text=text, parts=parts), lambda *_: None)
    assert document.text == "Бірінші бет депутаттары\nкелді.\nҮшінші бет."
    assert [document.part_text(part) for part in document.parts] == [
        "Бірінші бет депутаттары\n",
        "келді.\n",
        "Үшінші бет.",
    ]


def test_two_words_in_a_pdf_stay_two(tmp_path: Path) -> None:
    page = PdfPage()
    page.write("Қалада кино-\nи телестудия ашылды. Оны депутат-\nтар көрді.")
    (tmp_path / "a.pdf").write_bytes(pdf([page]))
    (document,) = Articles([tmp_path])
    assert "кино- и телестудия" in document.title + document.text
    assert "депутаттар көрді." in document.title + document.text


def test_a_long_text_takes_little_time() -> None:
    for hostile in ("а-\n" * 50_000, "а-" + " " * 100_000, "-" * 100_000, "а" * 100_000 + "-\n" + "а" * 100_000):
        assert len(find_joins(hostile)) <= 1 + len(hostile) // 3
