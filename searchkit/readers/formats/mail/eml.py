"""Single mails: ``.eml``, and ``.emlx`` of Apple Mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.formats.mail.body import Body
from searchkit.readers.formats.mail.headers import header, mailing_list, moment, sender
from searchkit.readers.sources.files import File

_HEADERS = ("From", "Subject", "Date", "To", "Message-ID", "Sender", "Received")
_BEFORE_MAIL = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:From [^\n]*\n)?")
"""A mark of UTF-8, the line that divides the mails of a mailbox."""
_LENGTH = re.compile(rb"\A(\d{1,10})[ ]*\n")
"""The first line of ``.emlx``: how many bytes the mail has, before facts about it."""


def read(file: File) -> Iterator[Document]:
    """Yield the one article in `file`; raises `ArticleError`."""
    yield to_document(parsed(file.read()), file, file.id)


def parsed(data: bytes) -> Message:
    """Return the mail in `data`; raises `ArticleError` if it has no headers."""
    message = message_from_bytes(_BEFORE_MAIL.sub(b"", _without_length(data)))
    if not any(name in message for name in _HEADERS):
        raise ArticleError("is no mail")
    return message


def _without_length(data: bytes) -> bytes:
    """Return the mail alone, where its length stands before it."""
    length = _LENGTH.match(data)
    return data[length.end() : length.end() + int(length[1])] if length else data


def to_document(message: Message, file: File, id_: str, cuts_quotes: bool = False) -> Document:
    """Return the article of a mail.

    Args:
        message: The mail.
        file: The file that holds it.
        id_: The id of the article.
        cuts_quotes: Whether lines of earlier mails are cut, as they can be found elsewhere.

    Raises:
        ArticleError: The mail has neither a subject nor a text.
    """
    body = Body(file, cuts_quotes)
    body.add(message)
    title, text = header(message, "Subject"), body.text
    if not (title or text.strip()):
        raise ArticleError("is a mail without subject and text")
    return Document(
        id=id_,
        title=title,
        text=text,
        date=moment(message, file),
        author=sender(message),
        source=mailing_list(message),
        path=file.absolute_path,
        tags=tuple(filter(None, map(str.strip, header(message, "Keywords").split(",")))),
        cut=tuple(body.cut),
    )
