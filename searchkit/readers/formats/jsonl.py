"""JSON: an article a line, or a list of articles, or one article; what their fields are called is in `records`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, BinaryIO

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.formats import records
from searchkit.readers.sources.files import LARGEST_ARTICLE, File


def read(file: File) -> Iterator[Document]:
    """Yield the articles in `file`; raises `ArticleError`, after all good ones, if any was bad."""
    with file.open() as stream:
        first = stream.readline(LARGEST_ARTICLE + 1)
        if _is_a_beginning(first):
            yield from _whole(file, first, stream)
        else:
            yield from _lines(file, chain([first], iter(lambda: stream.readline(LARGEST_ARTICLE + 1), b"")))


def _is_a_beginning(line: bytes) -> bool:
    """Whether a first line only begins what the file holds: one of JSON lines is whole by itself."""
    line = line.removeprefix(b"\xef\xbb\xbf").strip()
    return line.startswith(b"[") or line.endswith((b"{", b","))


def _lines(file: File, lines: Iterable[bytes]) -> Iterator[Document]:
    bad, is_empty = [], True
    for number, line in enumerate(lines, 1):
        file.consumed += len(line)
        try:
            if line.strip():
                is_empty = False
                yield records.document(_object(_parsed(line)), file, f"{file.id}:{number}")
        except ArticleError as error:
            bad.append(f"line {number} {error}")
    records.tell(bad, "lines")
    if is_empty:
        raise ArticleError("is empty")


def _whole(file: File, first: bytes, stream: BinaryIO) -> Iterator[Document]:
    data = first + stream.read(LARGEST_ARTICLE + 1 - len(first))
    if len(data) > LARGEST_ARTICLE:
        raise ArticleError("is too large to be read at once; save it as JSON lines")
    file.consumed = len(data)
    value = _parsed(data)
    if isinstance(value, list):
        yield from _listed(file, value)
    else:
        yield records.document(_object(value), file, file.id)


def _listed(file: File, values: list[Any]) -> Iterator[Document]:
    bad = []
    for number, value in enumerate(values, 1):
        try:
            yield records.document(_object(value), file, f"{file.id}:{number}")
        except ArticleError as error:
            bad.append(f"article {number} {error}")
    records.tell(bad, "articles")


def _parsed(data: bytes) -> Any:
    if len(data) > LARGEST_ARTICLE:
        raise ArticleError("is too large for one article")
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ArticleError("is broken UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise ArticleError("is not JSON") from error


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ArticleError("is not a JSON object")
    return value
