"""Word documents, ``.docx``: the text that Word shows, without headers and footers.

Paragraphs, tables, text boxes, content controls, results of fields, tracked insertions; footnotes
and endnotes follow at the end. Deleted text is left out.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from searchkit.document import Document
from searchkit.readers.formats import mht
from searchkit.readers.formats.html_text import text_of_html
from searchkit.readers.formats.office import properties, rtf
from searchkit.readers.formats.office.opc import Link, links_of, target_of
from searchkit.readers.formats.office.word_story import WordStory
from searchkit.readers.formats.xml_tree import attribute
from searchkit.readers.formats.zip_package import ZipPackage
from searchkit.readers.sources.charset import decode
from searchkit.readers.sources.files import File, with_content

_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
"""The part that holds the notes of each kind of reference."""


def read(file: File) -> Iterator[Document]:
    """Yield the one article in `file`; raises `ArticleError`."""
    package = ZipPackage(file.read(), "Word document")
    yield from properties.to_documents(_text(package, file), file, _properties(package))


def _properties(package: ZipPackage) -> properties.Properties:
    core = target_of(links_of(package, ""), "core-properties", "docProps/core.xml")
    return properties.from_xml(package.xml_or_none(core))


def _text(package: ZipPackage, file: File) -> str:
    part = target_of(links_of(package, ""), "officeDocument", "word/document.xml")
    links = links_of(package, part)
    story = WordStory(lambda id_: _embedded_text(package, links, id_, file))
    story.walk(package.xml(part))
    note_ids = list(dict.fromkeys(story.note_ids))
    for reference, kind in _NOTES.items():
        notes = _notes(package, target_of(links, kind, posixpath.join(posixpath.dirname(part), f"{kind}.xml")))
        for id_ in (id_ for referring, id_ in note_ids if referring == reference and id_ in notes):
            story.walk(notes[id_])
    if story.comment_count:
        file.remark("comments beside Word documents left out", story.comment_count)
    return story.text


def _notes(package: ZipPackage, part: str) -> dict[str, Any]:
    return {attribute(note, "id"): note for note in package.xml(part)} if part in package else {}


def _embedded_text(package: ZipPackage, links: Mapping[str, Link], id_: str, file: File) -> str:
    """Return the text of a file that a program put into the document for Word to convert."""
    part = links[id_].target if id_ in links else ""
    suffix = posixpath.splitext(part)[1].lower()
    if part not in package or suffix not in _EMBEDDED_TEXTS:
        file.remark("files inside Word documents left out")
        return ""
    return _EMBEDDED_TEXTS[suffix](with_content(file, package.read(part)))


def _html_text(file: File) -> str:
    return text_of_html(decode(file.read()))


def _mht_text(file: File) -> str:
    return _html_text(mht.page_of(file))


def _plain_text(file: File) -> str:
    return decode(file.read())


def _rtf_text(file: File) -> str:
    return rtf.parsed(file.read()).text


def _word_text(file: File) -> str:
    return _text(ZipPackage(file.read(), "Word document"), file)


_EMBEDDED_TEXTS: dict[str, Callable[[File], str]] = {
    ".htm": _html_text,
    ".html": _html_text,
    ".xhtml": _html_text,
    ".mht": _mht_text,
    ".txt": _plain_text,
    ".rtf": _rtf_text,
    ".docx": _word_text,
}
