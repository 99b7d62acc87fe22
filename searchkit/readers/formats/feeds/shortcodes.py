"""Remove the shortcodes that WordPress would replace: ``[gallery ids="1,2"]``.

A word in brackets is text (*[sic]*, *[так в тексте]*), unless something proves it a shortcode:
attributes, a closing shortcode, a known name, or a line of its own.
"""

from __future__ import annotations

import re

_KNOWN = frozenset(
    "ads adsense audio caption contact-form-7 embed gallery iframe playlist poll toc video wp_caption youtube".split()
)
_WITHOUT_WORDS = "audio|embed|gallery|iframe|playlist|video|youtube"
"""Shortcodes whose content is an address."""
_QUOTED = r"\"[^\"]*\"|'[^']*'"
_ATTRIBUTES = rf"(?P<attributes>(?:\s(?:[^\[\]\"']|{_QUOTED})*)?)"
_PAIR = re.compile(
    rf"\[(?P<name>{_WITHOUT_WORDS})\b(?:[^\[\]\"']|{_QUOTED})*\](?:\s*[^\s\[\]<>]{{1,2000}}\s*\[/(?P=name)\])?"
)
_SHORTCODE = re.compile(rf"\[(?P<close>/?)(?P<name>[a-z][a-z0-9_-]*){_ATTRIBUTES}\s?/?\]")
_CLOSING = re.compile(r"\[/([a-z][a-z0-9_-]*)\]")
_BEFORE_LINE = re.compile(r"(?:\A|[\n>])\s*\Z")
_BEHIND_LINE = re.compile(r"\s*(?:\Z|[\n<])")
_NEAR = 80
_SHORTEST_NAME = 3


def without_shortcodes(text: str) -> str:
    """Return a text without shortcodes; words between two of them stay."""
    if "[" not in text:
        return text
    text = _PAIR.sub(" ", text)
    closed = frozenset(_CLOSING.findall(text))
    return _SHORTCODE.sub(lambda match: " " if _is_shortcode(match, closed) else match[0], text)


def _is_shortcode(match: re.Match[str], closed: frozenset[str]) -> bool:
    name, attributes = match["name"], match["attributes"]
    if match["close"] or name in closed or name in _KNOWN or "=" in attributes or "_" in name:
        return True
    return not attributes and len(name) >= _SHORTEST_NAME and _is_alone(match)


def _is_alone(match: re.Match[str]) -> bool:
    """Whether a match has a line, or the text between two tags, of its own."""
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    return bool(_BEFORE_LINE.search(before) and _BEHIND_LINE.match(match.string, match.end()))
