"""Turn wikitext into plain text; mwparserfromhell parses it.

Its own conversion leaves options of pictures in the text, and drops all templates, also those
around words of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from searchkit.readers.formats.dumps.open_marks import without_open_marks

_LEFT_OUT = frozenset(
    "ref references math chem ce score graph timeline templatedata categorytree imagemap inputbox"
    " section hiero mapframe maplink templatestyles style script indicator".split()
)
"""Tags whose content is no text."""
_SOURCES = frozenset("sfn sfnp sfnm sfn0 sfn2 harvnb harvtxt efn refn r rp fact факт".split()) | {"нет аи"}
"""Templates that point to sources, as footnotes do."""
_CELLS = frozenset({"td", "th", "caption"})
_BLOCKS = frozenset({"table", "tr", "p", "div", "blockquote", "center", "ul", "ol", "dl"})
_STRAY = re.compile(
    r"\{\{+|\}\}+|\[\[+|\]\]+|'{2,}"
    r"|</?(?:div|span|small|big|center|ref|br|p|table|tr|td|nowiki|noinclude|includeonly|onlyinclude|font)\b[^<>]*>",
    re.IGNORECASE,
)
"""Mark-up that has no other end, and is left over."""
_SWITCH = re.compile(r"__[^\W\d_]{3,}__")
"""A word that steers the layout of a page: ``__NOTOC__``."""
_OTHER_WIKI = re.compile(r":?[a-z]{2,3}(?:-[a-z-]+)?:")
"""The beginning of a link to another wiki: ``[[en:Almaty]]``."""
_FILE = re.compile(r"[^\n]+\.(?:jpe?g|png|gif|svg|ogg|ogv|oga|webm|webp|tiff?|pdf|djvu|mid|wav|flac)", re.IGNORECASE)
_PICTURE_OPTION = re.compile(r"\d*x?\d+\s?(?:px|пкс|нүкте)|\S+=.*|[^\s\d]{1,12}", re.DOTALL)
"""A size, a named option, or one short word: *thumb*, *мини*, *нобай*, *справа*."""
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_LINE = re.compile(r"^(?:[^\S\n]|[*#:;|!])+|[^\S\n]+$", re.MULTILINE)
_LINES = re.compile(r"\n{2,}")
_GAPS = re.compile(r"[^\S\n]+")
_EMPTY_BRACKETS = re.compile(r"\s?\([\s,;:—–-]*\)")


@dataclass(slots=True)
class WikiPage:
    """The text of a page and its categories.

    Facts are the named values of templates, as in the box beside an article; they follow the text.
    """

    file_names: Collection[str]
    """The lower-case names of the namespaces of files."""
    category_names: Collection[str]
    """The lower-case names of the namespace of categories."""
    categories: list[str] = field(default_factory=list)
    _facts: list[str] = field(default_factory=list)

    def text_of(self, wikitext: str) -> str:
        """Return the plain text of a page."""
        import mwparserfromhell  # only for wikis

        text = self._plain(mwparserfromhell.parse(without_open_marks(_SWITCH.sub("", wikitext))).nodes)
        return _LINES.sub("\n", "\n".join([_tidied(text), *self._facts])).strip()

    def _plain(self, nodes: Any) -> str:
        return "".join(text for node in nodes for text in self._texts(node))

    def _texts(self, node: Any) -> Iterator[str]:
        """Yield the texts of a node."""
        kind = type(node).__name__
        if kind == "Text":
            yield _STRAY.sub("", node.value)
        elif kind == "Wikilink":
            yield self._link(node)
        elif kind == "Tag":
            yield self._tag(node)
        elif kind == "Template":
            yield self._template(node)
        elif kind == "Heading":
            yield f"\n{self._plain(node.title.nodes)}\n"
        elif kind == "ExternalLink":
            yield self._plain(node.title.nodes) if node.title is not None else "" if node.brackets else str(node)
        elif kind == "HTMLEntity":
            yield _character(node)
        elif kind == "Argument" and node.default is not None:
            yield self._plain(node.default.nodes)

    def _link(self, link: Any) -> str:
        title = str(link.title).strip()
        namespace, has_namespace, name = title.removeprefix(":").partition(":")
        if has_namespace and namespace.strip().lower() in self.file_names and not title.startswith(":"):
            return self._caption(link.text.nodes) if link.text is not None else ""
        if has_namespace and namespace.strip().lower() in self.category_names and not title.startswith(":"):
            self.categories.append(name.strip())
            return ""
        if link.text is not None:
            return self._plain(link.text.nodes)
        return "" if _OTHER_WIKI.match(title) else title.removeprefix(":")

    def _caption(self, nodes: Any) -> str:
        """Return the last option of a picture, if it is a caption."""
        last: list[Any] = []
        for node in nodes:
            if type(node).__name__ == "Text" and "|" in node.value:
                last = [type(node)(node.value.rpartition("|")[2])]
            else:
                last.append(node)
        caption = self._plain(last).strip()
        return "" if _PICTURE_OPTION.fullmatch(caption) else f"\n{caption}\n"

    def _tag(self, tag: Any) -> str:
        name = str(tag.tag).strip().lower()
        if name in _LEFT_OUT:
            return ""
        if name in ("br", "hr"):
            return "\n"
        if name == "gallery":
            captions = (line.partition("|")[2] for line in str(tag.contents).split("\n"))
            return "\n" + "\n".join(self._inner(caption) for caption in captions) + "\n"
        content = self._plain(tag.contents.nodes) if tag.contents is not None else ""
        return f" {content.strip()} " if name in _CELLS else f"\n{content}\n" if name in _BLOCKS else content

    def _inner(self, wikitext: str) -> str:
        import mwparserfromhell

        return self._plain(mwparserfromhell.parse(wikitext).nodes)

    def _template(self, template: Any) -> str:
        """Return the longest numbered value of a template; named ones become facts.

        So ``{{lang|de|Wort}}`` is the word. Those that point to sources are left out.
        """
        if str(template.name).strip().lower().replace("_", " ") in _SOURCES:
            return ""
        by_kind = groupby(sorted(template.params, key=lambda value: value.showkey), key=lambda value: value.showkey)
        values = {is_named: list(group) for is_named, group in by_kind}
        for value in values.get(True, ()):
            text = " ".join(self._plain(value.value.nodes).split())
            if _LETTERS.search(text) and not _FILE.fullmatch(text):
                self._facts.append(f"{str(value.name).strip().replace('_', ' ')}: {text}")
        texts = [self._plain(value.value.nodes).strip() for value in values.get(False, ())]
        words = [text for text in texts if _LETTERS.search(text) and not _FILE.fullmatch(text)]
        if words:
            return max(words, key=len)
        return " ".join(filter(None, texts)) if len(texts) <= _MAX_NUMBERS else ""


_MAX_NUMBERS = 3
"""A template of more numbers holds coordinates or a score, and no date or amount."""


def _tidied(text: str) -> str:
    """Return text without marks of lists, gaps, and brackets that a template has left empty."""
    return _EMPTY_BRACKETS.sub("", _GAPS.sub(" ", _LINE.sub("", text)))


def _character(entity: Any) -> str:
    try:
        return str(entity.normalize()).replace("\xa0", " ")
    except (ValueError, OverflowError):
        return ""
