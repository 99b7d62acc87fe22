"""Indexes written by Whoosh's own writer, to compare ours with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Positions

from searchkit.analysis.analyzed_document import AnalyzedDocument
from searchkit.engines.whoosh.schema import MAX_TEXT_FREQUENCY, TERMS, TITLE_UNIT
from searchkit.engines.whoosh.whoosh_schema import TermsField, field_values, schema
from tests.analysis.postings import Posting, postings_of
from tests.engines.whoosh.sample import new_index

_POSITIONS = Positions()


class PostingsField(TermsField):  # type: ignore[misc]
    """A text field that takes postings: stock Whoosh would run an analyzer of its own."""

    def index(self, value: Mapping[str, Posting], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (term, frequency, weight, encoded positions) for each posting."""
        for term, posting in value.items():
            encoded = _POSITIONS.encode(posting.positions)
            weight = min(posting.in_text, MAX_TEXT_FREQUENCY) + posting.in_title * TITLE_UNIT
            yield term.encode("utf-8", "surrogatepass"), len(posting.positions), weight, encoded


def write_with_whoosh(folder: Path, *batches: Sequence[AnalyzedDocument]) -> Any:
    """Write an index with Whoosh's own writer, one segment per batch, and return its reader."""
    index = whoosh_index.FileIndex(FileStorage(str(new_index(folder))), _stock_schema())
    for batch in batches:
        writer = index.writer()
        for analyzed in batch:
            writer.add_document(**field_values(analyzed), **{TERMS: postings_of(analyzed)})
        writer.commit(merge=False)
    return whoosh_index.open_dir(str(folder)).reader()


def _stock_schema() -> Schema:
    stock_schema = schema()
    stock_schema.remove(TERMS)
    stock_schema.add(TERMS, PostingsField())
    return stock_schema
