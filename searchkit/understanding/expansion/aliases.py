"""Lists other names as thesaurus entries: synonyms, abbreviations, adjectives of places.

Synonyms come from three sources: the word list of searchkit, the user's file, and abbreviations
that the documents define: «Long Name (LN)». All sources of a name are combined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat

from searchkit.understanding.expansion.expressions import Expression
from searchkit.understanding.expansion.listed_entries import ListedEntries
from searchkit.understanding.expansion.name_tables import name_tables
from searchkit.understanding.expansion.thesaurus import EntrySource, FiledEntries, ThesaurusEntry
from searchkit.understanding.word_lists import Synonym, SynonymGroup, legal_names, places, related, synonyms
from searchkit_analyzers import is_function_word
from searchkit_analyzers.abbreviations import Abbreviation

SYNONYM_WEIGHT = 0.6
"""The weight of another name."""
BEGINNING_WEIGHT = 0.3
"""The weight of another name if the query has only the beginning of a name: Ассамблея народа."""
PLACE_WEIGHT = 0.2
"""The weight of Казахстан for казахстанский, and of казахстанский for Казахстан."""
RELATED_WEIGHT = 0.3
"""The weight of a word with nearly the same meaning: паводок, наводнение."""
_MIN_NAME_WORDS = 3
"""Names of fewer words have no distinctive beginning."""
_MIN_MAJORITY = 2 / 3
"""An abbreviation is learned if this share of its documents gives it the same meaning."""


def sources(learned: Iterable[Abbreviation], user_synonyms: Sequence[SynonymGroup]) -> Sequence[EntrySource]:
    """Return the entries of all names; `learned` are abbreviations from the documents."""
    tables = name_tables()
    if tables and not user_synonyms:
        names, others = map(ListedEntries, repeat(tables), (False, True))
        return (names, FiledEntries.of(_of_learned(learned, tables.is_synonym)), others)
    listed = synonym_groups(user_synonyms)
    texts = {synonym.text for group in listed for synonym in group}
    return (FiledEntries.of((*of_names(listed), *_of_learned(learned, texts.__contains__), *of_other_words())),)


def synonym_groups(user_synonyms: Sequence[SynonymGroup] = ()) -> list[SynonymGroup]:
    """Return the listed groups of names."""
    return [*synonyms(), *user_synonyms, *_codes()]


def of_names(groups: Sequence[SynonymGroup]) -> Iterator[ThesaurusEntry]:
    """Yield the entries of groups of names and of the beginnings of names."""
    yield from _of_groups(groups, "synonym")
    yield from _of_beginnings(groups)


def of_other_words() -> Iterator[ThesaurusEntry]:
    """Yield the entries of places and of related words."""
    yield from _of_places()
    yield from _of_related()


def _of_learned(learned: Iterable[Abbreviation], is_listed: Callable[[str], bool]) -> Iterator[ThesaurusEntry]:
    return _of_groups(_learned(learned, is_listed), "learned")


def _codes() -> Iterator[SynonymGroup]:
    """Yield the full names of each code of law, in all languages."""
    for law in legal_names():
        if law.kind == "code":
            yield tuple(Synonym(name) for names in law.names.values() for name in names)


def _of_groups(groups: Iterable[SynonymGroup], kind: str) -> Iterator[ThesaurusEntry]:
    for group in groups:
        expressions = _expressions(group)
        for expression in expressions:
            if not expression.ambiguity or expression.is_word:
                yield ThesaurusEntry(expression, expressions, SYNONYM_WEIGHT, kind)


def _expressions(group: SynonymGroup) -> tuple[Expression, ...]:
    return tuple(Expression(*synonym) for synonym in group)


def _of_beginnings(groups: Iterable[SynonymGroup]) -> Iterator[ThesaurusEntry]:
    """Yield long names without their last word, where that is unique."""
    by_beginning: dict[str, list[SynonymGroup]] = defaultdict(list)
    names: set[str] = set()
    for group in groups:
        unambiguous = [synonym.text for synonym in group if not synonym.ambiguity]
        names.update(unambiguous)
        for beginning in dict.fromkeys(_beginning(name) for name in unambiguous if " " in name):
            by_beginning[beginning].append(group)
    for beginning, longer in by_beginning.items():
        if beginning and len(longer) == 1 and beginning not in names:
            yield ThesaurusEntry(Expression(beginning), _expressions(longer[0]), BEGINNING_WEIGHT, "synonym")


def _beginning(name: str) -> str:
    """Return a name without its last word if that is distinctive."""
    words = name.split()
    *first, _ = words
    return " ".join(first) if len(words) >= _MIN_NAME_WORDS and not is_function_word(first[-1].rstrip(".")) else ""


def _learned(abbreviations: Iterable[Abbreviation], is_listed: Callable[[str], bool]) -> Iterator[SynonymGroup]:
    """Yield abbreviations from documents that are not listed and have one main meaning."""
    meanings: dict[str, dict[str, list[Abbreviation]]] = defaultdict(lambda: defaultdict(list))
    for abbreviation in abbreviations:
        if not is_listed(abbreviation.short):
            meanings[abbreviation.short][_stems(abbreviation.long)].append(abbreviation)
    for short, by_stems in meanings.items():
        best = max(by_stems.values(), key=_doc_freq)
        if _doc_freq(best) >= _MIN_MAJORITY * sum(map(_doc_freq, by_stems.values())):
            long = max(best, key=lambda abbreviation: (abbreviation.doc_freq, abbreviation.long)).long
            yield (Synonym(short, ambiguity=None, is_word=True), Synonym(long))


def _stems(long: str) -> str:
    """Return the case-independent beginnings of the words of a name."""
    return " ".join(word[:4].lower() for word in long.split())


def _doc_freq(abbreviations: Sequence[Abbreviation]) -> int:
    return sum(abbreviation.doc_freq for abbreviation in abbreviations)


def _of_related() -> Iterator[ThesaurusEntry]:
    """Yield words of one language with nearly the same meaning."""
    for language, words in (item for group in related() for item in group.items()):
        expressions = tuple(Expression(word, language) for word in words)
        yield from (ThesaurusEntry(each, expressions, RELATED_WEIGHT, "synonym") for each in expressions)


def _of_places() -> Iterator[ThesaurusEntry]:
    """Yield names of places with their adjectives and inhabitants, in one language."""
    for place in places():
        for language in place.adjectives:
            yield from _derived_from(place.names[language], place.derived(language), language)


def _derived_from(names: Sequence[str], derived: Sequence[str], language: str) -> Iterator[ThesaurusEntry]:
    for name in names:
        for word in derived:
            place, derivation = Expression(name, language), Expression(word, language)
            yield ThesaurusEntry(place, (derivation,), PLACE_WEIGHT, "place")
            yield ThesaurusEntry(derivation, (place,), PLACE_WEIGHT, "place")
