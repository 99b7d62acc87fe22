"""Bring the divided words of HTML into one form before its tags go.

A line end in a paragraph is a blank to browsers, and extractors drop soft hyphens: afterwards
nobody could tell where a word was divided.
"""

from __future__ import annotations

import re
from html import unescape

from searchkit_analyzers.input_methods.divided_words import SOFT
from searchkit_analyzers.normalize import HYPHENS

_BLANK = r"(?:\s|&nbsp;|&#160;)"
_ENTITY = re.compile(
    r"&#(?:1[0-2]\d\d|x0*4[0-9a-f]{2});|"
    r"&(?:shy|not|hyphen|dash|#45|#172|#173|#8208|#x0*(?:2d|ac|ad|2010));"
    rf"(?=[ \t]*[\r\n]|{_BLANK}{{0,99}}<br)",
    re.IGNORECASE,
)
_LINE_END = re.compile(
    rf"(?<=[{HYPHENS[:2]}{SOFT}]){_BLANK}{{0,99}}(?:<br(?:\s[^<>]{{0,99}})?/?>{_BLANK}*){{1,2}}", re.IGNORECASE
)


def plain_letters(markup: str) -> str:
    """Return HTML with Cyrillic letters as such, and marks before a line end as well."""
    return _LINE_END.sub("\n", _ENTITY.sub(lambda match: unescape(match[0]), markup))
