"""The names of an index's fields, as they lie on disk.

`whoosh_schema` makes Whoosh's schema of them; reading an index needs the names only.
"""

from __future__ import annotations

TERMS = "terms"
"""The field of all postings."""
FACET_COLUMNS = ("language", "date", "source", "author")
"""Columns of few distinct values, for filters, facets and sorting."""
TEXT_LENGTH, TITLE_LENGTH = "text_length", "title_length"
"""Columns of lengths in tokens; Whoosh's own lengths are rounded to one byte."""
STORED_FIELDS = ("title", "text", "office", "url", "tags", "languages", "cut", "parts")
"""Fields of a document that are only stored."""
WORDS_EXTENSION = ".words"
"""The extension of a segment's word table: `searchkit.lexicon.word_table`."""

SIGNATURE, CLUSTER = "sketch", "group"
"""Columns of MinHash signatures and of cluster ids: `searchkit.analysis.near_duplicates`."""

TOKEN_OFFSETS = "places"
"""The column of packed offsets of all tokens (`searchkit.analysis.token_offsets`)."""

ABBREVIATIONS, TITLE_KEY = "names", "title_key"
"""Columns of the abbreviations that a document defines (`searchkit_analyzers.abbreviations`) and of
the skeleton of its title (`searchkit.lexicon.skeletons`)."""

TITLE_UNIT = 1 / 1024
"""The weight of a posting holds two frequencies: in the text, and in this fraction in the title.

Whoosh keeps four bytes for a weight. A title has at most `TEXT_START` words, and a frequency above
`MAX_TEXT_FREQUENCY` is long saturated, so both frequencies fit without loss.
"""
MAX_TEXT_FREQUENCY = 8191.0
"""The greatest frequency in a text that a weight holds."""
