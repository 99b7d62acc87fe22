"""Random articles, each with words that no other one has."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

_KAZAKH = "қала мектеп кітапхана жаңа ашылды көпір өзен мұғалім облыс әкімі тұрғын үй салынды егін жиналды күні".split()
_RUSSIAN = "город школа библиотека открыта новый мост река учитель область аким жители дом построен урожай день".split()
_SYLLABLES = "ба ре ни ко ду за мы ло ша те".split()


@dataclass(frozen=True)
class Article:
    """An article to write into files."""

    number: int
    title: str
    paragraphs: Sequence[str]
    words: tuple[str, str]
    """Words of its own, in its first and in its last sentence."""

    @property
    def text(self) -> str:
        """The paragraphs, without the title."""
        return "\n\n".join(self.paragraphs)

    @property
    def lines(self) -> Sequence[str]:
        """The title and the paragraphs."""
        return (self.title, *self.paragraphs)


def article(randomness: random.Random, number: int, *, is_russian: bool = False) -> Article:
    """Return a random article.

    Args:
        randomness: Where the words come from.
        number: Its number, of which its own words are made.
        is_russian: Whether it has no Kazakh letters, as old charsets demand.
    """
    vocabulary = _RUSSIAN if is_russian or randomness.random() < 0.5 else _KAZAKH

    def sentence() -> str:
        return " ".join(randomness.choices(vocabulary, k=12)).capitalize() + "."

    first, last = _own_word("том", number), _own_word("бир", number)
    paragraphs = [" ".join(sentence() for _ in range(4)) for _ in range(randomness.randint(2, 8))]
    paragraphs[0] = f"{_with_word(sentence(), first)} {paragraphs[0]}"
    paragraphs[-1] = f"{paragraphs[-1]} {_with_word(sentence(), last)}"
    title = " ".join(randomness.choices(vocabulary, k=5)).capitalize()
    return Article(number, title, paragraphs, (first, last))


def _with_word(sentence: str, word: str) -> str:
    return f"{sentence[:-1]} {word}."


def _own_word(start: str, number: int) -> str:
    return start + "".join(_SYLLABLES[int(digit)] for digit in str(number))
