"""Lists translations as thesaurus entries: from the glossary, the places, and CLDR."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from searchkit.understanding.expansion import cldr
from searchkit.understanding.expansion.expressions import Expression
from searchkit.understanding.expansion.thesaurus import ThesaurusEntry
from searchkit.understanding.word_lists import glossary, places

TRANSLATION_WEIGHT = 0.7
"""The weight of an only translation; each of n translations has √n times less."""


def entries() -> Iterator[ThesaurusEntry]:
    """Yield an entry for each expression that has translations, in both directions."""
    source, target, _ = glossary()
    translations: dict[Expression, dict[Expression, None]] = defaultdict(dict)
    for source_text, target_text in _pairs(source, target):
        one, other = Expression(source_text, source), Expression(target_text, target)
        translations[one][other] = translations[other][one] = None
    for expression, others in translations.items():
        weight = TRANSLATION_WEIGHT / len(others) ** 0.5
        yield ThesaurusEntry(expression, tuple(others), weight, "translation")


def _pairs(source: str, target: str) -> Iterator[tuple[str, str]]:
    for entry in glossary().entries:
        yield from ((entry.word, translation) for translation in entry.translations)
    yield from ((name.lower(), other.lower()) for name, other in _of_places(source, target))
    yield from cldr.translated_names(source, target)


def _of_places(source: str, target: str) -> Iterator[tuple[str, str]]:
    """Yield the names of places in both languages.

    A name in the source language also stands for a target adjective: Орал қаласы is уральский.
    """
    for place in places():
        derived = place.derived(target)
        yield from ((name, other) for name in place.names[source] for other in (*place.names[target], *derived))
        yield from ((word, other) for word in place.derived(source) for other in derived)
