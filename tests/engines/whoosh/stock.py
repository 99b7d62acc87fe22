"""Indexes written by Whoosh's own writer, to compare ours with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Positions

from searchkit.analysis.analyzed_document import AnalyzedDocument
from searchkit.engines.whoosh.indexing.segment_writer import column_values
from searchkit.engines.whoosh.schema import (
    DIGEST,
    MAX_TEXT_FREQUENCY,
    REFERENCE_COLUMNS,
    STORED_FIELDS,
    TERMS,
    TEXT_LENGTH,
    TITLE_LENGTH,
    TITLE_UNIT,
    TOKEN_OFFSETS,
)
from searchkit.engines.whoosh.whoosh_schema import TermsField, schema
from tests.analysis.postings import Posting, postings_of

_POSITIONS = Positions()


class PostingsField(TermsField):  # type: ignore[misc]
    """A text field that takes postings: stock Whoosh would run an analyzer of its own."""

    def index(self, value: Mapping[str, Posting], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (term, frequency, weight, encoded positions) for each posting."""
        for term, posting in value.items():
            encoded = _POSITIONS.encode(posting.positions)
            weight = min(posting.in_text, MAX_TEXT_FREQUENCY) + posting.in_title * TITLE_UNIT
            yield term.encode("utf-8", "surrogatepass"), len(posting.positions), weight, encoded


def write_with_whoosh(folder: Path, *batches: Iterable[AnalyzedDocument]) -> Any:
    """Write an index with Whoosh's own writer, one segment per batch, and return its reader."""
    folder.mkdir()
    whoosh_index.FileIndex.create(FileStorage(str(folder)), _stock_schema(), "MAIN")
    for batch in batches:
        add_with_whoosh(folder, batch)
    return whoosh_index.open_dir(str(folder)).reader()


def add_with_whoosh(folder: Path, batch: Iterable[AnalyzedDocument]) -> None:
    """Add documents to an index with Whoosh's own writer, in one segment."""
    writer = whoosh_index.FileIndex(FileStorage(str(folder)), _stock_schema()).writer()
    for analyzed in batch:
        writer.add_document(**field_values(analyzed), **{TERMS: postings_of(analyzed)})
    writer.commit(merge=False)


def delete_with_whoosh(folder: Path, doc_id: int) -> None:
    """Mark a document as deleted with Whoosh's own writer."""
    writer = whoosh_index.open_dir(str(folder)).writer()
    writer.delete_document(doc_id)
    writer.commit(merge=False)


def field_values(analyzed: AnalyzedDocument) -> dict[str, Any]:
    """Return a document's values for all fields but `TERMS`, in the types of Whoosh's writer."""
    document, values = analyzed.document, column_values(analyzed)
    keywords = {name: values[name].decode() for name in REFERENCE_COLUMNS if name != "path" and values[name]}
    stored = {name: getattr(document, name) for name in STORED_FIELDS}
    lengths = {TEXT_LENGTH: analyzed.text_length, TITLE_LENGTH: analyzed.title_length}
    others = {"id": document.id, DIGEST: document.digest.encode(), TOKEN_OFFSETS: analyzed.token_offsets}
    plain = {name: value for name, value in values.items() if name not in REFERENCE_COLUMNS or name == "path"}
    return plain | keywords | stored | lengths | others | {"parts": tuple(map(tuple, document.parts))}


def _stock_schema() -> Schema:
    stock_schema = schema()
    stock_schema.remove(TERMS)
    stock_schema.add(TERMS, PostingsField())
    return stock_schema
