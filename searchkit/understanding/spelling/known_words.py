"""Tells which words are right as typed, whether an index has them or not.

The word lists, the dictionaries and the grammars know them. They are asked only about words that
another one of the index would replace, since reading them takes longer than the rest of a search.
"""

from __future__ import annotations

from functools import lru_cache

from searchkit.understanding.spelling.listed_words import is_listed, listed_from
from searchkit_analyzers import LANGUAGES
from searchkit_analyzers.input_methods.input_mode import InputMode
from searchkit_analyzers.language import Language
from searchkit_analyzers.normalize import is_cyrillic

_CACHE_SIZE = 5_000


@lru_cache(_CACHE_SIZE)
def is_known(word: str, mode: InputMode = InputMode.UNSURE) -> bool:
    """Return whether a list, a dictionary or a grammar knows a folded word.

    In a Russian query no grammar of another language is asked, only a list: loading one takes a
    while.
    """
    if any(language.is_listed and language.is_listed(word) for language in LANGUAGES.values()) or is_listed(word):
        return True
    languages = _languages_of(word) if mode.may_lack_letters else [LANGUAGES[code] for code in mode.dictionaries]
    return is_cyrillic(word) and any(_accepts(language, word) for language in languages)


@lru_cache(_CACHE_SIZE)
def is_surely_known(word: str, mode: InputMode) -> bool:
    """Return whether a folded word is known by more than an unlikely reading.

    A rare word of another language than the query's is unlikely, too: *келен* for келген.
    """
    languages = [LANGUAGES[code] for code in mode.dictionaries] if is_cyrillic(word) else []
    if is_common(word) or any(language.knows(word) for language in languages) or is_listed(word):
        return True
    # In Kazakh without its letters, the lists have шокан and монгол, which are Russian.
    return not mode.lacks_letters and any(_has_listed_lemma(language, word) for language in languages)


@lru_cache(_CACHE_SIZE)
def is_common(word: str) -> bool:
    """Return whether a folded word is a frequent one of a language with a list of those."""
    return any(language.is_common and language.is_common(word) for language in _languages_of(word))


def _accepts(language: Language, word: str) -> bool:
    return language.accepts(word) or _has_listed_lemma(language, word)


def _has_listed_lemma(language: Language, word: str) -> bool:
    return any(_is_listed(lemma, language) for lemma in language.lemmas(word))


def _is_listed(lemma: str, language: Language) -> bool:
    """Whether the lists have a word of this lemma: сүзу of сүз."""
    return is_listed(lemma) or any(lemma in language.lemmas(word) for word in listed_from(lemma))


def _languages_of(word: str) -> list[Language]:
    """Return the languages that have the letters of a word: only one has those of its own."""
    owners = [language for language in LANGUAGES.values() if not language.letters.isdisjoint(word)]
    return owners or list(LANGUAGES.values())
