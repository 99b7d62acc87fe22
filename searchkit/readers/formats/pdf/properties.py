"""The properties of a PDF: title, author, day; and whether it is a scan.

Programs fill them with names of files and of themselves, and old ones write Cyrillic letters as
bytes of cp1251: such values are told apart, or read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import Any

from searchkit.readers.formats.pdf.paragraphs import LONGEST_HEADING

_FILE_NAME = re.compile(
    r".*\.(?:docx?|rtf|odt|pdf|indd|qxd|qxp|pmd|p65|cdr|txt|html?|xlsx?|pptx?|tex|dvi|ps|tiff?|jpe?g|png)", re.I
)
_PROGRAM = re.compile(r"(?:Microsoft (?:Office )?(?:Word|PowerPoint|Excel)|Word|PowerPoint)\s+[-–—]\s+")
_NUMBERED = re.compile(r"\s*\(?\d+\)?$")
_MOMENT = re.compile(r"(?:D:)?\s*(\d{4})-?(\d\d)-?(\d\d)")
_OLD_LETTERS = re.compile(r"[À-ÿ¨¸]")
_MOST_OLD = 0.7
"""The share of the letters that are Cyrillic in cp1251, if so many are letters with marks."""
_PAGE_SHAPE = 0.12
"""The share by which the shape of a picture may differ from that of the page that it fills."""
_FEWEST_DOTS = 600
"""A scan of a page has at least so many dots in a column."""
_PAGES_LOOKED_AT = 5
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class PdfProperties:
    """The properties of a file; those that say nothing are empty."""

    title: str
    author: str
    created: str
    """When the file was made, as it says: ``D:20190304120000+06'00'``."""


def read_properties(pdf: Any, file_name: str) -> PdfProperties:
    """Return the properties of a PDF that tell something."""
    found = pdf.metadata or {}
    title = _PROGRAM.sub("", _text(found, "/Title"))
    return PdfProperties(
        title="" if _names_a_file(title, file_name) or _says_nothing(title) else title,
        author="" if _says_nothing(author := _text(found, "/Author")) else author,
        created=_text(found, "/CreationDate"),
    )


def is_scan(pdf: Any) -> bool:
    """Whether most pages are pictures, whatever text stands behind them."""
    step = max(1, len(pdf.pages) // _PAGES_LOOKED_AT)
    looked_at = [pdf.pages[number] for number in range(0, len(pdf.pages), step)]
    return sum(map(is_picture, looked_at)) > len(looked_at) / 2


def is_picture(page: Any) -> bool:
    """Whether a picture, or several of one width, fills a page."""
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    by_width: dict[int, int] = {}
    for across, down in _image_sizes(page.get("/Resources")):
        if down >= _FEWEST_DOTS and (_alike(across / down, width / height) or _alike(down / across, width / height)):
            return True
        by_width[across] = by_width.get(across, 0) + down
    return any(down >= _FEWEST_DOTS and _alike(across / down, width / height) for across, down in by_width.items())


def has_picture(page: Any) -> bool:
    """Whether a page shows any picture."""
    return next(_image_sizes(page.get("/Resources")), None) is not None


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= _PAGE_SHAPE * other


def _image_sizes(resources: Any, depth: int = 0) -> Iterator[tuple[int, int]]:
    """Yield the width and height in dots of the pictures among a page's resources."""
    resources = resources.get_object() if resources is not None else {}
    objects = resources.get("/XObject")
    for each in (objects.get_object() if objects is not None else {}).values():
        found = each.get_object()
        if found.get("/Subtype") == "/Image" and found.get("/Width") and found.get("/Height"):
            yield int(found["/Width"]), int(found["/Height"])
        elif found.get("/Subtype") == "/Form" and depth < _DEEPEST:
            yield from _image_sizes(found.get("/Resources"), depth + 1)


def _text(found: Any, name: str) -> str:
    value = found.get(name)
    text = " ".join(str(value if value is not None else "").replace("\x00", "").split())
    text = text.encode("utf-8", "replace").decode()
    if _is_in_cp1251(text):
        text = text.encode("cp1252", "replace").decode("cp1251", "replace")
    return text if len(text) <= LONGEST_HEADING else ""


def _is_in_cp1251(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return letters > 0 and len(_OLD_LETTERS.findall(text)) >= _MOST_OLD * letters


def _names_a_file(title: str, file_name: str) -> bool:
    path = PurePath(file_name)
    is_bare = " " not in title and bool(re.search(r"[\d_]", title))
    return bool(_FILE_NAME.fullmatch(title)) or title in (path.stem, path.name) or is_bare


def _says_nothing(value: str) -> bool:
    if sum(map(str.isalpha, value)) < 2:
        return True
    return _NUMBERED.sub("", value).strip(" ()[]<>").casefold() in _placeholders()


@cache
def _placeholders() -> frozenset[str]:
    lines = (files("searchkit.readers.formats.pdf") / "placeholders.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip().casefold() for line in lines if line.strip() and not line.startswith("#"))


def iso_day(moment: str) -> str:
    """Return the day of a moment such as ``D:20190304120000``; empty if it is none."""
    match = _MOMENT.match(moment)
    with suppress(ValueError):
        return date(*map(int, match.groups())).isoformat() if match else ""
    return ""
