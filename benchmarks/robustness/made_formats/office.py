"""Documents of office programs, books and PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape

import docx

from made_formats.articles import Article
from tests.readers.formats.books.made_books import Item, epub, fb2, navigation
from tests.readers.formats.books.made_books import page as book_page
from tests.readers.formats.office import made_doc, made_odf, made_workbooks
from tests.readers.formats.office.made_files import core, links, word, word_part, zipped
from tests.readers.formats.pdf.made_files import PdfPage, pdf

_WIDTH = 90
"""Letters in a line of a PDF."""


def word_by_library(articles: Sequence[Article]) -> bytes:
    """Write a Word document with a library."""
    document = docx.Document()
    for paragraph in articles[0].lines:
        document.add_paragraph(paragraph)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def word_with_structure(articles: Sequence[Article]) -> bytes:
    """Write a Word document of insertions, controls, boxes, tables, links and notes."""
    shapes = [
        "<w:p><w:ins w:id='1' w:author='a'>{}</w:ins></w:p>",
        "<w:sdt><w:sdtContent><w:p>{}</w:p></w:sdtContent></w:sdt>",
        "<w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>",
        "<w:p><w:smartTag w:element='place'>{}</w:smartTag></w:p>",
        "<w:p><w:hyperlink r:id='r9'>{}</w:hyperlink></w:p>",
        "<w:p><w:r><w:pict><v:textbox><w:txbxContent><w:p>{}</w:p></w:txbxContent></v:textbox></w:pict></w:r></w:p>",
    ]
    title, *middle, last = articles[0].lines
    body = f"<w:p>{_run(title)}</w:p>" + "".join(
        shapes[number % len(shapes)].format(_run(paragraph)) for number, paragraph in enumerate(middle)
    )
    notes = word_part("footnotes", f"<w:footnote w:id='2'><w:p>{_run(last)}</w:p></w:footnote>")
    mark = "<w:p><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    parts = {"word/footnotes.xml": notes, "docProps/core.xml": core("Әсел", "2024-05-17T10:00:00Z")}
    return word(body + mark, parts, links(("footnotes", "footnotes.xml")))


def strict_word(articles: Sequence[Article]) -> bytes:
    """Write a Word document in the strict namespaces."""
    return word("".join(f"<w:p>{_run(line)}</w:p>" for line in articles[0].lines), is_strict=True)


def word_97(articles: Sequence[Article]) -> bytes:
    """Write a document of Word 97, with the last paragraph in a footnote."""
    *lines, last = articles[0].lines
    return made_doc.word_97(["\r".join(lines) + "\r", f"{last}\r"])


def word_6(articles: Sequence[Article]) -> bytes:
    """Write a document of Word 6 in Russian."""
    return made_doc.word_6("\r".join(articles[0].lines) + "\r")


def rtf(articles: Sequence[Article]) -> bytes:
    """Write RTF in code points."""
    body = "".join(f"{_escaped(line)}\\par\n" for line in articles[0].lines)
    return f"{{\\rtf1\\ansi\\ansicpg1251\\uc1{{\\fonttbl{{\\f0 Times;}}}}\\f0 {body}}}".encode("ascii")


def old_rtf(articles: Sequence[Article]) -> bytes:
    """Write RTF in bytes of a Cyrillic font."""
    body = "\\par\n".join("".join(f"\\'{byte:02x}" for byte in line.encode("cp1251")) for line in articles[0].lines)
    return f"{{\\rtf1\\ansi{{\\fonttbl{{\\f0\\fcharset204 Times;}}}}\\f0 {body}}}".encode("ascii")


def odt(articles: Sequence[Article]) -> bytes:
    """Write an OpenDocument text."""
    return made_odf.packed(_odf_body(articles[0]))


def flat_odt(articles: Sequence[Article]) -> bytes:
    """Write an OpenDocument text as one XML file."""
    return made_odf.flat(_odf_body(articles[0])).encode()


def odp(articles: Sequence[Article]) -> bytes:
    """Write slides of OpenDocument, one for each paragraph."""
    slide = "<draw:page><draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame></draw:page>"
    return made_odf.packed("".join(slide.format(line) for line in articles[0].lines), "presentation")


def ods(articles: Sequence[Article]) -> bytes:
    """Write an OpenDocument spreadsheet with an article in each row."""
    return made_odf.packed(_odf_sheet(articles), "spreadsheet")


def flat_ods(articles: Sequence[Article]) -> bytes:
    """Write an OpenDocument spreadsheet as one XML file."""
    return made_odf.flat(_odf_sheet(articles), "spreadsheet").encode()


def xlsx(articles: Sequence[Article]) -> bytes:
    """Write a workbook with an article in each row."""
    return made_workbooks.xlsx({"Лист1": "".join(map(_inline_row, [("Заголовок", "Текст"), *map(_cells, articles)]))})


def xlsx_without_columns(articles: Sequence[Article]) -> bytes:
    """Write a workbook whose cells are one article, in sheets."""
    sheets = {f"Лист{number}": _inline_row((line, "17")) for number, line in enumerate(articles[0].lines)}
    return made_workbooks.xlsx(sheets)


def book(articles: Sequence[Article]) -> bytes:
    """Write a book in EPUB, a chapter for each paragraph."""
    chapters = [
        Item(f"c{number}.xhtml", book_page(f"<h1>Тарау {number}</h1><p>{text}</p>"))
        for number, text in enumerate(articles[0].paragraphs)
    ]
    entries = [(f"Тарау {number}", chapter.href) for number, chapter in enumerate(chapters)]
    return epub([navigation(*entries), *chapters], f"<dc:title>{articles[0].title}</dc:title>")


def fictionbook(articles: Sequence[Article], charset: str = "utf-8") -> bytes:
    """Write a FictionBook, a section for each paragraph."""
    sections = "".join(
        f"<section><title><p>Глава {number}</p></title><p>{text}</p></section>"
        for number, text in enumerate(articles[0].paragraphs)
    )
    return fb2(sections, f"<book-title>{articles[0].title}</book-title>", charset=charset)


def old_fictionbook(articles: Sequence[Article]) -> bytes:
    """Write a FictionBook in windows-1251."""
    return fictionbook(articles, "windows-1251")


def zipped_fictionbook(articles: Sequence[Article]) -> bytes:
    """Write a FictionBook in an archive of its own."""
    return zipped({"book.fb2": fictionbook(articles)})


def pdf_pages(articles: Sequence[Article]) -> bytes:
    """Write a PDF with a page for every two paragraphs."""
    pages, y = [PdfPage()], 750.0
    y = pages[0].write(articles[0].title, y, 18, bold=True) - 12
    for number, paragraph in enumerate(articles[0].paragraphs):
        if number and number % 2 == 0:
            pages.append(PdfPage())
            y = 750.0
        y = pages[-1].write("  " + "\n".join(_broken(paragraph)), y)
    return pdf(pages, {"Title": articles[0].title, "Author": "Әсел Қарақат"})


def _run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{escape(text)}</w:t></w:r>"


def _escaped(text: str) -> str:
    return "".join(letter if letter.isascii() else f"\\u{ord(letter)}?" for letter in text)


def _odf_body(article: Article) -> str:
    return "".join(f"<text:p>{line}</text:p>" for line in article.lines)


def _odf_sheet(articles: Sequence[Article]) -> str:
    def row(cells: Sequence[str]) -> str:
        written = (f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
        return f"<table:table-row>{''.join(written)}</table:table-row>"

    rows = "".join(map(row, [("Заголовок", "Текст"), *map(_cells, articles)]))
    return f'<table:table table:name="Лист1">{rows}</table:table>'


def _cells(article: Article) -> tuple[str, str]:
    return article.title, article.text


def _inline_row(cells: Sequence[str]) -> str:
    return made_workbooks.row(*map(made_workbooks.inline, cells))


def _broken(paragraph: str) -> list[str]:
    lines = [""]
    for word_ in paragraph.split():
        if len(lines[-1]) + len(word_) > _WIDTH:
            lines.append("")
        lines[-1] += f" {word_}" if lines[-1] else word_
    return lines
