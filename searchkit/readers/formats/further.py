"""Readers of further formats, which a program registers or an installed package brings.

Files are read in child processes, so a reader is known by the name under which it is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from searchkit.document import Document
from searchkit.errors import SearchkitError
from searchkit.readers.sources.files import File

ENTRY_POINTS = "searchkit.readers"
"""The group of entry points by which packages bring readers: a suffix, and ``module:function``."""

FurtherReader = Callable[[File], Iterable[Document]]

_registered: dict[str, str] = {}
"""The name of each reader that was registered in this process, by suffix."""


def register_reader(suffix: str, reader: FurtherReader | str) -> None:
    """Have files with a suffix read by a function of your own.

    Call it before the files are read. A package does the same for all programs by an entry point in
    the group ``searchkit.readers``. A reader takes a file, whose bytes are `read()` and whose name
    is `id`, and yields its documents; it raises `ArticleError` where it cannot.

    Args:
        suffix: The suffix with its dot: ``".djvu"``. Readers of searchkit give way.
        reader: A function that can be imported, or its name: ``"package.module:function"``. Files
            are read in other processes, which import it.

    Raises:
        SearchkitError: The suffix has no dot, or the reader cannot be imported.
    """
    if not (isinstance(suffix, str) and suffix.startswith(".") and len(suffix) > 1):
        raise SearchkitError(f"a suffix is a text such as .djvu, not {suffix!r:.50}")
    name = reader if isinstance(reader, str) else _name_of(reader)
    _imported(name)
    _registered[suffix.lower()] = name


def further_readers() -> Mapping[str, str]:
    """Return the names of all further readers by suffix: registered ones before installed ones."""
    return {**_installed(), **_registered}


def take_over(readers: Mapping[str, str]) -> None:
    """Register the readers that the parent of this process knows."""
    _registered.update(readers)


def further_reader(suffix: str) -> FurtherReader | None:
    """Return the further reader of a suffix; raises `SearchkitError` where none is imported."""
    name = further_readers().get(suffix)
    return _imported(name) if name else None


@cache
def _installed() -> Mapping[str, str]:
    return {each.name.lower(): each.value for each in entry_points(group=ENTRY_POINTS) if each.name.startswith(".")}


def _name_of(reader: Any) -> str:
    module, name = getattr(reader, "__module__", ""), getattr(reader, "__qualname__", "")
    if not callable(reader) or module in ("", "__main__") or "<" in name:
        raise SearchkitError(
            f"{reader!r:.80} cannot be imported by other processes: a reader is a function of a module, or its name"
        )
    return f"{module}:{name}"


@cache
def _imported(name: str) -> FurtherReader:
    module, _, path = name.partition(":")
    try:
        reader: Any = import_module(module)
        for attribute in path.split("."):
            reader = getattr(reader, attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise SearchkitError(f"the reader {name} cannot be imported: {error}") from error
    if not callable(reader):
        raise SearchkitError(f"the reader {name} is no function")
    return reader  # type: ignore[no-any-return]
