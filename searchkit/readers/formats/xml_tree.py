"""Parse XML from files that nobody vouches for, and name its elements."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from searchkit.errors import ArticleError


def parse(data: bytes, *, recover: bool = False) -> Any:
    """Return the root element of an XML document, whose entities are not followed.

    Args:
        data: The document; its declaration, or a mark at its beginning, names the charset.
        recover: Whether broken XML is read as far as possible.

    Raises:
        ArticleError: The XML is broken, nested too deeply, or has an element of over 10 MB.
    """
    from lxml import etree  # only where there is XML

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=recover
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ArticleError("holds broken XML") from error
    if root is None:
        raise ArticleError("holds broken XML")
    return root


def stream(data: bytes, *names: str) -> Iterator[Any]:
    """Yield the elements of some local names at their ends, and forget each before the next one.

    Raises:
        ArticleError: As for `parse`.
    """
    from lxml import etree

    elements = etree.iterparse(
        BytesIO(data), tag=[f"{{*}}{name}" for name in names], resolve_entities=False, no_network=True,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for _, element in elements:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise ArticleError("holds broken XML") from error


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace; ``""`` for an entity."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """Return the attribute of a local name, whatever its namespace, or nothing."""
    values = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return str(next(values, ""))


def descendants(element: Any, *names: str) -> Iterator[Any]:
    """Yield the elements of some local names below `element` in their order."""
    return (each for each in element.iter() if local_name(each) in names)


def child(element: Any, *path: str) -> Any:
    """Return the element at a path of local names, or None."""
    for name in path:
        element = None if element is None else next((each for each in element if local_name(each) == name), None)
    return element


def text_of(element: Any) -> str:
    """Return all text in an element, with single spaces; ``""`` for None."""
    return "" if element is None else " ".join("".join(element.itertext()).split())
