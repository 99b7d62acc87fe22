"""What words are called in the other language: by the glossary, by places, and by what babel knows of the world."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from searchkit.understanding.expansion import cldr
from searchkit.understanding.expansion.thesaurus import Expression, ThesaurusEntry
from searchkit.understanding.word_lists import glossary, places

TRANSLATION = 0.7
"""What an occurrence of a word's only translation counts; of n translations, each counts √n times less."""


def entries() -> Iterator[ThesaurusEntry]:
    """Yield what each expression is called in the other language."""
    meanings: dict[Expression, dict[Expression, None]] = defaultdict(dict)
    for kazakh, russian in _pairs():
        one, other = Expression(kazakh, "kk"), Expression(russian, "ru")
        meanings[one][other] = meanings[other][one] = None
    for asked, others in meanings.items():
        weight = TRANSLATION / len(others) ** 0.5
        yield ThesaurusEntry(asked, tuple(others), weight, "translation")


def _pairs() -> Iterator[tuple[str, str]]:
    for pair in glossary():
        yield from ((pair.kazakh, russian) for russian in pair.russian)
    yield from ((kazakh.lower(), russian.lower()) for kazakh, russian in _of_places())
    yield from cldr.pairs()


def _of_places() -> Iterator[tuple[str, str]]:
    """Yield places by their names; a Kazakh name stands for a Russian adjective, too: Орал қаласы, уральский."""
    for place in places():
        called_after = (*place.russian_adjectives, *place.russian_inhabitants)
        yield from ((place.kazakh, russian) for russian in (*place.russian, *called_after))
        yield from ((kazakh, russian) for kazakh in place.kazakh_adjectives for russian in called_after)
