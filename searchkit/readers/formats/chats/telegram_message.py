"""A message of Telegram as JSON, in the shapes in which programs save it.

Telegram Desktop writes ``text`` as a list of strings and entities; tdl writes moments as numbers;
Telethon has the text under ``message``, Pyrogram under ``text`` or ``caption``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from searchkit.errors import ArticleError
from searchkit.readers.boilerplate.dates.declared import NOT_UNDERSTOOD, parse_moment
from searchkit.readers.formats.chats.message import SERVICE, WITHOUT_TEXT, Message
from searchkit.readers.sources.files import File

_SERVICE = frozenset({"service", "MessageService"})
_NAMES_OF_MEDIA = {"": ("file_name",), "audio_file": ("performer", "title")}
"""The fields that people named, by the kind of media; programs name files of other kinds."""

_QUARTER_OF_AN_HOUR, _WIDEST_ZONES = 15 * 60, 26 * 3600
"""Seconds: clocks differ by quarters of an hour, and by 26 hours at most."""


@dataclass(slots=True)
class Chat:
    """The chat of a message, as far as it is known."""

    name: str = ""
    type: str = ""
    id: str = ""
    is_of_many: bool = False
    """Whether its file holds other chats, too."""


def is_message(value: Any) -> bool:
    """Whether a JSON value is a message: a line of a chat that was saved as JSON lines."""
    if not isinstance(value, dict) or "id" not in value or "date" not in value:
        return False
    return _is_of_desktop(value) or value.get("_") in ("Message", "MessageService")


def _is_of_desktop(value: dict[str, Any]) -> bool:
    """Whether Telegram Desktop wrote a value; an article may have the same type, and a title."""
    is_message = value.get("type") == "message" and ("title" not in value or "media_type" in value)
    return "text" in value and (is_message or value.get("type") == "service")


def to_message(value: Any, chat: Chat, file: File) -> Message | None:
    """Return a message with text, or none for another one, which is counted.

    Raises:
        ArticleError: The value is no message.
    """
    if not isinstance(value, dict) or isinstance(value.get("id"), dict | list | None):
        raise ArticleError("is no message of a chat")
    if value.get("type") in _SERVICE or value.get("_") in _SERVICE:
        file.remark(SERVICE)
        return None
    text = "\n".join(filter(str.strip, _texts(value)))
    if not text:
        file.remark(WITHOUT_TEXT)
        return None
    source = chat.name or _own_chat(value)
    number = f"{chat.id}/{value['id']}" if chat.is_of_many else str(value["id"])
    author = _author(value, source, chat.type.endswith("channel"))
    return Message(number, text, _date(value, file), source, author, _hashtags(value), _url(value))


def _texts(message: dict[str, Any]) -> Iterator[str]:
    """Yield the text or caption of a message, and the words of what is attached to it."""
    texts = (_joined(message.get(name)) for name in ("text", "caption", "message", "text_entities"))
    yield next(filter(str.strip, texts), "")
    names = _NAMES_OF_MEDIA.get(message.get("media_type") or "", ())
    yield from (_string(message.get(name)) for name in (*names, "place_name", "address"))
    for name in ("poll", "todo_list"):
        yield from _listing(message.get(name))


def _listing(listing: Any) -> Iterator[str]:
    """Yield the question of a poll and its answers, or the title of a list and its tasks."""
    if isinstance(listing, dict):
        yield _joined(listing.get("question") or listing.get("title"))
        yield from (_joined(answer) for answer in _listed(listing.get("answers") or listing.get("items")))


def _joined(text: Any) -> str:
    """Return a text whose formatting made a list of strings and entities of it."""
    if isinstance(text, list):
        return "".join(map(_joined, text))
    return _joined(text.get("text")) if isinstance(text, dict) else _string(text)


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _own_chat(message: dict[str, Any]) -> str:
    """Return the name of the channel that a message gives itself, outside of an export."""
    chat = message.get("chat")
    if isinstance(chat, dict):
        return _string(chat.get("title"))
    return _string(message.get("from")) if _is_by_channel(message) else ""


def _is_by_channel(message: dict[str, Any]) -> bool:
    return _string(message.get("from_id")).startswith("channel")


def _author(message: dict[str, Any], source: str, is_in_channel: bool) -> str:
    """Return the person who wrote a text: of a forwarded one, not who forwarded it."""
    names = [_string(message.get(name)) for name in ("forwarded_from", "author", "post_author", "from")]
    if names[-1] == source and (is_in_channel or _is_by_channel(message)):
        names.pop()  # a channel is no person
    return next(filter(None, names), "")


def _hashtags(message: dict[str, Any]) -> tuple[str, ...]:
    entities = [each for name in ("text", "text_entities") for each in _listed(message.get(name))]
    tags = (_joined(each).lstrip("#") for each in entities if each.get("type") == "hashtag")
    return tuple(dict.fromkeys(filter(None, tags)))


def _listed(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _url(message: dict[str, Any]) -> str:
    chat = message.get("chat")
    name = _string(chat.get("username")) if isinstance(chat, dict) else ""
    return f"https://t.me/{name}/{message['id']}" if name else ""


def _date(message: dict[str, Any], file: File) -> str:
    """Return the moment of a message: on Kazakhstan's clock where it is told, else as it stands."""
    given = str(message.get("date") or "")
    date = _better_date(parse_moment(given), parse_moment(str(message.get("date_unixtime") or "")))
    if given and not date:
        file.remark(NOT_UNDERSTOOD)
    return date


def _better_date(written: str, told: str) -> str:
    """Return the moment that is told without doubt, unless another one is written."""
    return told if not written or (told and _are_one_moment(written, told)) else written


def _are_one_moment(one: str, other: str) -> bool:
    """Whether two moments differ as the clocks of two zones do; otherwise one of them is wrong."""
    seconds = (datetime.fromisoformat(one) - datetime.fromisoformat(other)).total_seconds()
    return seconds % _QUARTER_OF_AN_HOUR == 0 and abs(seconds) <= _WIDEST_ZONES
