"""Decode entities and drop tags that scrapers and corpora left in a text.

Such are ``&nbsp;``, ``&amp;laquo;``, ``</seg>`` of translation memories and ``<br>``. Signs of
mathematics (*3 < 5*) and addresses (*<a@el.kz>*) stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

LEFTOVERS = "leftovers of mark-up decoded or dropped"
"""The kind of remark that counts them."""

_ENTITY = re.compile(r"&(?:amp;)?(?:[a-z][a-z0-9]{1,30}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_ATTRIBUTES = r"(?:\s[^<>]{0,300})?/?"
_LINE = re.compile(rf"[ \t]*</?(?:p|br|div|li|tr|h[1-6]|ul|ol|table|blockquote){_ATTRIBUTES}>[ \t]*", re.IGNORECASE)
_INLINE = re.compile(rf"</?(?:a|b|i|u|em|strong|span|font|sup|sub){_ATTRIBUTES}>", re.IGNORECASE)
_OTHER = re.compile(
    rf"<(?:seg|tuv?|bpt|ept|td|th|img|html|body|article|section){_ATTRIBUTES}>"
    r"|</[a-z][\w:-]{0,30}>|<[a-z][\w:-]{0,30}\s[\w:-]{1,30}=[\"'][^<>]{0,300}>|<!--(?:[^<-]|-(?!->)|<(?!!--)){0,2000}-->",
    re.IGNORECASE,
)
_TAGS = ((_LINE, "\n"), (_INLINE, ""), (_OTHER, " "))


def without_leftovers(text: str) -> tuple[str, int]:
    """Return a text without leftovers of mark-up, and their number."""
    if "<" not in text and "&" not in text:
        return text, 0
    text, before = _without_tags(text)
    entities = sum(_decoded(match) != match[0] for match in _ENTITY.finditer(text))
    text, behind = _without_tags(_ENTITY.sub(_decoded, text)) if entities else (text, 0)
    return text, before + entities + behind


def mend_leftovers(text: str, remark: Callable[[str, int], None]) -> str:
    """Return a text without leftovers of mark-up, which are told to `remark`."""
    text, count = without_leftovers(text)
    if count:
        remark(LEFTOVERS, count)
    return text


def _without_tags(text: str) -> tuple[str, int]:
    count = 0
    for pattern, replacement in _TAGS:
        text, replaced = pattern.subn(replacement, text)
        count += replaced
    return text, count


def _decoded(entity: re.Match[str]) -> str:
    """Return the sign of an entity, which may be escaped twice; unknown ones stay."""
    return unescape(unescape(entity[0]))
