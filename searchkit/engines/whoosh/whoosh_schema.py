"""The fields of the Whoosh index. It can be opened by stock Whoosh: nothing of ours is pickled into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from whoosh import fields
from whoosh.columns import NumericColumn, RefBytesColumn, VarBytesColumn
from whoosh.formats import Positions

from searchkit.analysis.analyzed_document import AnalyzedDocument, Posting
from searchkit.engines.whoosh.schema import (
    COLUMNS,
    GROUP,
    MOST_IN_TEXT,
    NAMES,
    PLACES,
    SKETCH,
    STORED,
    TERMS,
    TEXT_LENGTH,
    TITLE_KEY,
    TITLE_LENGTH,
    TITLE_UNIT,
)
from searchkit.lexicon.skeletons import TITLE_START, text_skeleton
from searchkit_analyzers.abbreviations import names, packed

_POSITIONS = Positions()


class TermsField(fields.TEXT):  # type: ignore[misc]
    """A positional text field that takes postings instead of text.

    Stock Whoosh would run an analyzer of its own; ours come ready-made, with weights.
    """

    def index(self, value: Mapping[str, Posting], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (term, frequency, weight, encoded positions) for each posting."""
        for term, posting in value.items():
            encoded = _POSITIONS.encode(posting.positions)
            weight = min(posting.in_text, MOST_IN_TEXT) + posting.in_title * TITLE_UNIT
            yield term.encode("utf-8", "surrogatepass"), len(posting.positions), weight, encoded

    def __reduce__(self) -> tuple[type[fields.TEXT], tuple[()]]:
        """On disk this is a stock field, so that an index can be opened without searchkit."""
        return fields.TEXT, ()


def schema() -> fields.Schema:
    """Return the schema of every index."""
    whole = {name: fields.ID(sortable=RefBytesColumn()) for name in (*COLUMNS, "analysis")}
    state = {
        name: fields.COLUMN(VarBytesColumn()) for name in ("digest", "path", PLACES, SKETCH, GROUP, NAMES, TITLE_KEY)
    }
    stored = {name: fields.STORED() for name in STORED}
    return fields.Schema(
        id=fields.ID(unique=True, stored=True, sortable=VarBytesColumn()),
        **{TERMS: TermsField()},
        **{name: fields.COLUMN(NumericColumn("I")) for name in (TEXT_LENGTH, TITLE_LENGTH)},
        **whole,
        **state,
        **stored,
    )


def fields_of(entry: AnalyzedDocument) -> dict[str, Any]:
    """Return an entry's values by field, as Whoosh's writer takes them, all but those of `TERMS`."""
    document = entry.document
    state = {"digest": document.digest, "path": document.path}
    columns = {name: getattr(document, name) for name in COLUMNS} | {"analysis": entry.analysis_version}
    stored = {name: getattr(document, name) for name in STORED}
    return (
        {"id": document.id}
        | {TEXT_LENGTH: entry.text_length, TITLE_LENGTH: entry.title_length}
        | {name: value for name, value in columns.items() if value}
        | {name: value.encode("utf-8", "surrogatepass") for name, value in state.items()}
        | {PLACES: entry.token_offsets, SKETCH: entry.signature, GROUP: entry.cluster.to_bytes(8)}
        | {NAMES: packed(names(document.text)), TITLE_KEY: TITLE_START + text_skeleton(document.title)}
        | stored
    )
