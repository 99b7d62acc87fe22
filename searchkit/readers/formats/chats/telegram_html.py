"""Telegram's exports as HTML: ``messages.html``, ``messages2.html``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.boilerplate.dates.declared import NOT_UNDERSTOOD, parse_moment
from searchkit.readers.formats.chats.message import (
    SERVICE,
    WITHOUT_TEXT,
    Message,
    to_documents,
)
from searchkit.readers.formats.html_text import text_of_element
from searchkit.readers.sources.files import File

_EXPORT = re.compile(r"""<div class="page_body chat_page">|<div class="message (?:default|service)[ "]""")
_DAY_FIRST = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d(?::\d\d)?)(?: UTC([+-]\d\d:?\d\d))?")
_TEXTS = (
    "div[@class='text']",
    ".//div[contains(@class, 'media_file') or contains(@class, 'media_audio_file')]//div[contains(@class, 'title')]",
    ".//div[contains(@class, 'media_location') or contains(@class, 'media_venue')]//div[contains(@class, 'title')]",
    ".//div[@class='media_poll']/div[contains(@class, 'question') or @class='answer']",
)
"""Where the words of a message are: its text or caption, names of files and places, polls."""


def is_export(source: str) -> bool:
    """Whether a page is part of an export."""
    return _EXPORT.search(source[: 64 * 1024]) is not None


def read(source: str, file: File) -> Iterator[Document]:
    """Yield the articles of a page of an export; raises `ArticleError` if it has no messages."""
    tree = _tree(source)
    messages = tree.xpath("//div[starts-with(@class, 'message ') and starts-with(@id, 'message')]")
    if not messages:
        raise ArticleError("is an export without messages")
    yield from to_documents(_messages(messages, _text(tree.xpath("//div[@class='page_header']")), file), file)


def _tree(source: str) -> Any:
    from lxml import html

    return html.document_fromstring(source.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))


def _is(element: Any, kind: str) -> bool:
    return kind in element.get("class").split()


def _messages(elements: list[Any], chat: str, file: File) -> Iterator[Message]:
    sender = ""
    for element in elements:
        number = element.get("id").removeprefix("message")
        if _is(element, "service"):
            file.remark(SERVICE, int(not number.startswith("-")))  # days have negative numbers
            continue
        if not _is(element, "joined"):
            sender = _text(element.xpath("div[@class='body']/div[@class='from_name']"))
        message = _message(element, number, chat, sender, file)
        if message is None:
            file.remark(WITHOUT_TEXT)
        else:
            yield message


def _message(element: Any, number: str, chat: str, sender: str, file: File) -> Message | None:
    """Return a message, or none if it has no words; a forwarded one is its author's."""
    for votes in element.xpath(".//div[@class='answer']/span"):
        votes.drop_tree()
    bodies = element.xpath("div[@class='body'] | div[@class='body']/div[@class='forwarded body']")
    texts = (text_of_element(each) for path in _TEXTS for body in bodies for each in body.xpath(path))
    text = "\n".join(dict.fromkeys(filter(None, texts)))
    if not text:
        return None
    original = "".join(element.xpath(".//div[@class='forwarded body']/div[@class='from_name']/text()")).strip()
    signature = _text(element.xpath(".//div[contains(@class, 'signature')]"))
    author = next((name for name in (original, signature, sender) if name and name != chat), "")
    tags = (_text([link]).lstrip("#") for link in element.xpath(".//a[contains(@onclick, 'ShowHashtag')]"))
    return Message(number, text, _date(element, file), chat, author, tuple(dict.fromkeys(tags)))


def _text(elements: list[Any]) -> str:
    """Return the text of the first element, on one line, if there is one."""
    return " ".join(text_of_element(elements[0]).split()) if elements else ""


def _date(element: Any, file: File) -> str:
    """Return the moment in the tooltip of a message's clock, on Kazakhstan's if it has a zone."""
    (given,) = element.xpath("(.//div[contains(@class, 'date details')]/@title)[1]") or ("",)
    match = _DAY_FIRST.search(given)
    date = parse_moment("{2}-{1}-{0}T{3}{4}".format(*match.groups(""))) if match else ""
    if not date:
        file.remark(NOT_UNDERSTOOD)
    return date
