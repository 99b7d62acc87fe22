"""A `WordStory` collects the text that Word shows of an element of its XML.

Every element is read through its children unless it is known to hold no text of the document, so
that wrappers of any kind (tracked insertions, smart tags, content controls, links) lose nothing.
Elements are told by their local names: those of the strict and the transitional namespace, and of
drawings, are alike.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from searchkit.readers.formats.office.story import Story
from searchkit.readers.formats.xml_tree import attribute, child, descendants, local_name

_DELETED = frozenset({"del", "moveFrom"})
_NO_TEXT = frozenset({"instrText", "delText", "delInstrText", "rt", "docPr", "cNvPr", "binData", *_DELETED})
"""Elements that are not read: deleted text, codes of fields, readings of characters."""
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_PRIVATE = range(0xE000, 0xF900)
"""Code points of symbol fonts: bullets and arrows, not letters."""


class WordStory(Story):
    """The text of Word's XML elements, and the notes that it refers to."""

    def __init__(self, embedded: Callable[[str], str]) -> None:
        """Begin a text.

        Args:
            embedded: Returns the text of an embedded file by the id of its relationship.
        """
        super().__init__()
        self.note_ids: list[tuple[str, str]] = []
        """The notes in their order: the element that refers to each, and its id."""
        self.comment_count = 0
        self._embedded = embedded
        self._fields: list[int] = []
        """Where the codes of the open fields begin in `pieces`; -1 once the result has begun."""

    def captured(self, walk: Callable[[], None]) -> str:
        """Return what `walk` appends, without appending it."""
        outer, self._fields = self._fields, []
        try:
            return super().captured(walk)
        finally:
            self._fields = outer

    def walk(self, element: Any) -> None:
        """Append the text of an element."""
        name = local_name(element)
        if name in _CHARACTERS:
            self.add(_CHARACTERS[name])
        elif name == "t":
            self.add(element.text or "")
        elif name in _SPECIAL:
            _SPECIAL[name](self, element)
        elif name not in _NO_TEXT and not name.endswith("Pr"):
            self._walk_children(element)

    def _walk_children(self, element: Any) -> None:
        for each in element:
            self.walk(each)

    def _paragraph(self, element: Any) -> None:
        self._walk_children(element)
        if not _is_deleted(child(element, "pPr", "rPr")):
            self.end_paragraph()

    def _row(self, element: Any) -> None:
        if not _is_deleted(child(element, "trPr")):
            self.add_row(self._cells(element))

    def _cells(self, row: Any) -> list[str]:
        cells: list[str] = []
        for each in row:
            if local_name(each) == "tc":
                is_deleted = child(each, "tcPr", "cellDel") is not None
                cells += [] if is_deleted else [self._text_in(each)]
            elif local_name(each) not in _NO_TEXT and not local_name(each).endswith("Pr"):
                cells += self._cells(each)
        return cells

    def _box(self, element: Any) -> None:
        self.add_box(self._text_in(element))

    def _text_in(self, element: Any) -> str:
        return self.captured(lambda: self._walk_children(element))

    def _alternatives(self, element: Any) -> None:
        """Read the first alternative that has text: the others say the same for older programs."""
        before = len(self.pieces), len(self._boxes)
        for each in element:
            self._walk_children(each)
            if "".join(self.pieces[before[0] :]).strip() or len(self._boxes) > before[1]:
                return

    def _field_character(self, element: Any) -> None:
        """Forget the code of a field where its result begins, or where a field without one ends."""
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self.add(_chosen(element))
            self._fields.append(len(self.pieces))
        elif self._fields:
            start = self._fields.pop()
            if start >= 0:
                del self.pieces[start:]
            if kind == "separate":
                self._fields.append(-1)

    def _symbol(self, element: Any) -> None:
        with suppress(ValueError):
            code = int(attribute(element, "char"), 16)
            self.add("" if code in _PRIVATE or code > 0xFFFF else chr(code))

    def _note(self, element: Any) -> None:
        self.note_ids.append((local_name(element), attribute(element, "id")))

    def _comment(self, _: Any) -> None:
        self.comment_count += 1

    def _embedded_file(self, element: Any) -> None:
        self.add(self._embedded(attribute(element, "id")))
        self.end_paragraph()


def _chosen(field: Any) -> str:
    """Return the chosen entry of a drop-down field, which has no result, or nothing."""
    choices = child(field, "ffData", "ddList")
    if choices is None:
        return ""
    entries = [attribute(entry, "val") for entry in descendants(choices, "listEntry")]
    chosen = next((attribute(each, "val") for each in descendants(choices, "result", "default")), "0")
    return entries[int(chosen)] if chosen.isdecimal() and int(chosen) < len(entries) else ""


def _is_deleted(properties: Any) -> bool:
    return properties is not None and any(local_name(each) in _DELETED for each in properties)


_SPECIAL: dict[str, Callable[[WordStory, Any], None]] = {
    "p": WordStory._paragraph,
    "tr": WordStory._row,
    "txbxContent": WordStory._box,
    "AlternateContent": WordStory._alternatives,
    "fldChar": WordStory._field_character,
    "sym": WordStory._symbol,
    "footnoteReference": WordStory._note,
    "endnoteReference": WordStory._note,
    "commentReference": WordStory._comment,
    "altChunk": WordStory._embedded_file,
}
