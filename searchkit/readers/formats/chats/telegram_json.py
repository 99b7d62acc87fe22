"""Telegram's exports as JSON: ``result.json`` of a chat or of a whole account.

The shape tells them, not the name. An export may have gigabytes: it is read message by message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.formats import records
from searchkit.readers.formats.chats.message import Message, to_documents
from searchkit.readers.formats.chats.telegram_message import Chat, to_message
from searchkit.readers.sources.files import File
from searchkit.readers.sources.item_stream import BROKEN, ItemStream

_FIRST_MESSAGE = rb'\{(?!\s*"role").{0,8000}?"date(?:_unixtime)?"\s*:'
_EXPORT = re.compile(
    rb'\s*\{.*?(?:"messages"\s*:\s*\[\s*' + _FIRST_MESSAGE + rb'|"personal_information"\s*:\s*\{)', re.DOTALL
)
"""The beginning of an export: its first message has a date, or an account describes itself."""
_EMPTY_EXPORT = re.compile(rb'\s*\{[^{}\[\]]*"type"\s*:\s*"[a-z_]+"[^{}\[\]]*"messages"\s*:\s*\[\s*\]\s*\}\s*')
_CHATS = ("", "chats.list.item", "left_chats.list.item")
"""Where chats are in an export: one alone, or in the lists of an account."""
_MESSAGES = {f"{chat}.messages.item".removeprefix("."): chat for chat in _CHATS}
_FACTS = {f"{chat}.{name}".removeprefix("."): (chat, name) for chat in _CHATS for name in ("name", "type", "id")}


def is_export(head: bytes) -> bool:
    """Whether a file that begins with `head` is an export of a chat or an account."""
    return bool(_EXPORT.match(head) or _EMPTY_EXPORT.fullmatch(head))


def read(file: File, stream: ItemStream) -> Iterator[Document]:
    """Yield the articles of an export.

    Raises:
        ArticleError: The export breaks off, or has bad messages; the good ones come first.
    """
    problems: list[str] = []
    export = _Export(file, stream, problems)
    yield from to_documents(export.messages(), file)
    records.raise_problems(problems, "messages")
    if not export.count:
        raise ArticleError("is an export without messages")


@dataclass(slots=True)
class _Export:
    """An export that is being read."""

    file: File
    stream: ItemStream
    problems: list[str]
    """The problem of each message that cannot be read, and of the export itself."""
    count: int = 0

    def messages(self) -> Iterator[Message]:
        """Yield the messages with text, of all chats."""
        import ijson  # only for JSON that is streamed

        try:
            for chat, value in self._values():
                self.count += 1
                yield from self._message(chat, value)
                self.stream.begin_item()
        except (ijson.JSONError, UnicodeError):
            self.problems.insert(0, f"is broken JSON, or breaks off{BROKEN}")
        except ArticleError as error:
            self.problems.insert(0, f"{error}{BROKEN}")

    def _message(self, chat: Chat, value: Any) -> Iterator[Message]:
        try:
            message = to_message(value, chat, self.file)
        except ArticleError as error:
            self.problems.append(f"message {self.count} {error}")
            return
        if message is not None:
            yield message

    def _values(self) -> Iterator[tuple[Chat, Any]]:
        """Yield each message as JSON, with its chat."""
        import ijson

        chat, builder = Chat(), None
        events = ijson.parse(self.stream.buffered(), use_float=True, multiple_values=True)
        for prefix, event, value in events:
            if builder is not None:
                builder.event(event, value)
                if event == "end_map" and prefix in _MESSAGES:
                    yield chat, builder.value
                    builder = None
            elif prefix in _MESSAGES:
                builder = ijson.ObjectBuilder() if event == "start_map" else None
                if builder is None:
                    yield chat, value
                else:
                    builder.event(event, value)
            elif event == "start_map" and prefix in _CHATS:
                chat = Chat(is_of_many=prefix != "")
            elif prefix in _FACTS:
                setattr(chat, _FACTS[prefix][1], "" if value is None else str(value))
