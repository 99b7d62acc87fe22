"""Articles that come as named values: a line of JSON, a row of a table, the head of a Markdown file.

The usual names of a field are known in English, Russian and Kazakh; others can be given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from searchkit.document import ISO_DATE, Document
from searchkit.errors import ArticleError
from searchkit.readers.formats import html_text
from searchkit.readers.sources.files import File

NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "_id"),
    "title": ("title", "headline", "заголовок", "название", "тақырып", "тақырыбы", "атауы"),
    "text": ("text", "body", "content", "article", "текст", "содержание", "статья", "мәтін", "мәтіні", "мазмұны"),
    "date": ("date", "published", "published_at", "pubdate", "datetime", "дата", "күні", "мерзімі"),
    "url": ("url", "link", "ссылка", "адрес", "сілтеме"),
    "author": ("author", "byline", "автор", "авторы"),
    "source": ("source", "publisher", "site", "источник", "издание", "дереккөз", "дереккөзі"),
    "language": ("language", "lang", "язык", "тіл", "тілі"),
    "tags": ("tags", "keywords", "теги", "тегтер"),
}
"""Under which names a field of an article is looked for, the first one first; capitals make no difference."""

_ISO = re.compile(rf"({ISO_DATE.pattern})(?:[T ].*)?", re.DOTALL)
_DAY_FIRST = re.compile(r"(\d\d?)[./](\d\d?)[./](\d{4})(?!\d).*", re.DOTALL)


def fields(names: Iterable[str], columns: Mapping[str, str]) -> set[str]:
    """Return which fields of an article stand under those names, by what the user said or by custom."""
    return set(_fields({name: name for name in names}, columns))


def document(values: Mapping[str, Any], file: File, id_: str) -> Document:
    """Return the article that a record of `file` holds; raises `ArticleError` where there is none.

    It has the id `id_` where it gives none itself.
    """
    found = fields_of(values, file)
    if not ("title" in found or "text" in found):
        raise ArticleError("has neither title nor text")
    own = found.pop("id", "") or found.get("url", "")
    return Document(id=own or id_, path=file.absolute, **found)


def fields_of(values: Mapping[str, Any], file: File) -> dict[str, Any]:
    """Return what a record of `file` says, as the fields of an article; raises `ArticleError` where one is no text."""
    found = _fields(values, file.columns)
    tags = {"tags": _tags(found.pop("tags"))} if "tags" in found else {}
    texts = {
        name: _string(name, value) for name, value in found.items() if name in _MAIN or not isinstance(value, dict)
    }
    clean = {name: _CLEANERS[name](value) for name, value in texts.items() if name in _CLEANERS}
    return {name: value for name, value in (texts | clean | tags).items() if value}


def tell(problems: Sequence[str], records: str) -> None:
    """Raise one `ArticleError` for all that was wrong with the records of a file."""
    if problems:
        more = f", and {len(problems) - 1} more {records} cannot be read either" if len(problems) > 1 else ""
        raise ArticleError(problems[0] + more)


def day(text: str) -> str:
    """Return the day that a date and time begin with, ISO 8601; anything else is left out."""
    iso = _ISO.fullmatch(text.strip())
    if iso:
        return iso[1]
    numbers = _DAY_FIRST.fullmatch(text.strip())
    try:
        return date(*map(int, reversed(numbers.groups()))).isoformat() if numbers else ""
    except ValueError:
        return ""


def _fields(values: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """Return the values under the names of the fields that they are of; empty ones are left out."""
    given = {_folded(name): value for name, value in values.items() if value not in (None, "")}
    found: dict[str, Any] = {}
    for field, names in NAMES.items():
        wanted = (_folded(columns[field]),) if field in columns else names
        value = next((given[name] for name in wanted if name in given), None)
        found |= {} if value is None else {field: value}
    return found


def _folded(name: Any) -> str:
    return str(name).strip().casefold()


def _string(field: str, value: Any) -> str:
    if isinstance(value, list) and field not in _MAIN:
        return ", ".join(map(str, value))
    if not isinstance(value, str | int | float):
        raise ArticleError(f"has no text under {field!r}")
    return str(value).replace("\r\n", "\n")


def _tags(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(tag.strip() for tag in value.split(",") if tag.strip())
    return tuple(str(tag) for tag in value) if isinstance(value, list) else ()


_MAIN = frozenset({"title", "text"})
_CLEANERS = {"title": html_text.plain, "text": html_text.plain, "date": day}
