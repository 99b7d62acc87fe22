"""Finds translations as thesaurus entries: from the glossary, the places, and CLDR."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from searchkit.understanding.expansion import cldr
from searchkit.understanding.expansion.expressions import Expression
from searchkit.understanding.expansion.thesaurus import FiledEntries, ThesaurusEntry
from searchkit.understanding.word_lists import glossary, places

TRANSLATION_WEIGHT = 0.7
"""The weight of an only translation; each of n translations has √n times less."""

_Name = tuple[str, str]
"""A text and its language: thousands are read, and few become an `Expression`."""


def translation_entries() -> FiledEntries[_Name]:
    """Return the entries of all expressions that have translations, in both directions."""
    translations = _translations()

    def entry(name: _Name) -> ThesaurusEntry:
        others = tuple(Expression(*other) for other in dict.fromkeys(translations[name]))
        return ThesaurusEntry(Expression(*name), others, TRANSLATION_WEIGHT / len(others) ** 0.5, "translation")

    return FiledEntries(translations, lambda name: name[0], entry)


def _translations() -> Mapping[_Name, Sequence[_Name]]:
    """Return the translations of each name, in both directions; some come twice."""
    source, target, _ = glossary()
    translations: dict[_Name, list[_Name]] = defaultdict(list)
    for source_text, target_text in _pairs(source, target):
        one, other = (source_text, source), (target_text, target)
        translations[one].append(other)
        translations[other].append(one)
    return translations


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
