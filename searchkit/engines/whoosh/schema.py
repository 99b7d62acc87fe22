"""The names of an index's fields, as they lie on disk.

`whoosh_schema` makes Whoosh's schema of them; reading an index needs the names only.
"""

from __future__ import annotations

TERMS = "terms"
"""The field of all postings."""
FACET_COLUMNS = ("language", "date", "source", "author")
"""Columns of few distinct values, for filters, facets and sorting."""
REFERENCE_COLUMNS = (*FACET_COLUMNS, "analysis", "path")
"""Columns that store each distinct value once."""
TEXT_LENGTH, TITLE_LENGTH = "text_length", "title_length"
"""Columns of lengths in tokens."""
STORED_TEXTS = ("title", "text", "office", "url")
STORED_LISTS = ("tags", "languages", "cut", "parts")
STORED_FIELDS = (*STORED_TEXTS, *STORED_LISTS)
"""Fields of a document that are only stored: texts, and tuples of texts or of tuples."""
WORDS = "words"
"""The section of a segment's word table: `searchkit.lexicon.word_table`."""

SIGNATURE, CLUSTER = "sketch", "group"
"""Columns of MinHash signatures and of cluster ids: `searchkit.analysis.near_duplicates`."""

TOKEN_OFFSETS = "places"
"""The packed offsets of all tokens (`searchkit.analysis.token_offsets`)."""

ABBREVIATIONS, TITLE_KEY = "names", "title_key"
"""Columns of the abbreviations that a document defines (`searchkit_analyzers.abbreviations`) and of
the skeleton of its title (`searchkit.lexicon.skeletons`)."""

ID, DIGEST = "id", "digest"
BYTES_COLUMNS = (ID, DIGEST, SIGNATURE, CLUSTER, ABBREVIATIONS, TITLE_KEY)
"""Columns of byte strings of any length."""
IDS_SORTED = "ids sorted"
"""The doc ids in the order of the external ids."""
ARTICLES, ARTICLE_SIZES = "articles", "article sizes"
"""The sections of compressed groups, and of their sizes: `codec.stored_articles`."""

TITLE_UNIT = 1 / 1024
"""The weight of a posting for Whoosh: the frequency in the text, and in this fraction that in the
title.

Whoosh keeps four bytes for a weight. A title has at most `TEXT_START` words, and a frequency above
`MAX_TEXT_FREQUENCY` is long saturated, so both frequencies fit without loss.
"""
MAX_TEXT_FREQUENCY = 8191.0
"""The greatest frequency in a text that a weight holds."""
