"""Bring the divided words of HTML into one form before its tags go.

A line end in a paragraph is a blank to browsers, and extractors drop soft hyphens: afterwards
nobody could tell where a word was divided.
"""

from __future__ import annotations

import re
from html import unescape

from searchkit_analyzers.input_methods.divided_words import SOFT
from searchkit_analyzers.normalize import HYPHENS

_MARK = re.compile(
    r"&(?:shy|not|hyphen|dash|#45|#172|#173|#8208|#x0*(?:2d|ac|ad|2010));(?=[ \t]*(?:[\r\n]|<br))", re.IGNORECASE
)
_LINE_END = re.compile(rf"(?<=[{HYPHENS[:2]}{SOFT}])[ \t]*(?:<br(?:\s[^<>]{{0,99}})?/?>\s*){{1,2}}", re.IGNORECASE)


def plain_line_ends(markup: str) -> str:
    """Return HTML with a plain line end behind each mark that may divide a word."""
    return _LINE_END.sub("\n", _MARK.sub(lambda match: unescape(match[0]), markup))
