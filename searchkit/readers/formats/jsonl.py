"""JSON: an article on each line, a list, one article, or the messages of a chat.

The shape of its beginning tells which. The keys of articles are those of `records`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import chain
from typing import Any, BinaryIO

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.formats import records
from searchkit.readers.formats.chats import telegram_json
from searchkit.readers.formats.chats.message import Message, to_documents
from searchkit.readers.formats.chats.telegram_message import Chat, is_message, to_message
from searchkit.readers.sources.files import LARGEST_ARTICLE, File
from searchkit.readers.sources.item_stream import BROKEN, ItemStream
from searchkit.readers.sources.recoded import in_utf8

_LISTS = frozenset("items articles entries posts news data results records rows docs documents".split())
"""Names of the list of articles in an object with a title of its own, such as a JSON feed."""
_UNFINISHED = (b"{", b",", b"[", b":")
"""Ends of a first line that later lines complete."""
_READ_AT_ONCE = 16 * 2**20
"""A list of more bytes is read item by item."""


def read(file: File) -> Iterator[Document]:
    """Yield the articles in `file`.

    Raises:
        ArticleError: Some articles are bad; all good ones come first.
    """
    file = in_utf8(file)
    with ItemStream(file) as items:
        if telegram_json.is_export(items.head()):
            yield from telegram_json.read(file, items)
            return
        is_list = items.head().lstrip().startswith(b"[")
        stream = items.buffered()
        if is_list:
            yield from _Records(file, _list(stream, items), "article").documents()
            return
        first = stream.readline(LARGEST_ARTICLE + 1)
        if not first.strip().endswith(_UNFINISHED):
            yield from _Records(file, _lines(first, stream, items), "line").documents()
            return
        second = stream.readline(LARGEST_ARTICLE + 1)
        if _is_object(second):  # the first line breaks off
            yield from _Records(file, chain([first], _lines(second, stream, items)), "line").documents()
        else:
            yield from _value(file, _object(_parsed(first + second + stream.read())))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(_parsed(line), dict)
    except ArticleError:
        return False


def _value(file: File, value: dict[str, Any]) -> Iterator[Document]:
    """Yield the article that an object is, or those in its list: ``{"articles": [...]}``."""
    articles = _wrapped_list(value, file)
    if articles:
        yield from _Records(file, articles, "article").documents()
    else:
        yield records.to_document(value, file, file.id)


def _wrapped_list(value: dict[str, Any], file: File) -> list[Any]:
    """Return the one list of articles in an object that is none itself; nothing elsewhere."""
    own = records.known_fields(value, file.columns)
    lists = {key: each for key, each in value.items() if isinstance(each, list) and each and isinstance(each[0], dict)}
    if "text" in own or len(lists) != 1:
        return []
    key, articles = lists.popitem()
    has_text = bool(records.known_fields(articles[0], file.columns) & {"title", "text"})
    return articles if has_text and ("title" not in own or key.lower() in _LISTS) else []


def _lines(first: bytes, stream: BinaryIO, items: ItemStream) -> Iterator[bytes]:
    """Yield the lines; raises `ArticleError` if all are empty."""
    is_empty = True
    for line in chain([first], iter(lambda: stream.readline(LARGEST_ARTICLE + 1), b"")):
        items.begin_item()
        is_empty = is_empty and not line.strip()
        yield line
    if is_empty:
        raise ArticleError("is empty")


def _list(stream: BinaryIO, items: ItemStream) -> Iterator[Any]:
    """Yield the items of a list; raises `ArticleError` where it is broken or empty."""
    start = stream.read(_READ_AT_ONCE)
    values = _parsed(start) if len(start) < _READ_AT_ONCE else _streamed(start, stream)
    if values == []:
        raise ArticleError("is a list without articles")
    for value in values:
        items.begin_item()
        yield value


def _streamed(start: bytes, stream: BinaryIO) -> Iterator[Any]:
    import ijson  # only for JSON that is streamed

    try:
        yield from ijson.items(_Rejoined(start, stream), "item", use_float=True)
    except (ijson.JSONError, UnicodeError) as error:
        raise ArticleError(f"is broken JSON, or breaks off{BROKEN}") from error


class _Rejoined:
    """A stream whose beginning was read before."""

    def __init__(self, start: bytes, stream: BinaryIO) -> None:
        self._start, self._stream = BytesIO(start), stream

    def read(self, size: int = -1) -> bytes:
        """Read at most `size` bytes."""
        return self._start.read(size) or self._stream.read(size)


class _Records:
    """The records of a file: lines that are still bytes, or values of a list."""

    def __init__(self, file: File, values: Iterable[Any], noun: str) -> None:
        self._file, self._values, self._noun = file, values, noun
        self._problems: list[str] = []

    def documents(self) -> Iterator[Document]:
        """Yield the articles, of messages where the first record is one.

        Raises:
            ArticleError: Some records are bad; all good ones come first.
        """
        values = self._numbered()
        first = next(values, None)
        if first is not None:
            values = chain([first], values)
            are_messages = is_message(first[1])
            yield from to_documents(self._messages(values), self._file) if are_messages else self._articles(values)
        records.raise_problems(self._problems, f"{self._noun}s")

    def _numbered(self) -> Iterator[tuple[int, Any]]:
        """Yield the parsed records with their numbers; a bad one is a problem."""
        try:
            for number, value in enumerate(self._values, 1):
                if not isinstance(value, bytes):
                    yield number, value
                elif value.strip():
                    yield from self._line(number, value)
        except ArticleError as error:
            self._problems.insert(0, str(error))

    def _line(self, number: int, line: bytes) -> Iterator[tuple[int, Any]]:
        try:
            yield number, _parsed(line)
        except ArticleError as error:
            self._note(number, error)

    def _articles(self, values: Iterable[tuple[int, Any]]) -> Iterator[Document]:
        for number, value, default_id in self._unwrapped(values):
            try:
                yield records.to_document(_object(value), self._file, default_id)
            except ArticleError as error:
                self._note(number, error)

    def _unwrapped(self, values: Iterable[tuple[int, Any]]) -> Iterator[tuple[int, Any, str]]:
        """Yield records and their ids where they have none; a list in a record holds several.

        The pages that a site answers have such lists.
        """
        for number, value in values:
            wrapped = _wrapped_list(value, self._file) if isinstance(value, dict) else []
            for item, each in enumerate(wrapped, 1):
                yield number, each, f"{self._file.id}:{number}/{item}"
            if not wrapped:
                yield number, value, f"{self._file.id}:{number}"

    def _messages(self, values: Iterable[tuple[int, Any]]) -> Iterator[Message]:
        for number, value in values:
            try:
                message = to_message(value, Chat(), self._file)
            except ArticleError as error:
                self._note(number, error)
            else:
                yield from () if message is None else (message,)

    def _note(self, number: int, error: ArticleError) -> None:
        self._problems.append(f"{self._noun} {number} {error}")


def _check_size(data: bytes) -> None:
    if len(data) > LARGEST_ARTICLE:
        raise ArticleError("is too large for one article")


def _parsed(data: bytes) -> Any:
    _check_size(data)
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
