"""Texts, pages, JSON and tables."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from html import escape

from made_formats.articles import Article


def plain(articles: Sequence[Article], charset: str = "utf-8") -> bytes:
    """Write a text file."""
    return f"{articles[0].title}\n\n{articles[0].text}".encode(charset)


def utf_16(articles: Sequence[Article]) -> bytes:
    """Write a text file as Notepad does."""
    return plain(articles, "utf-16").replace(b"\n\0", b"\r\0\n\0")


def kz_1048(articles: Sequence[Article]) -> bytes:
    """Write a text file in the charset of Windows for Kazakh."""
    return plain(articles, "kz1048")


def koi8(articles: Sequence[Article]) -> bytes:
    """Write a text file in KOI8-R."""
    return plain(articles, "koi8-r")


def dos(articles: Sequence[Article]) -> bytes:
    """Write a text file of DOS."""
    return plain(articles, "cp866")


def markdown(articles: Sequence[Article]) -> bytes:
    """Write a Markdown file."""
    return f"---\ndate: 2024-05-17\n---\n# {articles[0].title}\n\n{articles[0].text}".encode()


def page(articles: Sequence[Article], charset: str = "utf-8", declared: str = "<meta charset='utf-8'>") -> bytes:
    """Write an HTML page between a menu and a footer."""
    title, paragraphs = escape(articles[0].title), "".join(f"<p>{escape(p)}</p>" for p in articles[0].paragraphs)
    head = f"<head>{declared}<title>{title}</title></head>"
    menu, foot = "<nav><a href='/'>Басты бет</a></nav>", "<footer>© 2024</footer>"
    body = f"<body>{menu}<article><h1>{title}</h1>{paragraphs}</article>{foot}</body>"
    return f"<html>{head}{body}</html>".encode(charset)


def old_page(articles: Sequence[Article]) -> bytes:
    """Write an HTML page in windows-1251."""
    kind = "<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>"
    return page(articles, "cp1251", kind)


def undeclared_page(articles: Sequence[Article]) -> bytes:
    """Write an HTML page that keeps its charset to itself."""
    return page(articles, "cp1251", "")


def xhtml(articles: Sequence[Article]) -> bytes:
    """Write a page in XHTML."""
    doctype = b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">'
    return b'<?xml version="1.0" encoding="utf-8"?>' + doctype + page(articles, declared="")


def mht(articles: Sequence[Article]) -> bytes:
    """Write a web page saved with its pictures."""
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
    picture = b"--x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
    return head + b"Content-Type: text/html; charset=utf-8\n\n" + page(articles) + b"\n" + picture + b"--x--\n"


def lines(articles: Sequence[Article]) -> bytes:
    """Write JSON lines."""
    return b"\n".join(json.dumps({"id": n, "title": a.title, "text": a.text}).encode() for n, a in enumerate(articles))


def listed(articles: Sequence[Article]) -> bytes:
    """Write a JSON list."""
    return json.dumps([{"title": a.title, "body": a.text} for a in articles], indent=1, ensure_ascii=False).encode()


def wrapped(articles: Sequence[Article]) -> bytes:
    """Write a JSON list in an object."""
    items = [{"headline": a.title, "content": a.text, "published": "2024-05-17T10:00:00Z"} for a in articles]
    return json.dumps({"count": len(items), "articles": items}).encode()


def single(articles: Sequence[Article]) -> bytes:
    """Write an article as a JSON object."""
    return json.dumps({"title": articles[0].title, "text": articles[0].text}, indent=2).encode()


def json_feed(articles: Sequence[Article]) -> bytes:
    """Write a JSON Feed."""
    items = [{"id": str(a.number), "title": a.title, "content_html": f"<p>{a.text}</p>"} for a in articles]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Жаңалық", "items": items}
    return json.dumps(feed, ensure_ascii=False).encode()


def table(articles: Sequence[Article], delimiter: str = ",", charset: str = "utf-8-sig") -> bytes:
    """Write a table with the paragraphs of texts in one cell."""
    stream = io.StringIO()
    rows = [("Заголовок", "Дата", "Текст"), *((a.title, "17.05.2024", a.text) for a in articles)]
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode(charset)


def old_table(articles: Sequence[Article]) -> bytes:
    """Write a table as a Russian spreadsheet does."""
    return table(articles, ";", "kz1048")


def tabbed(articles: Sequence[Article]) -> bytes:
    """Write a table with tabs."""
    return table(articles, "\t", "utf-16")
