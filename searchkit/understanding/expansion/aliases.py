"""What is called otherwise in the same or the other language: names, abbreviations, adjectives of places.

Groups come from three sides: the word list of searchkit, the user's own file, and the articles themselves («Long Name
(LN)»). What one side says of a name does not keep the others from saying more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from searchkit.understanding.expansion.thesaurus import Expression, ThesaurusEntry
from searchkit.understanding.word_lists import Group, Member, places, synonyms
from searchkit_analyzers import is_function_word
from searchkit_analyzers.abbreviations import Abbreviation

SYNONYM = 0.6
"""What an occurrence of another name counts."""
BEGINNING = 0.3
"""What it counts where but the beginning of a name is asked for: Ассамблея народа."""
PLACE = 0.2
"""What Казахстан counts where казахстанский is asked for, and the other way round."""
_FEWEST_WORDS = 3
"""Names of fewer words have no beginning that tells."""
_CLEARLY = 2 / 3
"""What share of its articles must mean the same by an abbreviation: else it is several."""


def entries(learned: Iterable[Abbreviation], own: Sequence[Group]) -> Iterator[ThesaurusEntry]:
    """Yield what names are called otherwise; `own` are groups of the user's."""
    listed = [*synonyms(), *own]
    yield from _of_groups(listed, "synonym")
    yield from _of_beginnings(listed)
    yield from _of_groups(_learned(learned, {member.text for group in listed for member in group}), "learned")
    yield from _of_places()


def _of_groups(groups: Iterable[Group], kind: str) -> Iterator[ThesaurusEntry]:
    for group in groups:
        others = _expressions(group)
        for member in group:
            if not member.is_ambiguous:
                yield ThesaurusEntry(Expression(member.text), others, SYNONYM, kind)


def _expressions(group: Group) -> tuple[Expression, ...]:
    return tuple(Expression(member.text) for member in group)


def _of_beginnings(groups: Iterable[Group]) -> Iterator[ThesaurusEntry]:
    """Yield long names without their last words, where no other name is or begins so."""
    begun: dict[str, list[Group]] = defaultdict(list)
    listed: set[str] = set()
    for group in groups:
        clear = [member.text for member in group if not member.is_ambiguous]
        listed.update(clear)
        for beginning in {_beginning(name) for name in clear if " " in name}:
            begun[beginning].append(group)
    for beginning, found in begun.items():
        if beginning and len(found) == 1 and beginning not in listed:
            yield ThesaurusEntry(Expression(beginning), _expressions(found[0]), BEGINNING, "synonym")


def _beginning(name: str) -> str:
    """Return a name without its last word; nothing where too little is left to tell it from others."""
    words = name.split()
    *first, _ = words
    return " ".join(first) if len(words) >= _FEWEST_WORDS and not is_function_word(first[-1]) else ""


def _learned(names: Iterable[Abbreviation], listed: set[str]) -> Iterator[Group]:
    """Yield what articles call by abbreviations that are not listed, where they mean the same by it."""
    meanings: dict[str, dict[str, list[Abbreviation]]] = defaultdict(lambda: defaultdict(list))
    for name in names:
        if name.short not in listed:
            meanings[name.short][_stems(name.long)].append(name)
    for short, by_stems in meanings.items():
        best = max(by_stems.values(), key=_articles)
        if _articles(best) >= _CLEARLY * sum(map(_articles, by_stems.values())):
            long = max(best, key=lambda name: (name.articles, name.long)).long
            yield (Member(short, is_ambiguous=False), Member(long, is_ambiguous=False))


def _stems(long: str) -> str:
    """Return how the words of a name begin: the same in all cases."""
    return " ".join(word[:4].lower() for word in long.split())


def _articles(names: Sequence[Abbreviation]) -> int:
    return sum(name.articles for name in names)


def _of_places() -> Iterator[ThesaurusEntry]:
    """Yield adjectives and inhabitants of places with the places' names, in one language."""
    for place in places():
        yield from _called_after(place.russian, (*place.russian_adjectives, *place.russian_inhabitants), "ru")
        yield from _called_after((place.kazakh,), place.kazakh_adjectives, "kk")


def _called_after(names: Sequence[str], others: Sequence[str], language: str) -> Iterator[ThesaurusEntry]:
    for name in names:
        for other in others:
            place, called = Expression(name, language), Expression(other, language)
            yield ThesaurusEntry(place, (called,), PLACE, "place")
            yield ThesaurusEntry(called, (place,), PLACE, "place")
