"""The fields of the Whoosh index. It can be opened by stock Whoosh: nothing of ours is pickled into it."""

from __future__ import annotations

from typing import Any

from whoosh import fields
from whoosh.columns import NumericColumn, RefBytesColumn, VarBytesColumn

from searchkit.analysis.analyzed_document import AnalyzedDocument
from searchkit.engines.whoosh.schema import (
    COLUMNS,
    GROUP,
    NAMES,
    PLACES,
    SKETCH,
    STORED,
    TERMS,
    TEXT_LENGTH,
    TITLE_KEY,
    TITLE_LENGTH,
)
from searchkit.lexicon.skeletons import TITLE_START, text_skeleton
from searchkit_analyzers.abbreviations import names, packed


class TermsField(fields.TEXT):  # type: ignore[misc]
    """A positional text field, whose postings searchkit writes itself."""

    def __reduce__(self) -> tuple[type[fields.TEXT], tuple[()]]:
        """Pickle as a stock field, so that an index can be opened without searchkit."""
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
