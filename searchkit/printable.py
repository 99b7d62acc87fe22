"""Text without the characters that steer a terminal, or turn the direction of a page.

A document must not be able to do either where it is shown.
"""

from __future__ import annotations

_DIRECTION_MARKS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
STEERING = (*range(0x7F, 0xA0), 0x2028, 0x2029, *_DIRECTION_MARKS)
"""Code points that steer, beside those that JSON escapes anyway."""
_AS_SPACES = {code: " " for code in (*range(0x20), *STEERING) if chr(code) not in "\n\t"}


def printable(text: str) -> str:
    """Return text of the same length with spaces for all that steers."""
    return text.translate(_AS_SPACES)


def one_line(text: str) -> str:
    """Return printable text without line breaks."""
    return printable(text).replace("\n", " ")
