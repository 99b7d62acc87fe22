"""Options of a search: query rewriting, near-duplicates, explanations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Selects the steps of query rewriting; an immutable value.

    Attributes:
        spelling: Correct misspelt words, wrong keyboard layouts and Latin letters: see
            docs/reference/spelling.md.
        synonyms: Add other names of the same thing as alternatives: see docs/reference/synonyms.md.
        translations: Add the translation of each word, so that documents in other languages match.

    >>> Rewrite(translations=True)
    Rewrite(spelling=True, synonyms=True, translations=True)
    """

    NONE: ClassVar[Rewrite]
    """No rewriting: the words are searched as they are typed."""

    spelling: bool = True
    synonyms: bool = True
    translations: bool = False


Rewrite.NONE = Rewrite(spelling=False, synonyms=False)

_DEFAULT_REWRITE = Rewrite()


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """Options of one search beside its page and order; an immutable value.

    Attributes:
        rewrite: The steps of query rewriting.
        collapse_duplicates: Show one document of each cluster of near-duplicates, with the count of
            the others.
        explain: Give each hit an `explanation`: the part of the score that each query word adds.
        passages: Give each hit its best `passages`, with offsets and scores.
        count_all_words: Count the articles that have all words of the query, too: see
            `Results.with_all_words`.
        meaning: Order the best articles by meaning, too. It needs a model and `Index.embed`;
            without them the order by words stays, and a hint tells.

    >>> SearchOptions(rewrite=Rewrite.NONE, explain=True).rewrite.spelling
    False
    """

    rewrite: Rewrite = _DEFAULT_REWRITE
    collapse_duplicates: bool = True
    explain: bool = False
    passages: bool = False
    count_all_words: bool = False
    meaning: bool = False
