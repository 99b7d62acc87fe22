"""JSON lines: an article a line, ``{"id" or "_id" or "url", "title", "text", "date", "source", ...}``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from searchkit.document import ISO_DATE, Document
from searchkit.errors import ArticleError
from searchkit.readers.files import LARGEST_ARTICLE, File

_DATE = re.compile(rf"({ISO_DATE.pattern})(?:[T ].*)?", re.DOTALL)


def read(file: File) -> Iterator[Document]:
    """Yield the articles in `file`; raises `ArticleError`, after all good lines, if any line was bad."""
    bad: list[str] = []
    with file.open() as stream:
        for number, line in enumerate(iter(lambda: stream.readline(LARGEST_ARTICLE + 1), b""), 1):
            file.consumed += len(line)
            try:
                if line.strip():
                    yield _document(line, file, number)
            except ArticleError as error:
                bad.append(f"line {number} {error}")
    if bad:
        more = f", and {len(bad) - 1} more lines cannot be read either" if len(bad) > 1 else ""
        raise ArticleError(bad[0] + more)
    if not file.consumed:
        raise ArticleError("is empty")


def _document(line: bytes, file: File, number: int) -> Document:
    values = _values(line)
    title, text = _string(values, "title"), _string(values, "text")
    if not (title or text):
        raise ArticleError("has neither title nor text")
    return Document(
        id=_id(values) or f"{file.id}:{number}",
        title=title,
        text=text,
        language=_string(values, "language"),
        date=_date(_string(values, "date")),
        source=_string(values, "source"),
        author=_string(values, "author"),
        url=_string(values, "url"),
        path=file.absolute,
        tags=_tags(values.get("tags")),
    )


def _values(line: bytes) -> dict[str, Any]:
    if len(line) > LARGEST_ARTICLE:
        raise ArticleError("is too large for one article")
    try:
        values = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ArticleError("is broken UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise ArticleError("is not JSON") from error
    if not isinstance(values, dict):
        raise ArticleError("is not a JSON object")
    return values


def _id(values: dict[str, Any]) -> str:
    found = next((values[key] for key in ("id", "_id", "url") if values.get(key) not in (None, "")), "")
    return str(found)


def _string(values: dict[str, Any], key: str) -> str:
    value = values.get(key)
    if value is not None and not isinstance(value, str | int | float):
        raise ArticleError(f"has no text under {key!r}")
    return "" if value is None else str(value).replace("\r\n", "\n")


def _date(text: str) -> str:
    """Return the day of an ISO date and time; anything else is left out."""
    found = _DATE.fullmatch(text)
    return found[1] if found else ""


def _tags(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(str(tag) for tag in value) if isinstance(value, list) else ()
