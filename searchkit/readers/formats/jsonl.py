"""JSON: an article on each line, a list, or one article.

The keys are those of `records`.
"""

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
    """Yield the articles in `file`.

    Raises:
        ArticleError: Some articles are bad; all good ones come first.
    """
    with file.open() as stream:
        first = stream.readline(LARGEST_ARTICLE + 1)
        if _opens_a_value(first):
            yield from _read_whole(file, first, stream)
        else:
            yield from _read_lines(file, chain([first], iter(lambda: stream.readline(LARGEST_ARTICLE + 1), b"")))


def _opens_a_value(line: bytes) -> bool:
    """Whether a line opens a JSON value that later lines complete."""
    line = line.removeprefix(b"\xef\xbb\xbf").strip()
    return line.startswith(b"[") or line.endswith((b"{", b","))


def _read_lines(file: File, lines: Iterable[bytes]) -> Iterator[Document]:
    problems, is_empty = [], True
    for number, line in enumerate(lines, 1):
        file.bytes_read += len(line)
        try:
            if line.strip():
                is_empty = False
                yield records.to_document(_object(_parsed(line)), file, f"{file.id}:{number}")
        except ArticleError as error:
            problems.append(f"line {number} {error}")
    records.raise_problems(problems, "lines")
    if is_empty:
        raise ArticleError("is empty")


def _read_whole(file: File, first: bytes, stream: BinaryIO) -> Iterator[Document]:
    data = first + stream.read(LARGEST_ARTICLE + 1 - len(first))
    if len(data) > LARGEST_ARTICLE:
        raise ArticleError("is too large to be read at once; save it as JSON lines")
    file.bytes_read = len(data)
    value = _parsed(data)
    if isinstance(value, list):
        yield from _read_list(file, value)
    else:
        yield records.to_document(_object(value), file, file.id)


def _read_list(file: File, values: list[Any]) -> Iterator[Document]:
    problems = []
    for number, value in enumerate(values, 1):
        try:
            yield records.to_document(_object(value), file, f"{file.id}:{number}")
        except ArticleError as error:
            problems.append(f"article {number} {error}")
    records.raise_problems(problems, "articles")


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
