"""Mailboxes: the mails of a folder one after another, as Thunderbird and mailing lists keep them.

A mailbox may have gigabytes: it is read mail by mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from itertools import chain, pairwise

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.formats import records
from searchkit.readers.formats.mail import eml
from searchkit.readers.sources.files import LARGEST_ARTICLE, File
from searchkit.readers.sources.item_stream import ItemStream

DELETED = "deleted mails left out"
"""The kind of remark for mails that wait in a mailbox to be removed."""
_DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?[ ]+(?:\d\d?[ ]+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[ ]"
_DIVIDER = re.compile(rb"From [^\n]{0,500}?" + _DAY + rb"[^\n]*\d\d:\d\d[^\n]*\n")
_HEADER = re.compile(rb"[!-9;-~]+:|>From ")
_QUOTED_DIVIDER = re.compile(rb"^>(>*From )", re.MULTILINE)
_LONGEST_LINE = 2**20
_EXPUNGED = 0x0008
"""Thunderbird's mark of a mail that is deleted, and still in its mailbox."""


def is_mailbox(head: bytes) -> bool:
    """Whether a file that begins with `head` is a mailbox, whatever its name is."""
    divider = _DIVIDER.match(head)
    return divider is not None and _HEADER.match(head, divider.end()) is not None


def read(file: File) -> Iterator[Document]:
    """Yield the articles in `file`.

    Raises:
        ArticleError: The file is no mailbox, or some mails are bad; all good ones come first.
    """
    problems: list[str] = []
    seen: set[str] = set()
    with ItemStream(file) as items:
        if not is_mailbox(items.head().lstrip()):
            raise ArticleError("is no mailbox")
        for number, data in enumerate(_mails(items), 1):
            try:
                yield from _document(data, file, f"{file.id}:{number}", seen)
            except ArticleError as error:
                problems.append(f"mail {number} {error}")
            except Exception as error:  # the parser raises nearly anything over broken mails
                problems.append(f"mail {number} cannot be read ({type(error).__name__})")
    records.raise_problems(problems, "mails")


def _document(data: bytes, file: File, id_: str, seen: set[str]) -> Iterator[Document]:
    """Yield the article of a mail; `seen` has the ids of the earlier ones."""
    if len(data) > LARGEST_ARTICLE:
        raise ArticleError("is too large for one article")
    message = eml.parsed(_QUOTED_DIVIDER.sub(rb"\1", data))
    if _is_deleted(message):
        file.remark(DELETED)
        return
    yield eml.to_document(message, file, id_, cuts_quotes=not seen.isdisjoint(_answered(message)))
    seen.add(str(message.get("Message-ID", "")).strip())


def _answered(message: Message) -> list[str]:
    """Return the ids of the earlier mails of a thread."""
    return f"{message.get('References', '')} {message.get('In-Reply-To', '')}".split()


def _is_deleted(message: Message) -> bool:
    status = str(message.get("X-Mozilla-Status", "")).strip()
    return bool(re.fullmatch(r"[0-9a-fA-F]{1,8}", status)) and bool(int(status, 16) & _EXPUNGED)


def _mails(items: ItemStream) -> Iterator[bytes]:
    """Yield each mail without the line that divides it from the one before.

    One that is too large is cut short, so that it can be told.
    """
    stream = items.buffered()
    lines: list[bytes] = []
    size, before = 0, b"\n"
    for line, following in _with_following(iter(lambda: stream.readline(_LONGEST_LINE), b"")):
        items.begin_item()
        if _DIVIDER.match(line) and (not before.strip() or _HEADER.match(following)):
            if _is_mail(lines):
                yield b"".join(lines)
            lines, size = [], 0
        elif size <= LARGEST_ARTICLE:
            lines.append(line)
            size += len(line)
        before = line
    if _is_mail(lines):
        yield b"".join(lines)


def _is_mail(lines: list[bytes]) -> bool:
    return any(map(bytes.strip, lines))


def _with_following(lines: Iterator[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Yield each line with the one after it."""
    return pairwise(chain(lines, [b""]))
