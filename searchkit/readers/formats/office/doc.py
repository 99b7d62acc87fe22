"""Old Word documents, ``.doc``: the text of Word 97 to 2003, and of Word 6 and 95.

The pieces of the text are found as [MS-DOC] describes it, in a compound file that olefile opens.
Footnotes, endnotes and text boxes follow the text. Headers, footers and comments are left out, and
so is text that is marked as deleted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.formats.office import doc_properties, properties
from searchkit.readers.formats.office.doc_pieces import WordFile
from searchkit.readers.sources.files import File

_OTHER_PROGRAMS = {
    "encryptedpackage": "is encrypted",
    "workbook": "is an old Excel workbook; save it as .xlsx",
    "book": "is an old Excel workbook; save it as .xlsx",
    "powerpoint document": "is a presentation; save it as .odp",
    "__properties_version1.0": "is a message of Outlook; save it as .eml",
}
"""The sentence for files of other programs, by a stream in them."""
_FIELD = re.compile(r"\x13(?:[^\x13\x14\x15]*\x14)?([^\x13\x14\x15]*)\x15|\x13[^\x13\x14\x15]*\x15")
"""A field without fields in it: its code, and its result after a separator."""
_CHARACTERS = str.maketrans(
    {"\r": "\n", "\x07": "\n", "\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": "\u00ad"}
)
_COMMENT = "\x05"
_OTHER_CONTROLS = re.compile(r"[\x00-\x08\x0f-\x1f]")


def read(file: File) -> Iterator[Document]:
    """Yield the one article in `file`; raises `ArticleError`."""
    import olefile  # only where there are old documents

    data = file.read()
    if not data.startswith(olefile.MAGIC):  # isOleFile takes few bytes for the name of a file
        raise ArticleError("is no Word document, or a broken one")
    try:
        with olefile.OleFileIO(BytesIO(data)) as compound:
            text = _word_file(compound).text
            summary = "\x05SummaryInformation"
            found = doc_properties.from_stream(compound.openstream(summary).read() if compound.exists(summary) else b"")
    except (OSError, IndexError, ValueError) as error:
        raise ArticleError("is no Word document, or a broken one") from error
    if comment_count := text.count(_COMMENT):
        file.remark("comments beside Word documents left out", comment_count)
    yield from properties.to_documents(_shown(text), file, found)


def _word_file(compound: Any) -> WordFile:
    streams = {names[0].lower() for names in compound.listdir()}
    if "worddocument" not in streams:
        sentences = (sentence for stream, sentence in _OTHER_PROGRAMS.items() if stream in streams)
        raise ArticleError(next(sentences, "is no Word document, or a broken one"))
    tables = {name: compound.openstream(name).read() for name in ("0Table", "1Table") if compound.exists(name)}
    return WordFile(compound.openstream("WordDocument").read(), tables)


def _shown(text: str) -> str:
    """Return the text without codes of fields, in lines, without control characters."""
    while "\x13" in text:
        shown = _FIELD.sub(lambda field: field[1] or "", text)
        if shown == text:
            break
        text = shown
    # A cell ends with 7; a row ends with one more, and is a line.
    rows = re.sub(r"\x07\x07", "\r", text)
    lines = re.sub(r"(?<=[^\r\x07])\x07(?=[^\r\x07])", " ", rows).translate(_CHARACTERS)
    return _OTHER_CONTROLS.sub("", lines)
