"""The lines of a page of a book, with the places that tables of contents lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.entities import name2codepoint
from typing import Any

from searchkit.errors import ArticleError
from searchkit.readers.formats import xml_tree
from searchkit.readers.formats.xml_tree import attribute, local_name
from searchkit.readers.sources.charset import decode

_BLOCKS = frozenset(
    "p br div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table tr blockquote pre section article aside nav figure figcaption "
    "header footer hr body center address main".split()
)
_HIDDEN = frozenset({"head", "script", "style", "rt", "rp", "svg", "math", "template"})
_HEADINGS = frozenset({"h1", "h2", "h3"})
_NOTE_NUMBER = re.compile(r"\s*[\[({]?\s*(?:\d{1,4}|[ivxlcdm]{1,7}|[*†‡]{1,4}|[a-z])\s*[\])}]?\s*", re.IGNORECASE)
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


@dataclass
class XhtmlText:
    """The lines of a page."""

    lines: list[str] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)
    """The number of the line in which the element of each id begins."""
    heading: str = ""
    """The first heading."""
    _line: list[str] = field(default_factory=list)

    def walk(self, element: Any) -> None:
        """Append the text of an element."""
        name = local_name(element).lower()
        if not name or name in _HIDDEN:
            return
        if name in _BLOCKS:
            self.end_line()
        for key in ("id", "name"):
            if element.get(key):
                self.anchors.setdefault(element.get(key), len(self.lines))
        if name == "a" and _is_note_number(element):
            return
        start = len(self.lines)
        self._add(element.text)
        for each in element:
            self.walk(each)
            self._add(each.tail)
        if name in _BLOCKS:
            self.end_line()
        elif name in ("td", "th"):
            self._add(" ")
        if name in _HEADINGS and not self.heading:
            self.heading = " ".join(self.lines[start:])

    def _add(self, text: str | None) -> None:
        if text:
            self._line.append(text)

    def end_line(self) -> None:
        """End a line, unless it is blank."""
        line = " ".join("".join(self._line).split())
        self._line.clear()
        if line:
            self.lines.append(line)


def _is_note_number(link: Any) -> bool:
    """Whether a link is the number of a note, at the note or where the text refers to it."""
    text = "".join(link.itertext())
    is_raised = local_name(link.getparent()) == "sup" or any(local_name(each) == "sup" for each in link)
    is_reference = "noteref" in attribute(link, "type").split() or is_raised or text.strip()[:1] in ("[", "{")
    return is_reference and "#" in attribute(link, "href") and bool(_NOTE_NUMBER.fullmatch(text))


def parsed(data: bytes) -> XhtmlText:
    """Return the text of a page; raises `ArticleError` for one that is no text."""
    page = XhtmlText()
    page.walk(root_of(data))
    page.end_line()
    return page


def root_of(data: bytes) -> Any:
    """Return the root element: XHTML as XML, and what is none as HTML."""
    try:
        return xml_tree.parse(_ENTITY.sub(_numeric, data))
    except ArticleError:
        from lxml import html

        text = _XML_DECLARATION.sub("", decode(data).lstrip("\ufeff"), count=1)
        try:
            return html.document_fromstring(text)
        except (html.etree.ParserError, ValueError) as error:
            raise ArticleError("holds a page that is no text") from error


def _numeric(entity: re.Match[bytes]) -> bytes:
    """Return an entity of HTML as XML knows it."""
    name = entity[1].decode()
    code = None if name in _OF_XML else name2codepoint.get(name)
    return entity[0] if code is None else b"&#%d;" % code
