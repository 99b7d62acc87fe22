"""Messages of chats become articles: one each, or one of each day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from searchkit.document import Document
from searchkit.readers.sources.files import File

SERVICE = "service messages left out"
"""The kind of remark for *joined the group*, *pinned a message*."""
WITHOUT_TEXT = "messages without text left out"
"""The kind of remark for photos, stickers and voices without a caption."""
LONGEST_TITLE = 100
"""The most characters of a message's first line that are its title."""
_BLANK_LINES = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Message:
    """A message with text."""

    number: str
    """Its id in the chat, with that of the chat where a file holds several."""
    text: str
    date: str = ""
    source: str = ""
    """The name of the chat or channel."""
    author: str = ""
    tags: tuple[str, ...] = ()
    url: str = ""

    @property
    def day(self) -> str:
        """The day of the message, ISO 8601."""
        return self.date[: len("2022-09-15")]


def to_documents(messages: Iterable[Message], file: File) -> Iterator[Document]:
    """Return an article for each message, or each day of a chat if the user asks for that."""
    if file.reading.by_day:
        return (_day_thread(of_day, file) for of_day in _days(messages))
    return (_article(message, file) for message in messages)


def _days(messages: Iterable[Message]) -> Iterator[list[Message]]:
    """Yield the messages of each day of a chat; one without a date stands alone."""
    for _, of_day in groupby(messages, key=lambda message: (message.source, message.day or message.number)):
        yield list(of_day)


def _article(message: Message, file: File) -> Document:
    title, text = _divided(_BLANK_LINES.sub("\n", message.text.strip()))
    return Document(
        id=f"{file.id}:{message.number}",
        title=title,
        text=text,
        date=message.date,
        source=message.source,
        author=message.author,
        url=message.url,
        path=file.absolute_path,
        tags=message.tags,
    )


def _said(message: Message) -> str:
    """Return the text of a message after the name of its author."""
    text = _BLANK_LINES.sub("\n", message.text.strip())
    return f"{message.author}: {text}" if message.author else text


def _divided(text: str) -> tuple[str, str]:
    """Return the title and the text: a short first line is no part of the text below it."""
    first, _, rest = text.partition("\n")
    if len(first) > LONGEST_TITLE:
        whole_words = first[: LONGEST_TITLE + 1].rpartition(" ")[0].rstrip(" ,;:–—-")
        return (whole_words or first[:LONGEST_TITLE]) + "…", text
    return first, rest or text


def _day_thread(messages: list[Message], file: File) -> Document:
    """Return the messages of a day as one article, each after the name of its author."""
    source, day = messages[0].source, messages[0].day
    return Document(
        id=f"{file.id}:{messages[0].number}",
        title=", ".join(filter(None, (source, day))),
        text="\n".join(map(_said, messages)),
        date=day,
        source=source,
        author=", ".join(dict.fromkeys(each.author for each in messages if each.author)),
        path=file.absolute_path,
        tags=tuple(dict.fromkeys(tag for each in messages for tag in each.tags)),
    )
