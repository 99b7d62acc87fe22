"""Leave out marks of wikitext that nothing closes, before a parser looks for their ends.

The parser reads from such a mark to the end of the page and back again: a page of twenty kilobytes
could take ten seconds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

_MARK = re.compile(r"<!--|-->|\{\{|\}\}|\[\[|\]\]|\{\||\|\}|\[(?=(?:https?:)?//)|\]|</?[a-zA-Z]+(?:[^<>]*/>)?")
_CLOSED_BY = {"-->": "<!--", "}}": "{{", "]]": "[[", "|}": "{|", "]": "["}
_NEVER_CLOSED = frozenset({"<br", "<hr", "<wbr"})
_BLOCKS = frozenset({"<p", "<li", "<tr", "<td", "<div"})
_FEW = 3
"""A page may have so many open marks of each kind, however long it is."""
_LETTERS = 400_000
"""A page may have as many open marks as it is shorter than so many letters."""


def without_open_marks(wikitext: str) -> str:
    """Return wikitext without the marks of each kind of which too many are open.

    >>> without_open_marks("[[Абай]] {{цитата")
    '[[Абай]] {{цитата'
    """
    most = _FEW + _LETTERS // max(len(wikitext), 1)
    too_many = {kind for kind, count in _open_marks(wikitext).items() if count > most}
    for kind in too_many:
        marks = re.compile(f"{re.escape(kind)}(?:[^<>]*>)?" if kind[0] == "<" else re.escape(kind), re.IGNORECASE)
        wikitext = marks.sub("\n" if kind in _BLOCKS else " ", wikitext)
    return wikitext


def _open_marks(wikitext: str) -> Counter[str]:
    """Count the marks of each kind that no later mark closes."""
    opened = Counter[str]()
    for kind, is_closing in _marks(wikitext):
        opened[kind] = max(0, opened[kind] - 1) if is_closing else opened[kind] + 1
    return opened


def _marks(wikitext: str) -> Iterator[tuple[str, bool]]:
    """Yield each mark as the one that opens its kind, and whether it closes."""
    for mark in map(str.lower, _MARK.findall(wikitext)):
        if mark in _CLOSED_BY or mark.startswith("</"):
            yield _CLOSED_BY.get(mark, mark.replace("/", "")), True
        elif not mark.endswith("/>") and mark not in _NEVER_CLOSED:
            yield mark, False
