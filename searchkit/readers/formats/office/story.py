"""A `Story` collects the text of a document in lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable


class Story:
    """The lines of a document: paragraphs, rows of tables, text boxes after their paragraph."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        """The text so far; a paragraph ends with a line end."""
        self._boxes: list[str] = []

    def add(self, text: str) -> None:
        """Append a piece of text to the paragraph."""
        self.pieces.append(text)

    def end_paragraph(self) -> None:
        """End a line, and append the text boxes that it held."""
        boxes, self._boxes = self._boxes, []
        self.pieces += ["\n", *boxes]

    def add_box(self, text: str) -> None:
        """Keep the text of a box until its paragraph ends."""
        if text.strip():
            self._boxes.append(text.rstrip("\n") + "\n")

    def add_row(self, cells: Iterable[str]) -> None:
        """Append a row of a table: one line, unless a cell has several paragraphs."""
        texts = [text for text in (cell.strip("\n") for cell in cells) if text.strip()]
        separator = "\n" if any("\n" in text for text in texts) else " "
        if texts:
            self.pieces.append(separator.join(texts) + "\n")

    def captured(self, walk: Callable[[], None]) -> str:
        """Return what `walk` appends, without appending it."""
        outer = self.pieces, self._boxes
        self.pieces, self._boxes = [], []
        try:
            walk()
            return self.text
        finally:
            self.pieces, self._boxes = outer

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join([*self.pieces, *self._boxes])
