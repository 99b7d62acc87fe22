"""The text of a mail: plain or HTML parts, mails that were forwarded in it, attachments.

Quoted lines of earlier mails are text, without their ``>``, unless the earlier mail is in the same
mailbox: then they are cut, or a thread of twenty mails would be found twenty times. The signature
below ``-- `` is cut, up to an empty line. Cut lines stay in the page as it was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from itertools import groupby

from searchkit.document import Cut
from searchkit.errors import ArticleError
from searchkit.readers.formats.html_text import text_of_html
from searchkit.readers.formats.mail import attachments
from searchkit.readers.formats.mail.headers import file_name, header
from searchkit.readers.mending.mend import mended
from searchkit.readers.sources.declared_charset import decoded
from searchkit.readers.sources.files import File

ENCRYPTED = "encrypted mails left out"
"""The kind of remark for mails of which only the headers can be read."""
MAX_DEPTH = 5
"""The most mails that may be forwarded in each other."""
_ENCRYPTED_TYPES = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_QUOTED = re.compile(r"(?:> ?)+")


@dataclass(slots=True)
class Body:
    """The text of a mail, piece by piece."""

    file: File
    cuts_quotes: bool
    """Whether quoted mails can be found elsewhere."""
    attached: list[str] = field(default_factory=list)
    """The names and texts of attachments."""
    _page: list[tuple[str, bool]] = field(default_factory=list)
    """Each line, and whether it is cut."""

    @property
    def text(self) -> str:
        """The lines that are not cut, and the attachments."""
        return "\n".join([*(line for line, is_cut in self._page if not is_cut), *self.attached]).rstrip()

    @property
    def cut(self) -> Iterator[Cut]:
        """The runs of cut lines, each with the number of its first line."""
        runs = groupby(enumerate(self._page), key=lambda numbered: numbered[1][1])
        for lines in (list(run) for is_cut, run in runs if is_cut):
            yield lines[0][0], "\n".join(line for _, (line, _) in lines)

    def add(self, message: Message, depth: int = 0) -> None:
        """Add the text of a message, or of a part of one; raises `ArticleError`."""
        kind = message.get_content_type()
        if kind in _ENCRYPTED_TYPES and "signed" not in str(message.get_param("smime-type", "")):
            self.file.remark(ENCRYPTED)
        elif kind == "multipart/alternative":
            self._add_best(message, depth)
        elif kind == "message/rfc822":
            for part in _parts(message):
                self._add_forwarded(part, depth)
        elif message.is_multipart():
            for part in _parts(message):
                self.add(part, depth)
        elif _is_text(message):
            self._add_text(_text(message))
        elif attachments.is_mail(message):
            self._add_forwarded(attachments.mail_in(message), depth)
        else:
            self.attached += attachments.lines(message, self.file)

    def _add_forwarded(self, message: Message, depth: int) -> None:
        """Add a mail in the mail, below its subject."""
        _check_depth(depth)
        self._page += [("", False), (header(message, "Subject"), False)]
        self.add(message, depth + 1)

    def _add_best(self, message: Message, depth: int) -> None:
        """Add the first alternative, or a later one of more than twice the text.

        Then the plain text is only a remark about the HTML.
        """
        bodies = []
        for part in _parts(message):
            bodies.append(Body(self.file, self.cuts_quotes))
            bodies[-1].add(part, depth)
        best: list[tuple[str, bool]] = []
        for body in bodies:
            best = body._page if _letters(body._page) > 2 * _letters(best) else best
            self.attached += body.attached
        self._page += best

    def _add_text(self, text: str) -> None:
        """Add lines, without quotation marks; signatures and quotes of known mails are cut."""
        is_signature = False
        for line in mended(text, self.file.remark).strip("\n").split("\n"):
            quoted = _QUOTED.match(line)
            is_signature = line in ("-- ", "--") or (is_signature and bool(line.strip()) and not quoted)
            is_cut = is_signature or bool(quoted and self.cuts_quotes)
            self._page.append((line if is_cut else line[quoted.end() if quoted else 0 :].rstrip(), is_cut))


def _check_depth(depth: int) -> None:
    if depth == MAX_DEPTH:
        raise ArticleError(f"holds more than {MAX_DEPTH} mails in each other")


def _parts(message: Message) -> list[Message]:
    parts = message.get_payload()
    return [part for part in parts if isinstance(part, Message)] if isinstance(parts, list) else []


def _letters(page: list[tuple[str, bool]]) -> int:
    return sum(1 for line, _ in page for letter in line if letter.isalpha())


def _is_text(part: Message) -> bool:
    """Whether a part is to be read in the mail itself, and is no attached file."""
    is_attached = part.get_content_disposition() == "attachment"
    return part.get_content_type() in ("text/plain", "text/html") and not is_attached and not file_name(part)


def _text(part: Message) -> str:
    """Return the text of a part; lines that go on are joined if it says so."""
    data = part.get_payload(decode=True)
    text = _plain_ends(decoded(data if isinstance(data, bytes) else b"", part.get_content_charset() or ""))
    if part.get_content_subtype() == "html":
        return text_of_html(text) if text.strip() else ""
    return _unfolded(text, part) if str(part.get_param("format", "")).lower() == "flowed" else text


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").replace("\0", "")


def _unfolded(text: str, part: Message) -> str:
    """Return text whose lines go on where they end in a space (RFC 3676)."""
    separator = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        stands_alone = line.startswith(">") or line == "-- "
        line = line if stands_alone else line.removeprefix(" ")
        if goes_on and not stands_alone:
            lines[-1] += separator + line.rstrip(" ")
        else:
            lines.append(line if stands_alone else line.rstrip(" "))
        goes_on = line.endswith(" ") and not stands_alone
    return "\n".join(lines)
