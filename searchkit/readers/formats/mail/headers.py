"""Read the headers of mails: encoded words, raw bytes of old charsets, names, moments."""

from __future__ import annotations

import re
from datetime import datetime
from email.errors import HeaderParseError
from email.header import Header, decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from searchkit.iso_dates import kazakhstan
from searchkit.readers.boilerplate.dates.declared import NOT_UNDERSTOOD, parse_moment
from searchkit.readers.sources.declared_charset import decoded
from searchkit.readers.sources.files import File

_OBFUSCATED = re.compile(r"(\S+) at (\S+)(?: \((.*)\))?")
"""A sender in the archive of a mailing list: *asel at example.kz (Әсел)*."""
_LIST_NAME = re.compile(r'\s*"?([^"<]*?)"?\s*<')


def header(message: Message, name: str) -> str:
    """Return a header on one line, decoded, or nothing."""
    value = message.get(name)
    return "" if value is None else _decoded(value)


def _decoded(value: str | Header) -> str:
    return " ".join("".join(_part(part, charset) for part, charset in _parts(value)).split())


def _parts(value: str | Header) -> list[tuple[bytes | str, str | None]]:
    """Return the encoded words of a header and the text between them, each with its charset."""
    try:
        return list(decode_header(value))
    except (HeaderParseError, ValueError):
        return [(str(value), None)]


def _part(part: bytes | str, charset: str | None) -> str:
    """Return a part of a header; bytes without a charset were not encoded by the sender."""
    data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
    return decoded(data, charset or "")


def sender(message: Message) -> str:
    """Return the name of the sender, or the address of one without a name."""
    value = message.get("From") or message.get("Sender") or ""
    obfuscated = _OBFUSCATED.fullmatch(_decoded(value))
    if obfuscated:
        return obfuscated[3] or f"{obfuscated[1]}@{obfuscated[2]}"
    # Encoded names may hold commas, so addresses are told apart before decoding; raw bytes, after.
    text = value if isinstance(value, str) else _decoded(value)
    names = [_decoded(name) or address for name, address in getaddresses([text])]
    return ", ".join(filter(None, names)) or _decoded(value)


def mailing_list(message: Message) -> str:
    """Return the name of the list that a mail went to, or nothing."""
    match = _LIST_NAME.match(header(message, "List-Id"))
    return match[1] if match else ""


def moment(message: Message, file: File) -> str:
    """Return when a mail was sent, or received, on Kazakhstan's clock."""
    given = header(message, "Date")
    date = _iso(given) or parse_moment(given) or _iso(header(message, "Received").rpartition(";")[2])
    if given and not date:
        file.remark(NOT_UNDERSTOOD)
    return date


def _local(sent: datetime) -> datetime:
    return sent.astimezone(kazakhstan()) if sent.tzinfo else sent


def _iso(text: str) -> str:
    try:
        local = _local(parsedate_to_datetime(text))
    except (ValueError, TypeError, OverflowError, IndexError):
        return ""
    return local.strftime("%Y-%m-%dT%H:%M") if local.year >= _FIRST_MAIL else ""


_FIRST_MAIL = 1971
"""No mail is older than mail."""


def file_name(part: Message) -> str:
    """Return the decoded name of an attached file, without folders."""
    name = part.get_filename() or ""
    return re.split(r"[/\\]", _decoded(name))[-1].strip()
