"""The Whoosh schema of an index, which stock Whoosh can open.

No class of searchkit is pickled into it.
"""

from __future__ import annotations

from whoosh import fields
from whoosh.columns import NumericColumn, RefBytesColumn, VarBytesColumn

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
