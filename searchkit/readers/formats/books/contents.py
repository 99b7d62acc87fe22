"""Read the table of contents of an EPUB book: the NCX of version 2, the navigation of version 3."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from searchkit.readers.formats.xml_tree import attribute, child, descendants, text_of
from searchkit.readers.formats.zip_package import resolve

Contents = Mapping[str, Mapping[str, list[str]]]
"""The names of the chapters by the page, in lower case, and the anchor that they begin at."""


def read(root: Any, folder: str) -> Contents:
    """Return the chapters that a table of contents names.

    Args:
        root: The root element of the NCX or of the page of navigation.
        folder: The folder that its addresses are relative to.
    """
    chapters: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, address in _entries(root):
        if name and address:
            page, _, anchor = address.partition("#")
            chapters[resolve(folder, page).lower()][anchor].append(name)
    return chapters


def _entries(root: Any) -> Iterator[tuple[str, str]]:
    for point in descendants(root, "navPoint"):
        content = child(point, "content")
        yield text_of(child(point, "navLabel")), "" if content is None else attribute(content, "src")
    navigations = list(descendants(root, "nav"))
    tables = [each for each in navigations if "toc" in attribute(each, "type").split()]
    for table in (tables or navigations)[:1]:
        for link in descendants(table, "a"):
            yield text_of(link), attribute(link, "href")
