"""Decides which words are meant by a name.

An abbreviation may be spelled like an ordinary word: АТ (information technology) like *ат*, a
horse. So an abbreviation has no stems, only its form and the forms with a suffix after a hyphen
(АТ-ның). One that is an ordinary word, too, is meant where it is typed in its capitals, and found
where it has a hyphen; one that is short for several things is never meant. One that is a word of
another language only is also found by its coarse key, which tells languages apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from searchkit.lexicon.skeletons import skeleton
from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.query.nodes import WordGroup
from searchkit.understanding.expansion.name_tables import name_tables
from searchkit_analyzers import ANALYZER, Token, is_function_word, is_known_word
from searchkit_analyzers.normalize import fold
from searchkit_analyzers.registry import is_suffix

_CACHE_SIZE = 5_000
_MIN_CAPITALS = 2
_HYPHEN = "-"
_MOST_HYPHENATED = 5
"""So many forms of an abbreviation with a hyphen are searched, the most frequent ones."""
_READ = 50
"""So many words of each length that begin with an abbreviation and a hyphen are looked at."""


class Expression(NamedTuple):
    """One or several words in a language."""

    text: str
    """The words in the nominative, spelled as usual."""
    language: str = ""
    """ISO 639-1 code, or ``""`` for a name of any language."""
    ambiguity: bool | None = False
    """Whether it has other meanings: in other languages, if it has one. None: dictionaries tell."""
    is_word: bool = False
    """Whether the other meaning is an ordinary word, which has no capitals."""

    @property
    def is_ambiguous(self) -> bool:
        """Whether it has other meanings, too."""
        return is_known_word(self.text) if self.ambiguity is None else self.ambiguity

    @property
    def is_abbreviation(self) -> bool:
        """Whether it is one word with several capital letters."""
        return " " not in self.text and sum(map(str.isupper, self.text.partition(_HYPHEN)[0])) >= _MIN_CAPITALS


@lru_cache(_CACHE_SIZE)
def content_words(expression: Expression) -> tuple[Token, ...]:
    """Return the content words of an expression, or all its words."""
    tables = name_tables()
    listed = tables.words_of(expression.text, expression.language) if tables else None
    return analyzed(expression) if listed is None else listed


def analyzed(expression: Expression) -> tuple[Token, ...]:
    """Return the content words of an expression, analyzed now."""
    text, language, *_ = expression
    tokens = tuple(ANALYZER.analyze(text, language) if language else ANALYZER.analyze_query(text))
    if len(tokens) == 1 and text[0].isupper():
        return (_without_stems(tokens[0]) if expression.is_abbreviation else _as_name(tokens[0]),)
    return tuple(token for token in tokens if not is_function_word(token.surface, token.language)) or tokens


def _without_stems(token: Token) -> Token:
    """Return the token of an abbreviation with its form alone."""
    forms = tuple(form for form in token.forms if (_HYPHEN in form) is (_HYPHEN in token.surface)) or token.forms
    return token._replace(lemmas=forms, forms=forms)


def _as_name(token: Token) -> Token:
    """Return a name's token with lemmas that a nominative has.

    Судан is not су (water).
    """
    name = fold(token.surface)
    lemmas = tuple(lemma for lemma in token.lemmas if lemma.startswith(name[:-1]))
    return token._replace(lemmas=lemmas or token.forms)


def slop(expression: Expression) -> int:
    """Return the number of function words between the content words of an expression."""
    words = content_words(expression)
    return words[-1].position - words[0].position - len(words) + 1 if words else 0


def is_meant(expression: Expression, word: WordGroup) -> bool:
    """Whether a query word with a term of an expression means it.

    Args:
        expression: A name. One of several words is always meant.
        word: The query word that its first word is a form of.
    """
    if expression.ambiguity is False and not expression.is_abbreviation:
        return True
    if word.text.partition(_HYPHEN)[0] == expression.text and (expression.is_word or not expression.ambiguity):
        return True
    if expression.is_ambiguous:
        return bool(expression.language) and _is_of_its_language(expression, word)
    return fold(expression.text) not in word.surface_forms


def _is_of_its_language(expression: Expression, word: WordGroup) -> bool:
    """Whether a query word is surely in the language of a name."""
    if set(word.coarse) <= set(content_words(expression)[0].coarse):
        return True
    lemmas = set(word.lemmas).difference(word.surface_forms)
    return word.text.istitle() and not expression.is_abbreviation and fold(expression.text) in lemmas


def hyphenated(expression: Expression, dictionary: WordDictionary) -> Iterator[Expression]:
    """Yield the hyphenated forms of an abbreviation by frequency.

    Args:
        expression: An abbreviation that is an ordinary word, too: only these forms are surely it.
        dictionary: The words of the index.
    """
    beginning = fold(expression.text) + _HYPHEN
    words = (each.word for each in dictionary.with_prefix(skeleton(beginning), _READ))
    forms = [word for word in words if word.startswith(beginning) and is_suffix(word.removeprefix(beginning))]
    yield from (Expression(expression.text + form[len(beginning) - 1 :]) for form in forms[:_MOST_HYPHENATED])
