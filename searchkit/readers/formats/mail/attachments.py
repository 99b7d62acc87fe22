"""Attachments of mails: files of known formats are read, others are named."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

from searchkit.document import Document
from searchkit.readers.formats.mail.headers import file_name
from searchkit.readers.sources.declared_charset import decoded
from searchkit.readers.sources.files import File, with_content
from searchkit.readers.sources.paths import suffix_of

NAMED = "attachments of other formats named, not read"
"""The kind of remark for archives, programs, sounds."""
UNREADABLE = "attachments that could not be read to their end"
"""The kind of remark for broken files of known formats."""
PICTURES = "pictures in mails left out"
"""The kind of remark for logos and smileys."""
_NOT_NESTED = frozenset({".mbox", ".mbx", ".warc"})
"""Formats of many articles, which are no part of a mail's text."""


def is_mail(part: Message) -> bool:
    """Whether a part is a mail that was attached as a file."""
    return suffix_of(file_name(part)) in (".eml", ".emlx")


def mail_in(part: Message) -> Message:
    """Return the mail that was attached as a file."""
    return message_from_bytes(_data(part))


def lines(part: Message, file: File) -> list[str]:
    """Return the name of an attached file, and its text in a readable format."""
    name = file_name(part)
    if part.get_content_maintype() == "image" and (not name or part.get("Content-ID")):
        file.remark(PICTURES)
        return []
    texts = _texts(part, name, file)
    return ["", name, *texts] if name else ["", *texts]


def _texts(part: Message, name: str, file: File) -> list[str]:
    """Return titles and texts of the articles in an attached file; counts one that has none."""
    from searchkit.readers.formats.registry import FORMATS  # which reads mail, too

    suffix = suffix_of(name)
    if part.get_content_maintype() == "text" and (not suffix or suffix not in FORMATS):
        return [decoded(_data(part), part.get_content_charset() or "")]
    if not suffix or suffix not in FORMATS or suffix in _NOT_NESTED:
        file.remark(NAMED)
        return []
    attached = with_content(file, _data(part), name)
    documents = _readable(FORMATS[suffix](attached), file)
    return [text for document in documents for text in (document.title, document.text) if text]


def _readable(documents: Iterator[Document], file: File) -> Iterator[Document]:
    """Yield the documents before the first fault, which is counted."""
    try:
        yield from documents
    except Exception:  # libraries raise nearly anything over broken files, and the mail must be read
        file.remark(UNREADABLE)


def _data(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""
