"""Files that ask for more work than they are long: each kind in any size.

An attack gives the name of a file and its bytes for a size, which counts whatever is repeated.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from benchmarks.robustness.attacks.made_files import (
    ARTICLE,
    BLANKS,
    NOTE,
    SENTENCE,
    WIDE,
    WORD,
    attributes,
    bad_members,
    book,
    cell,
    entity,
    feed,
    item,
    lines,
    mail,
    messages,
    nested,
    opendocument,
    page,
    paragraph,
    pdf,
    record,
    rows,
    sheet,
    wiki,
    word,
    zipped,
)


class FileAttack(NamedTuple):
    """A kind of hostile file."""

    kind: str
    name: str
    make: Callable[[int], bytes]
    """Returns the file with so many repetitions."""
    size: int
    """As many repetitions as an attacker would send."""


def _text(kind: str, repeated: str, size: int, once: str = ARTICLE) -> FileAttack:
    return FileAttack(f"text: {kind}", "a.txt", partial(lines, repeated, once=once), size)


def _html(kind: str, make: Callable[[int], bytes], size: int) -> FileAttack:
    return FileAttack(f"HTML: {kind}", "a.html", make, size)


TEXTS = [
    _text("headings of menus", "Читайте также\n", 9_000),
    _text("headings of lists", "Архив\n", 20_000),
    _text("headings with a list", "Архив\n• Бірінші\n", 10_000),
    _text("headings of tags", "Теги:\n", 20_000),
    _text("sections", "Спорт\n", 20_000),
    _text("dates", "22 қыркүйек\n", 20_000),
    _text("names", "Маулен Ашимбаев\n", 10_000),
    _text("offices", "Маулен Ашимбаев, председатель Сената\n", 10_000),
    _text("numbers", "923\n", 50_000),
    _text("telephones", "+7 701 123 45 67\n", 20_000),
    _text("the title again", "Тақырып\n", 20_000, "Тақырып\n"),
    _text("blank lines", "\n", 2_000_000),
    _text("ornaments", "-\n", 300_000),
    _text("divided words", "бөлін-\n", 100_000),
    _text("divided blanks", "а-" + " " * 50 + "\n", 20_000),
    _text("line ends behind a mark", "\n", 500_000, "сөз-"),
    _text("soft hyphens", "а\u00ad", 300_000),
    _text("opened tags", "<p ", 300_000),
    _text("opened comments", "<!--", 200_000),
    _text("opened comments of dashes", "<!--" + "- " * 50, 5_000),
    _text("signs of entities", "&", 1_000_000),
    _text("signs of tags", "<", 1_000_000),
    _text("escaped ampersands", "&amp;", 200_000),
    _text("one long word", "а", 3_000_000),
    _text("one long line of words", "мектеп ", 300_000),
    _text("points", ".", 2_000_000),
    _text("blanks", " ", 5_000_000),
    _text("quotation marks", "«", 500_000),
    _text("brackets", "([{", 300_000),
    _text("commas of a line", "а, ", 500_000),
    _text("colons of a line", "а: ", 500_000),
    _text("addresses", "http://a.kz/", 100_000),
    _text("at signs", "a@", 500_000),
    _text("figures", "1", 1_000_000),
    _text("figures with blanks", "1 ", 500_000),
    _text("figures with points", "1.", 500_000),
    _text("accented letters", "Ïðåçèäåíò ", 100_000),
    _text("combining marks", "а\u0301\u0302", 300_000),
    _text("zero bytes between letters", "a\0", 500_000, ""),
    _text("mail heads", "From a@b Fri May 17 10:00:00 2024\n\n", 50_000, "From a@b Fri May 17 10:00:00 2024\n\n"),
]

PAGES = [
    _html("attributes of a tag", lambda n: page(f"<div {attributes(n)}>{SENTENCE}</div>"), 40_000),
    _html("attributes of a head", lambda n: page("", f"<meta {attributes(n)}>"), 40_000),
    _html("attributes of the page", lambda n: page("").replace(b"<html", f"<html {attributes(n)}".encode()), 40_000),
    _html("one attribute again and again", lambda n: page("<p " + "a='1' " * n + ">x</p>"), 100_000),
    _html("a long attribute", lambda n: page(f"<p title='{'x ' * n}'>x</p>"), 1_000_000),
    _html("nested blocks", lambda n: page(nested("<div>", "</div>", n)), 100_000),
    _html("nested lists", lambda n: page(nested("<ul><li>", "</li></ul>", n)), 50_000),
    _html("nested bold", lambda n: page(nested("<b>", "</b>", n)), 50_000),
    _html("bold words", lambda n: page("<p>" + "<b>мәтін</b> " * n + "</p>"), 100_000),
    _html("links", lambda n: page("<a href='/x'>сілтеме</a> " * n), 50_000),
    _html("paragraphs", lambda n: page("<p>мәтін</p>" * n), 100_000),
    _html("tables in tables", lambda n: page(nested("<table><tr><td>", "</td></tr></table>", n)), 5_000),
    _html("rows", lambda n: page("<table>" + "<tr><td>ұя</td></tr>" * n + "</table>"), 50_000),
    _html("headings", lambda n: page("<h1>Мектеп</h1>" * n), 50_000),
    _html("list items", lambda n: page("<ul>" + "<li>мәтін</li>" * n + "</ul>"), 50_000),
    _html("line breaks", lambda n: page("мәтін<br>" * n), 100_000),
    _html("comments", lambda n: page("<!-- x -->" * n), 100_000),
    _html("open paragraphs", lambda n: page("<p>" * n), 200_000),
    _html("open formatting", lambda n: page("<p><b><i>" * n), 5_000),
    _html("scripts", lambda n: page("<script>x</script>" * n), 50_000),
    _html("declared dates", lambda n: page("", "<meta property='article:published_time' content='x'>" * n), 50_000),
    _html("linked data", lambda n: page("", f"<script type='application/ld+json'>{'[' * n}</script>"), 200_000),
    _html("entities", lambda n: page("&shy;&nbsp;" * n), 300_000),
    _html("forms", lambda n: page(nested("<form><select><option>", "", n)), 20_000),
    _html("pictures", lambda n: page("<figure><img src='a.jpg'><figcaption>x</figcaption></figure>" * n), 30_000),
    _html("quotations", lambda n: page(nested("<blockquote><p>", "</p></blockquote>", n)), 20_000),
    _html("declarations", lambda n: b"<!doctype html " * n + page(""), 50_000),
]

FEEDS = [
    FileAttack("feed: attributes of an item", "a.rss", lambda n: feed(f"<item {attributes(n)}>x</item>"), 40_000),
    FileAttack(
        "feed: attributes of a text", "a.rss",
        lambda n: feed(item(f"<![CDATA[<p {attributes(n)}>{SENTENCE}</p>]]>")), 40_000,
    ),
    FileAttack(
        "feed: attributes of Atom", "a.atom",
        lambda n: f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'><div {attributes(n)}>"
        f"{SENTENCE}</div></content></entry></feed>".encode(), 40_000,
    ),
    FileAttack("feed: items", "a.rss", lambda n: feed(item("x") * n), 20_000),
    FileAttack("feed: texts of an item", "a.rss", lambda n: feed(f"<item>{'<description>x</description>' * n}</item>"),
               50_000),
    FileAttack("feed: nested items", "a.rss", lambda n: feed(nested("<item>", "</item>", n)), 5_000),
    FileAttack("feed: nested marks in a text", "a.rss",
               lambda n: feed(item(f"<![CDATA[{nested('<b>', '</b>', n)}]]>")), 20_000),
    FileAttack("feed: shortcodes", "a.rss", lambda n: feed(item("[a " * n)), 200_000),
    FileAttack("feed: quoted shortcodes", "a.rss", lambda n: feed(item("[a " + "\"x' " * n)), 100_000),
    FileAttack("feed: tags", "a.rss", lambda n: feed(f"<item><title>T</title>{'<category>x</category>' * n}</item>"),
               50_000),
    FileAttack("feed: namespaces", "a.rss",
               lambda n: feed("<item " + " ".join(f"xmlns:n{i}='u{i}'" for i in range(n)) + ">x</item>"), 20_000),
    FileAttack("feed: ampersands", "a.rss", lambda n: feed(item("& " * n)), 200_000),
]  # fmt: skip

OFFICE = [
    FileAttack("Word: a wide cell", "a.docx", lambda n: rows(1, f"<w:tr>{cell(WIDE.format(n))}</w:tr>"),
               99_999_999),
    FileAttack("Word: rows", "a.docx", lambda n: rows(n, f"<w:tr>{cell()}</w:tr>"), 200_000),
    FileAttack("Word: cells of a row", "a.docx", lambda n: rows(1, f"<w:tr>{cell() * n}</w:tr>"), 100_000),
    FileAttack("Word: paragraphs", "a.docx", lambda n: word(paragraph("мәтін") * n), 200_000),
    FileAttack("Word: runs of a paragraph", "a.docx",
               lambda n: word(f"<w:p>{'<w:r><w:t>м</w:t></w:r>' * n}</w:p>"), 200_000),
    FileAttack("Word: attributes", "a.docx", lambda n: word(f"<w:p {attributes(n)}/>{paragraph(SENTENCE)}"), 40_000),
    FileAttack("Word: nested tables", "a.docx",
               lambda n: word(nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", n, paragraph("x"))), 80),
    FileAttack("Word: boxes in boxes", "a.docx",
               lambda n: word(nested("<w:p><w:txbxContent>", "</w:txbxContent></w:p>", n, paragraph(SENTENCE))), 100),
    FileAttack("Word: fields", "a.docx", lambda n: word('<w:p><w:fldChar w:fldCharType="begin"/></w:p>' * n
                                                        + paragraph(SENTENCE)), 100_000),
    FileAttack("Word: alternatives", "a.docx",
               lambda n: word(f"<w:p>{'<AlternateContent><Choice/><Fallback/></AlternateContent>' * n}</w:p>"
                              + paragraph(SENTENCE)), 50_000),
    FileAttack("Word: one note again and again", "a.docx",
               lambda n: word(f"<w:p>{NOTE * n}</w:p>" + paragraph(SENTENCE),
                              word__footnotes_xml=f"<w:footnotes {WORD}><w:footnote w:id='1'>"
                              f"{paragraph(SENTENCE)}</w:footnote></w:footnotes>"), 100_000),
    FileAttack("Word: one file embedded again and again", "a.docx",
               lambda n: word('<w:altChunk r:id="r1" xmlns:r="r"/>' * n + paragraph(SENTENCE),
                              **{"word___rels__document_xml_rels":
                                 "<Relationships><Relationship Id='r1' Type='x/aFChunk' Target='a.html'/>"
                                 "</Relationships>",
                                 "word__a_html": page(SENTENCE * 1_000)}), 5_000),
    FileAttack("Excel: a cell far away in each row", "a.xlsx",
               lambda n: sheet('<row><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>' * n), 30_000),
    FileAttack("Excel: rows", "a.xlsx", lambda n: sheet("<row><c><v>1</v></c></row>" * n), 200_000),
    FileAttack("Excel: cells of a row", "a.xlsx", lambda n: sheet(f"<row>{'<c><v>1</v></c>' * n}</row>"), 200_000),
    FileAttack("OpenDocument: repeated cells", "a.fods",
               lambda n: opendocument("<office:spreadsheet><table:table><table:table-row>"
                                      '<table:table-cell table:number-columns-repeated="9999999"><text:p>x</text:p>'
                                      "</table:table-cell>" + "</table:table-row><table:table-row>" * n
                                      + "</table:table-row></table:table></office:spreadsheet>"), 50_000),
    FileAttack("OpenDocument: repeated blanks", "a.fodt",
               lambda n: opendocument(f"<office:text><text:p>x{BLANKS * n}</text:p></office:text>"),
               50_000),
    FileAttack("OpenDocument: notes", "a.fodt",
               lambda n: opendocument("<office:text><text:p>x"
                                      + nested("<text:note><text:note-body><text:p>", "</text:p></text:note-body>"
                                               "</text:note>", n) + "</text:p></office:text>"), 60),
    FileAttack("RTF: groups", "a.rtf", lambda n: b"{\\rtf1 " + b"{" * n + b"x" + b"}" * n + b"}", 300_000),
    FileAttack("RTF: words", "a.rtf", lambda n: b"{\\rtf1 x" + b"\\b\\i0 " * n + b"}", 500_000),
    FileAttack("RTF: hidden letters", "a.rtf", lambda n: b"{\\rtf1 x" + b"\\u1084?" * n + b"}", 300_000),
    FileAttack("EPUB: one chapter again and again", "a.epub", book, 20_000),
    FileAttack("EPUB: nested blocks", "a.epub", lambda n: book(1, nested("<div>", "</div>", n)), 200),
    FileAttack("FictionBook: sections", "a.fb2",
               lambda n: f"<FictionBook><body>{nested('<section>', '</section>', n, '<p>x</p>')}</body>"
               "</FictionBook>".encode(), 200),
    FileAttack("FictionBook: paragraphs", "a.fb2",
               lambda n: f"<FictionBook><body><section>{'<p>мәтін</p>' * n}</section></body></FictionBook>".encode(),
               200_000),
]  # fmt: skip

OTHERS = [
    FileAttack("PDF: one page again and again", "a.pdf", pdf, 20_000),
    FileAttack("PDF: equal pages", "a.pdf", partial(pdf, are_distinct=True), 20_000),
    FileAttack("PDF: a long line", "a.pdf", lambda n: pdf(1, text="x " * n), 500_000),
    FileAttack("table: a line without end", "a.csv", lambda n: b"title;text\n" + b"x" * n, 300_000_000),
    FileAttack("table: a quotation without end", "a.csv", lambda n: b"title;text\n\"" + b"x\n" * n, 50_000_000),
    FileAttack("table: a head without end", "a.csv", lambda n: b"title;" + b"x;" * n, 50_000_000),
    FileAttack("table: columns", "a.csv", lambda n: b"text" + b";x" * n + b"\n" + b"1;" * n, 300_000),
    FileAttack("table: rows of delimiters", "a.csv", lambda n: b"text;x\nA" + b";" * n, 5_000_000),
    FileAttack("table: quotation marks", "a.csv", lambda n: b"text;x\n" + b'"' * n, 20_000_000),
    FileAttack("table: empty rows", "a.csv", lambda n: b"title;text\n" + b"\n" * n, 3_000_000),
    FileAttack("table: bad rows", "a.csv", lambda n: b"title;text\n" + b";\n" * n, 1_000_000),
    FileAttack("JSON: a line without end", "a.jsonl", lambda n: b'{"text": "' + b"x" * n, 300_000_000),
    FileAttack("JSON: nested lists", "a.json", lambda n: b"[" * n, 1_000_000),
    FileAttack("JSON: nested objects", "a.json", lambda n: b'{"a":' * n, 500_000),
    FileAttack("JSON: a long number", "a.json", lambda n: b'[{"title": "x", "text": ' + b"1" * n + b"}]", 1_000_000),
    FileAttack("JSON: keys", "a.json",
               lambda n: json.dumps({"text": "x"} | {f"k{i}": i for i in range(n)}).encode(), 300_000),
    FileAttack("JSON: lines of nothing", "a.jsonl", lambda n: b"{}\n" * n, 500_000),
    FileAttack("JSON: attributes in a text", "a.jsonl",
               lambda n: json.dumps({"text": f"<p {attributes(n)}>{SENTENCE}</p>"}).encode(), 40_000),
    FileAttack("JSON: nested dates", "a.jsonl",
               lambda n: b'{"text": "x", "date": ' + b'{"a":' * n + b"1" + b"}" * n + b"}", 500),
    FileAttack("mail: mails in mails", "a.eml", messages, 500),
    FileAttack("mail: parts", "a.eml",
               lambda n: mail("--b\nContent-Type: text/plain\n\nx\n" * n,
                              "Content-Type: multipart/mixed; boundary=b\n"), 20_000),
    FileAttack("mail: lines of a head", "a.eml", lambda n: mail(SENTENCE, "X-A: b\n" * n), 200_000),
    FileAttack("mail: an encoded subject", "a.eml",
               lambda n: b"Subject: " + b" =?utf-8?b?0LA=?=" * n + b"\n\nx", 20_000),
    FileAttack("mail: addresses", "a.eml", lambda n: b"From: " + b"a@b," * n + b"\nSubject: x\n\nx", 50_000),
    FileAttack("mail: quoted lines", "a.eml", lambda n: mail("> " * n + "\n" + ">\n" * n), 100_000),
    FileAttack("mailbox: empty mails", "a.mbox", lambda n: b"From a@b Fri May 17 10:00:00 2024\n\n" * n, 50_000),
    FileAttack("Markdown: brackets", "a.md", lambda n: b"[" * n + b"x" + b"](" * n, 20_000),
    FileAttack("Markdown: stars", "a.md", lambda n: b"*a **b " * n, 20_000),
    FileAttack("Markdown: quotations", "a.md", lambda n: b"> " * n + b"x", 20_000),
    FileAttack("Markdown: back-ticks", "a.md", lambda n: b" ".join(b"`" * i for i in range(1, n)), 1_500),
    FileAttack("Markdown: references", "a.md", lambda n: b"[a]: b\n" * n + b"[a]" * n, 20_000),
    FileAttack("Markdown: nested lists", "a.md",
               lambda n: b"".join(b" " * i + b"* x\n" for i in range(n)), 1_500),
    FileAttack("Markdown: a head", "a.md", lambda n: b"---\n" + b"a: b\n" * n, 300_000),
    FileAttack("wiki: open templates", "a.xml", lambda n: wiki("{{" * n), 20_000),
    FileAttack("wiki: open links", "a.xml", lambda n: wiki("[[" * n), 20_000),
    FileAttack("wiki: open tables", "a.xml", lambda n: wiki("{|\n|-\n" * n), 10_000),
    FileAttack("wiki: quotation marks", "a.xml", lambda n: wiki("''x '''y " * n), 20_000),
    FileAttack("wiki: open tags", "a.xml", lambda n: wiki("&lt;ref&gt;" * n), 20_000),
    FileAttack("wiki: brackets", "a.xml", lambda n: wiki("{{{a|[[b|" * n), 5_000),
    FileAttack("web archive: records of nothing", "a.warc", lambda n: b"WARC/1.0\r\nContent-Length: 0\r\n\r\n" * n,
               50_000),
    FileAttack("web archive: attributes", "a.warc", lambda n: record("http://a.kz/", f"<p {attributes(n)}>x</p>"),
               40_000),
    FileAttack("page with pictures: parts", "a.mht",
               lambda n: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
               + b"--b\nContent-Type: image/png\n\nx\n" * n + b"--b\nContent-Type: text/html\n\n" + page(""), 20_000),
    FileAttack("archive: bad members", "a.zip", bad_members, 20_000),
    FileAttack("archive: hostile members", "a.zip",
               lambda n: zipped(**{f"{i}_html": page(nested("<b>", "</b>", 20_000)) for i in range(n)}), 20),
    FileAttack("archive: a bomb", "a.txt.gz", lambda n: gzip.compress(b"\0" * n), 500_000_000),
    FileAttack("archive: archives in archives", "a.zip",
               lambda n: zipped(**{f"{i}_zip": zipped(**{f"{j}_txt": ARTICLE for j in range(50)}) for i in range(n)}),
               100),
    FileAttack("archive: empty members", "a.zip", lambda n: zipped(**{f"{i}_txt": "" for i in range(n)}), 20_000),
    FileAttack("XML: entities", "a.xml",
               lambda n: ("<!DOCTYPE r [<!ENTITY a 'xxxxxxxxxx'>"
                          + "".join(f"<!ENTITY a{i} '{entity(i - 1) * 10}'>" for i in range(n))
                          + f"]><rss version='2.0'><channel>{item(entity(n - 1))}</channel></rss>").encode(), 12),
    FileAttack("chat: messages of nothing", "result.json",
               lambda n: b'{"name": "x", "type": "public_channel", "id": 1, "messages": ['
               + b",".join([b'{"id": 1, "type": "message", "date": "2024-05-17T10:00:00", "text": ""}'] * n) + b"]}",
               50_000),
    FileAttack("no text: letters at random", "a.txt",
               lambda n: base64.b64decode(b"3q2+7w8BAgME" * (n // 9)), 3_000_000),
]  # fmt: skip

ATTACKS = [*TEXTS, *PAGES, *FEEDS, *OFFICE, *OTHERS]
