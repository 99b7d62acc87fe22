"""The names of the fields of the Whoosh index, and what stands in them: `fields` makes Whoosh's schema of it."""

from __future__ import annotations

TERMS = "terms"
COLUMNS = ("language", "date", "source", "author")
"""Fields for filters, facets and sorting: few distinct values, read column by column."""
TEXT_LENGTH, TITLE_LENGTH = "text_length", "title_length"
"""Lengths in tokens: Whoosh keeps lengths too, but rounds them to one byte."""
STORED = ("title", "text", "office", "url", "tags", "languages", "cut")
VOCABULARY = ".words"
"""What the file of a segment's table of words ends in (see `searchkit.vocabulary`); Whoosh passes it over."""

SKETCH, GROUP = "sketch", "group"
"""What tells whether a document is a copy, and of which others, in 8 bytes: see
`searchkit.analysis.near_duplicates`."""

PLACES = "places"
"""Where each token stands in the title and the text: see `searchkit.analysis.token_offsets`."""

NAMES, TITLE_KEY = "names", "title_key"
"""The names that an article abbreviates (`searchkit_analyzers.abbreviations`), how its title looks
(`searchkit.vocabulary`)."""

TITLE_UNIT = 1 / 1024
"""A posting's one weight holds two counts: the occurrences in the text, and in such fractions those in the title.

Whoosh keeps four bytes for a weight. Titles have at most `TEXT_START` words, and what a text has more than
`MOST_IN_TEXT` times is long saturated, so that both counts fit without loss.
"""
MOST_IN_TEXT = 8191.0
