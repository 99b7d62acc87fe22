"""Turns tokens of a query into word groups and exact forms."""

from __future__ import annotations

import re
from functools import lru_cache

from searchkit import bm25
from searchkit.query.nodes import WordGroup
from searchkit_analyzers import Doubts, Token, is_function_word
from searchkit_analyzers.normalize import clean, fold, is_cyrillic

_CACHE_SIZE = 5_000
"""Cached word groups."""
_LEAST_LIKELIHOOD = 0.05
"""A lemma that is less likely is not what a query asks for."""

_ABBREVIATION = re.compile("[А-ЯЁӘҒҚҢӨҰҮҺІA-Z][а-яёәғқңөұүһіa-z]+[А-ЯЁӘҒҚҢӨҰҮҺІA-Z]{2,}")
"""A word that ends in capitals is no form of another: КарТУ is not карта."""


def word_group(token: Token) -> WordGroup:
    """Return the word group that matches all forms of a token's word."""
    return _word_group(token.surface, token.language, token.lemmas, token.coarse, token.forms, token.doubts)


@lru_cache(_CACHE_SIZE)
def _word_group(
    surface: str,
    language: str,
    lemmas: tuple[str, ...],
    coarse: tuple[str, ...],
    forms: tuple[str, ...],
    doubts: Doubts,
) -> WordGroup:
    likely = tuple([doubt for doubt in doubts if doubt[1] >= _LEAST_LIKELIHOOD and doubt[0] not in forms])
    unlikely = {lemma for lemma, _ in doubts} - {lemma for lemma, _ in likely} - {*forms}
    lemmas = tuple([lemma for lemma in lemmas if lemma not in unlikely])
    is_function = is_function_word(surface, language) or is_function_word(forms[0], language)
    weight = bm25.FUNCTION_WORD_WEIGHT if is_function else 1.0
    # In Cyrillic text a foreign word (General Electric) has no stem, so the word itself counts in
    # full.
    is_foreign = not language and not is_cyrillic(forms[0])
    if _is_local_number(forms):
        lemmas = forms = forms[:1]
    elif _ABBREVIATION.fullmatch(surface):
        lemmas, coarse, likely = forms, (), ()
    is_certain = bool(likely) and likely[0][0] == lemmas[0]
    surface_forms = () if is_foreign or is_certain else tuple(lemma for lemma in lemmas[1:] if lemma in forms)
    return WordGroup(surface, lemmas, surface_forms, coarse, weight, doubts=likely)


def _is_local_number(forms: tuple[str, ...]) -> bool:
    """Whether the last form is a phone number without its code, which another city may have too."""
    *national, local = forms
    return bool(national) and national[0].isdecimal() and national[0].endswith(local) and local.isdecimal()


def joined_digits(token: Token) -> Token:
    """Return the token that begins digits with hyphens (55-12-34) without their first group."""
    forms = token.forms[1:]
    return token._replace(lemmas=forms, forms=forms)


def exact_form(token: Token) -> str:
    """Return a token's word as typed, in the spelling of the index."""
    form = fold(clean(token.surface)).replace("'", "")
    return form if form in token.forms else token.forms[0]
