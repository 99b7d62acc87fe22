"""A word group says which terms of a word count in full, and which beside its lemma."""

from __future__ import annotations

import pytest

from searchkit import parse
from searchkit.query.nodes import WordGroup


@pytest.mark.parametrize(
    ("query", "word", "surface_forms"),
    [
        ("мектептерге барды", "мектептерге", ("мектептерге",)),
        ("указами президента", "указами", ("указами",)),
        ("the history of computers", "computers", ("computers",)),
        # Cyrillic text has no stems of foreign names, so the word itself counts in full.
        ("компания General Electric", "Electric", ()),
        ("iPhone бағасы", "iPhone", ()),
        ("Windows", "Windows", ()),
    ],
)
def test_surface_forms(query: str, word: str, surface_forms: tuple[str, ...]) -> None:
    (group,) = (leaf for leaf in parse(query).leaves if leaf.text == word)
    assert isinstance(group, WordGroup)
    assert group.surface_forms == surface_forms
