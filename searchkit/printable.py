"""Text of articles made harmless: for a terminal, a page, a link, the cell of a table.

A document must not be able to steer a terminal, to turn the direction of a page, or to run code
where it is shown.
"""

from __future__ import annotations

import re

_DIRECTION_MARKS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
STEERING = (*range(0x7F, 0xA0), 0x2028, 0x2029, *_DIRECTION_MARKS)
"""Code points that steer, beside those that JSON escapes anyway."""
_FORMULA = re.compile(r"[=+\-@\t\r]")
"""A cell that begins so is computed by a spreadsheet that opens a table."""
_AS_SPACES = {code: " " for code in (*range(0x20), *STEERING) if chr(code) not in "\n\t"}


def printable(text: str) -> str:
    """Return text of the same length with spaces for all that steers."""
    return text.translate(_AS_SPACES)


def one_line(text: str) -> str:
    """Return printable text without line breaks."""
    return printable(text).replace("\n", " ")


def safe_link(url: str) -> str:
    """Return a URL that a page may link to, or an empty string.

    ``javascript:`` and similar schemes would run code.
    """
    from urllib.parse import urlsplit  # a search prints no link

    try:
        parts = urlsplit(url.strip())
        return url.strip() if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def harmless_cell(text: str) -> str:
    """Return the text of a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text
