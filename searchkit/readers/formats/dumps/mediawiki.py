"""Dumps of MediaWiki (Wikipedia and others): an article for each page of the main namespace.

A dump may have gigabytes: it is read revision by revision, and the newest one of a page counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.boilerplate.dates.declared import parse_moment
from searchkit.readers.formats import records
from searchkit.readers.formats.dumps.wikitext import WikiPage
from searchkit.readers.sources.files import File
from searchkit.readers.sources.item_stream import BROKEN, ItemStream

OTHER_NAMESPACES = "pages of other namespaces left out"
"""The kind of remark for talk, templates, categories."""
REDIRECTS = "redirects left out"
"""The kind of remark for pages that are other names of a page."""
OTHER_MODELS = "pages that are no wikitext left out"
"""The kind of remark for programs and tables."""
LARGEST_PAGE = 8 * 2**20
"""The most characters of a page: four times as many as wikis allow."""
_REDIRECT = re.compile(r"\s*#[^\W\d_]+\s*:?\s*\[\[[^\]\n]+\]\]", re.IGNORECASE)
_NOT_IN_URLS = frozenset('%?#"<>[]{}|\\^`')
_FILES, _CATEGORIES = "6", "14"
"""The numbers of two namespaces, in every wiki."""


@dataclass(slots=True)
class _Site:
    """The wiki of a dump."""

    name: str = ""
    base: str = ""
    """The address of its pages, without their names."""
    namespaces: dict[str, set[str]] = field(
        default_factory=lambda: {_FILES: {"file", "image", "изображение"}, _CATEGORIES: {"category"}}
    )
    """The lower-case names of each namespace, by number."""

    def number_of(self, title: str) -> str:
        """Return the number of a page's namespace, which old dumps do not tell."""
        name, colon, _ = title.partition(":")
        return next((number for number, names in self.namespaces.items() if colon and name.lower() in names), "0")

    def url(self, title: str) -> str:
        """Return the address of a page, if the dump tells that of the wiki."""
        name = "".join(quote(letter) if letter in _NOT_IN_URLS else letter for letter in title.replace(" ", "_"))
        return self.base + name if self.base else ""


def read(file: File) -> Iterator[Document]:
    """Yield the articles in `file`.

    Raises:
        ArticleError: The dump is broken, or some pages are; all good ones come first.
    """
    problems: list[str] = []
    with ItemStream(file) as items:
        yield from _Dump(file, items, problems).documents()
    records.raise_problems(problems, "pages")


@dataclass(slots=True)
class _Dump:
    """A dump that is being read."""

    file: File
    items: ItemStream
    problems: list[str]
    site: _Site = field(default_factory=_Site)

    def documents(self) -> Iterator[Document]:
        """Yield the articles; problems are noted."""
        from lxml import etree

        try:
            for page in self._pages():
                yield from self._document(page)
        except (etree.XMLSyntaxError, UnicodeError):
            self.problems.insert(0, f"is broken XML, or breaks off{BROKEN}")
        except ArticleError as error:
            self.problems.insert(0, f"{error}{BROKEN}")

    def _pages(self) -> Iterator[dict[str, str]]:
        """Yield the facts about each page, with the text of its newest revision."""
        from lxml import etree

        events = etree.iterparse(
            self.items.buffered(), events=("end",), resolve_entities=False, no_network=True, huge_tree=False
        )
        newest: dict[str, str] = {}
        for _, element in events:
            name = _local(element)
            if name == "siteinfo":
                self.site = _site(element)
            elif name == "revision":
                revision = _facts(element)
                newest = max(revision, newest, key=lambda each: each.get("timestamp", ""))
            elif name == "page":
                own = _facts(element)
                redirect = {"redirect": "yes"} if "redirect" in own else {}
                yield newest | own | redirect
                newest = {}
            if name in ("siteinfo", "revision", "page", "upload", "logitem"):
                self.items.begin_item()
                element.clear()
                while name == "page" and element.getprevious() is not None:
                    del element.getparent()[0]

    def _document(self, page: dict[str, str]) -> Iterator[Document]:
        """Yield the article of a page, if it is one; others are counted."""
        title, text = " ".join(page.get("title", "").split()), page.get("text", "")
        if (page.get("ns") or self.site.number_of(title)) != "0":
            self.file.remark(OTHER_NAMESPACES)
        elif "redirect" in page or _REDIRECT.match(text):
            self.file.remark(REDIRECTS)
        elif page.get("model", "wikitext") != "wikitext":
            self.file.remark(OTHER_MODELS)
        else:
            try:
                yield self._article(page, title, text)
            except ArticleError as error:
                self.problems.append(f"the page {title!r} {error}")
            except Exception as error:  # the parser meets any wikitext, and the other pages must be read
                self.problems.append(f"the page {title!r} cannot be read ({type(error).__name__})")

    def _article(self, page: dict[str, str], title: str, wikitext: str) -> Document:
        if len(wikitext) > LARGEST_PAGE:
            raise ArticleError("is too large for one article")
        if not (title or wikitext.strip()):
            raise ArticleError("has neither title nor text")
        wiki_page = WikiPage(self.site.namespaces[_FILES], self.site.namespaces[_CATEGORIES])
        text, url = wiki_page.text_of(wikitext), self.site.url(title)
        return Document(
            id=url or f"{self.file.id}:{page.get('id') or title}",
            title=title,
            text=text,
            date=parse_moment(page.get("timestamp", "")),
            source=self.site.name,
            url=url,
            path=self.file.absolute_path,
            tags=tuple(dict.fromkeys(wiki_page.categories)),
        )


def _site(element: Any) -> _Site:
    """Return the wiki that a dump describes at its beginning."""
    site = _Site()
    for each in element.iter():
        name, text = _local(each), (each.text or "").strip()
        if name == "sitename":
            site.name = text
        elif name == "base" and "/" in text:
            site.base = text.rpartition("/")[0] + "/"
        elif name == "namespace" and text:
            site.namespaces.setdefault(each.get("key", ""), set()).add(text.lower())
    return site


def _facts(element: Any) -> dict[str, str]:
    """Return the texts of the elements in a page or a revision, by name."""
    return {_local(each): each.text or "" for each in element if isinstance(each.tag, str)}


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
