"""Leave out mark-up that no page needs, before libraries read it.

Parsers compare each attribute of a tag with all before it, and extractors each piece of a paragraph
with all others: a page of a hundred kilobytes could take minutes.
"""

from __future__ import annotations

import re

MOST_ATTRIBUTES = 200
"""A tag with more attributes, or so, loses all of them."""
MOST_PIECES = 2_000
"""A page with more marks of one kind inside its lines loses those of that kind."""
_LONGEST_TAG = 1_000
"""A shorter tag (code points) is not looked at: it cannot have too many attributes."""
_TAG = re.compile(r"""<([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|=)*+)""")
_QUOTED = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_BETWEEN = re.compile(r"[\s/\"']+")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_INLINE = re.compile(
    r"</?(?:b|i|u|s|em|strong|span|font|small|big|sup|sub|mark|code|tt|abbr|acronym|cite|q|kbd|samp|var|ins|bdo|bdi"
    r"|wbr|nobr|strike|label|time|data|ruby|o:p)(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)


def without_excess(markup: str) -> str:
    """Return HTML or XML without attributes, comments and inner marks beyond any use.

    >>> without_excess("<p class='a'>Мәтін</p>")
    "<p class='a'>Мәтін</p>"
    """
    if markup.count("<!--") > MOST_PIECES:
        markup = _COMMENT.sub("", markup)
    if sum(1 for _ in _INLINE.finditer(markup)) > 2 * MOST_PIECES:
        markup = _INLINE.sub("", markup)
    return with_fewer_attributes(markup)


def with_fewer_attributes(markup: str) -> str:
    """Return HTML or XML whose tags have no more attributes than a parser can take."""
    return _TAG.sub(_shortened, markup)


def _shortened(tag: re.Match[str]) -> str:
    attributes = tag[2]
    if len(attributes) < _LONGEST_TAG:
        return tag[0]
    count = sum(1 for _ in _BETWEEN.finditer(_QUOTED.sub('="', attributes)))
    return tag[0] if count <= MOST_ATTRIBUTES else f"<{tag[1]}" + ("/" if attributes.endswith("/") else "")
