"""Read articles from named values: lines of JSON, rows of tables.

``field_names.tsv`` has the usual names of each field in several languages; a user can give others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields as fields_of_class
from importlib.resources import files
from typing import Any

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.boilerplate.authors import author_names
from searchkit.readers.boilerplate.dates.declared import read_day
from searchkit.readers.formats.html_text import strip_tags
from searchkit.readers.sources.files import File
from searchkit.readers.tags import split_tags

_EXPORTED = frozenset(field.name for field in fields_of_class(Document)) - {"languages", "cut"}
"""The names in an export, which is read as it was written."""


def _read_field_names() -> Mapping[str, tuple[str, ...]]:
    lines = (files("searchkit.readers.formats") / "field_names.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {field: tuple(names) for field, *names in rows}


FIELD_NAMES = _read_field_names()
"""The names of each field, in order of preference; case does not matter."""


def known_fields(names: Iterable[str], columns: Mapping[str, str]) -> set[str]:
    """Return the fields that `names` stand for, given `columns` first."""
    return set(_values_by_field({name: name for name in names}, columns))


def to_document(record: Mapping[str, Any], file: File, default_id: str) -> Document:
    """Return the article of a record of `file`.

    Args:
        record: The values by name.
        file: The file of the record; its `columns` may name the fields.
        default_id: The id of the article, if the record has neither id nor URL.

    Raises:
        ArticleError: The record has neither title nor text, or a field that is no text.
    """
    if record.keys() == _EXPORTED and not file.columns:
        return _exported(record, file)
    fields = fields_of(record, file)
    if not ("title" in fields or "text" in fields):
        raise ArticleError("has neither title nor text")
    own_id = fields.pop("id", "") or fields.get("url", "")
    return Document(id=own_id or default_id, path=file.absolute_path, **fields)


def _exported(record: Mapping[str, Any], file: File) -> Document:
    """Return a document as ``searchkit export`` wrote it; a table has its lists as text."""
    values = {**record, "path": file.absolute_path}
    try:
        if isinstance(values["parts"], str):
            values |= {"tags": split_tags(values["tags"]), "parts": json.loads(values["parts"] or "[]")}
        return Document.from_dict(values)
    except (TypeError, ValueError) as error:
        raise ArticleError("has the fields of an export, but not their values") from error


def fields_of(record: Mapping[str, Any], file: File) -> dict[str, Any]:
    """Return the fields that are not empty; raises `ArticleError` for bad ones."""
    values = _values_by_field(record, file.columns)
    values |= {field: _told(value) for field, value in values.items() if field != "date"}
    others: dict[str, Any] = {"tags": split_tags(values.pop("tags"))} if "tags" in values else {}
    if "date" in values:
        others["date"] = read_day(_unwrapped(values.pop("date")), file)
    texts = {
        field: _string(field, value)
        for field, value in values.items()
        if field in _REQUIRED_TEXTS or not isinstance(value, dict)
    }
    clean = {field: _CLEANERS[field](value) for field, value in texts.items() if field in _CLEANERS}
    return {field: value for field, value in (texts | clean | others).items() if value}


def raise_problems(problems: Sequence[str], records: str) -> None:
    """Raise one `ArticleError` for all bad records of a file.

    Args:
        problems: The problem of each bad record.
        records: The plural of a record, such as ``"rows"``.
    """
    if problems:
        more = "one more" if len(problems) == 2 else f"{len(problems) - 1} more {records}"
        raise ArticleError(problems[0] + (f", and {more} cannot be read either" if len(problems) > 1 else ""))


def _values_by_field(record: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """Return the values that are not empty, by field."""
    given = {_folded(name): value for name, value in record.items() if value not in (None, "")}
    values: dict[str, Any] = {}
    for field, usual_names in FIELD_NAMES.items() if given else ():
        names = (_folded(columns[field]),) if field in columns else usual_names
        value = next((given[name] for name in names if name in given), None)
        values |= {} if value is None else {field: value}
    return values


def _told(value: Any) -> Any:
    """Return the names or texts in objects that hold them, as sites have for authors and tags."""
    if isinstance(value, list):
        return [_told(each) for each in value]
    held = [value[key] for key in _HOLDERS if key in value] if isinstance(value, dict) else []
    return held[0] if held and isinstance(held[0], str) else value


def _folded(name: Any) -> str:
    return str(name).strip().casefold()


def _string(field: str, value: Any) -> str:
    if isinstance(value, list) and field not in _REQUIRED_TEXTS:
        return ", ".join(map(str, value))
    if not isinstance(value, str | int | float):
        raise ArticleError(f"has no text under {field!r}")
    return str(value).replace("\r\n", "\n")


def _unwrapped(value: Any) -> str:
    """Return a date as text; MongoDB exports it as ``{"$date": {"$numberLong": "1537"}}``."""
    while isinstance(value, dict) and len(value) == 1:
        (value,) = value.values()
    return str(value)


_HOLDERS = ("rendered", "name", "title", "#text")
"""The keys of an object that hold what it stands for: ``{"name": "Лида Б.", "url": ...}``."""
_REQUIRED_TEXTS = frozenset({"title", "text"})
_CLEANERS = {"title": strip_tags, "text": strip_tags, "author": author_names}
