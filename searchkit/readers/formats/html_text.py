"""Convert markup in feeds and tables to plain text with its paragraphs."""

from __future__ import annotations

import re
from typing import Any

from searchkit.readers.mending.excess import with_fewer_attributes
from searchkit.readers.mending.leftovers import without_leftovers
from searchkit_analyzers.input_methods.divided_words import SOFT
from searchkit_analyzers.normalize import HYPHENS

_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|s|em|strong|small|center|font|h[1-6]|ul|ol|li|img|table|tr|td|blockquote|figure"
    r"|section|article|header|hr)(?:\s[^<>]*)?/?>|<!--",
    re.IGNORECASE,
)
_LINE_END = re.compile(rf"(?<!\w[{HYPHENS}{SOFT}])\n")
_BLOCKS = frozenset(
    "p br div h1 h2 h3 h4 h5 h6 ul ol li table tr blockquote pre section article figure header footer hr".split()
)
_CELLS = frozenset({"td", "th"})
_HIDDEN = frozenset("script style iframe figcaption noscript menu nav button select svg template title".split())
"""Elements whose content is no part of the article's text."""


def strip_tags(text: str) -> str:
    """Return a text without tags and entities; unchanged if it has none."""
    return without_leftovers(text_of_html(text) if _TAG.search(text) else text)[0]


def text_of_html(markup: str) -> str:
    """Return the text of an HTML fragment, one line for each paragraph."""
    from lxml import html

    data = f"<div>{with_fewer_attributes(markup)}</div>".replace("\0", "").encode(
        "utf-8", "replace"
    )  # text would be refused over a control
    return text_of_element(html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8")))


def text_of_element(root: Any) -> str:
    """Return the text of an element tree, one line for each paragraph."""
    parts: list[str] = []
    _collect(root, parts)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _collect(root: Any, parts: list[str]) -> None:
    """Append the texts of an element tree, with line ends around blocks."""
    from lxml import etree

    hidden_depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            parts.append("" if hidden_depth else _one_line(element.tail))
            continue
        hidden_depth += (1 if event == "start" else -1) * (element.tag in _HIDDEN)
        parts.append("\n" if element.tag in _BLOCKS else " " if element.tag in _CELLS else "")
        if not hidden_depth:
            parts.append(_one_line(element.text if event == "start" else element.tail if element is not root else ""))


def _one_line(text: str | None) -> str:
    """Return text with blanks for line ends, except where one may divide a word."""
    return _LINE_END.sub(" ", text) if text else ""
