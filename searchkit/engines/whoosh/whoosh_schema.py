"""The Whoosh schema of an index, which stock Whoosh can open.

No class of searchkit is pickled into it.
"""

from __future__ import annotations

from typing import Any

from whoosh import fields
from whoosh.columns import NumericColumn, RefBytesColumn, VarBytesColumn

from searchkit.analysis.analyzed_document import AnalyzedDocument
from searchkit.engines.whoosh.schema import (
    ABBREVIATIONS,
    CLUSTER,
    FACET_COLUMNS,
    SIGNATURE,
    STORED_FIELDS,
    TERMS,
    TEXT_LENGTH,
    TITLE_KEY,
    TITLE_LENGTH,
    TOKEN_OFFSETS,
)
from searchkit.lexicon.skeletons import TITLE_START, text_skeleton
from searchkit_analyzers.abbreviations import find_abbreviations, pack_abbreviations


class TermsField(fields.TEXT):  # type: ignore[misc]
    """A positional text field, whose postings searchkit writes itself."""

    def __reduce__(self) -> tuple[type[fields.TEXT], tuple[()]]:
        """Pickle as a stock field, so that an index can be opened without searchkit."""
        return fields.TEXT, ()


def schema() -> fields.Schema:
    """Return the schema of every index."""
    keywords = {name: fields.ID(sortable=RefBytesColumn()) for name in (*FACET_COLUMNS, "analysis")}
    byte_names = ("digest", "path", TOKEN_OFFSETS, SIGNATURE, CLUSTER, ABBREVIATIONS, TITLE_KEY)
    byte_columns = {name: fields.COLUMN(VarBytesColumn()) for name in byte_names}
    stored = {name: fields.STORED() for name in STORED_FIELDS}
    return fields.Schema(
        id=fields.ID(unique=True, stored=True, sortable=VarBytesColumn()),
        **{TERMS: TermsField()},
        **{name: fields.COLUMN(NumericColumn("I")) for name in (TEXT_LENGTH, TITLE_LENGTH)},
        **keywords,
        **byte_columns,
        **stored,
    )


def field_values(analyzed: AnalyzedDocument) -> dict[str, Any]:
    """Return a document's values for all fields but `TERMS`, in the types of Whoosh's writer."""
    document = analyzed.document
    texts = {"digest": document.digest, "path": document.path}
    keywords = {name: getattr(document, name) for name in FACET_COLUMNS} | {"analysis": analyzed.analysis_version}
    stored = {name: getattr(document, name) for name in STORED_FIELDS}
    stored["parts"] = tuple(map(tuple, document.parts))  # no class of searchkit is pickled into an index
    return (
        {"id": document.id}
        | {TEXT_LENGTH: analyzed.text_length, TITLE_LENGTH: analyzed.title_length}
        | {name: value for name, value in keywords.items() if value}
        | {name: value.encode("utf-8", "surrogatepass") for name, value in texts.items()}
        | {TOKEN_OFFSETS: analyzed.token_offsets}
        | {SIGNATURE: analyzed.signature, CLUSTER: analyzed.cluster.to_bytes(8)}
        | {
            ABBREVIATIONS: pack_abbreviations(find_abbreviations(document.text)),
            TITLE_KEY: TITLE_START + text_skeleton(document.title),
        }
        | stored
    )
