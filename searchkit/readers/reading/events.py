"""Events tell the reading of one file in order: its documents, failures, members.

They cross the border between two processes as JSON, which runs no code whatever a file has done to
the process that read it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from searchkit.document import Document


class MemberBegun(NamedTuple):
    """A member of an archive is read next."""

    name: str
    path: str
    size: int = 0
    """Its bytes; 0 where they are not known before."""


class Unread(NamedTuple):
    """A file, or a member of an archive, cannot be read as a whole."""

    name: str
    """For messages; `path` is absolute."""
    error: str
    path: str
    library: str = ""
    """The library that is missing for it, if that is the reason."""


class PassedOver(NamedTuple):
    """A member of an archive has no known format."""

    suffix: str


class FileEnd(NamedTuple):
    """Nothing more comes from a file."""


Event = Document | MemberBegun | Unread | PassedOver | FileEnd


class Reply(NamedTuple):
    """An event from another process, and what its `File` counts there."""

    event: Event
    bytes_read: int
    remarks: Mapping[str, int]


_KINDS = {kind.__name__: kind for kind in (MemberBegun, Unread, PassedOver, FileEnd)}
_TUPLES = ("tags", "languages")
_LONE = "surrogatepass"


def encoded(reply: Reply) -> bytes:
    """Return a reply as bytes."""
    event = reply.event
    values = event.to_dict() if isinstance(event, Document) else [type(event).__name__, *event]
    return json.dumps([values, reply.bytes_read, reply.remarks], ensure_ascii=False).encode("utf-8", _LONE)


def decoded(data: bytes) -> Reply:
    """Return the reply that `encoded` has made bytes of."""
    values, bytes_read, remarks = json.loads(data.decode("utf-8", _LONE))
    return Reply(_document(values) if isinstance(values, dict) else _event(*values), bytes_read, remarks)


def _event(kind: str, *values: Any) -> Event:
    event: Event = _KINDS[kind](*values)
    return event


def _document(values: dict[str, Any]) -> Document:
    tuples = {name: tuple(values[name]) for name in _TUPLES} | {"cut": tuple(map(tuple, values["cut"]))}
    return Document.stored(values | tuples | {"parts": [tuple(part.values()) for part in values["parts"]]})
