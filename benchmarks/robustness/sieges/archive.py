"""A folder of generated articles, each with a word of its own that searches must find."""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import Lock

LANGUAGES = (
    "мектеп ауыл тасқын әкім халық заң жол қала су егін денсаулық мұғалім қаржы баға көпір орман кітап дәрігер".split(),
    "школа посёлок паводок аким народ закон дорога город вода урожай здоровье учитель деньги цена мост лес".split(),
)
"""Words of articles in each language."""
COMMON_WORDS = [word for words in LANGUAGES for word in words]
_CONSONANTS, _VOWELS = "бвгджзклмнпрстфх", "аоуэы"
_LENGTH = 80
"""Words of an article."""


@dataclass(frozen=True, slots=True)
class WrittenArticle:
    """An article as it was written last."""

    name: str
    word: str
    """A word that no other article has."""
    phrase: str
    """The word with its neighbours."""
    text: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """An answer that must become right soon after the archive has changed."""

    article: WrittenArticle
    is_found: bool
    since: float
    """When the archive was changed."""


class Archive:
    """Writes, changes and deletes articles; knows which of them searches must find by now."""

    def __init__(self, folder: Path, size: int, seed: int = 1) -> None:
        """Write the first articles.

        Args:
            folder: Where they are written.
            size: How many.
            seed: Another one gives other articles.
        """
        self.folder = folder
        self._dice = random.Random(seed)
        self._names = (f"{number}.txt" for number in count())
        self._words = _own_words(random.Random(seed))
        self._lock = Lock()
        self._expected: deque[Expectation] = deque()
        folder.mkdir()
        self._articles = [self._write(next(self._names)) for _ in range(size)]

    def any_article(self) -> WrittenArticle:
        """Return an article that searches must find now."""
        with self._lock:
            return self._dice.choice(self._articles)

    def is_settled(self, article: WrittenArticle) -> bool:
        """Whether an article has neither changed nor gone."""
        with self._lock:
            return article in self._articles

    def expectation(self) -> Expectation | None:
        """Take out the one that is unseen the longest; `put_back` it if it is not seen now."""
        with self._lock:
            return self._expected.popleft() if self._expected else None

    def put_back(self, expectation: Expectation) -> None:
        """Expect the same again, later."""
        with self._lock:
            self._expected.append(expectation)

    def see(self, expectation: Expectation) -> None:
        """Note that an expectation has come true: from now on the article must be found."""
        if expectation.is_found:
            with self._lock:
                self._articles.append(expectation.article)

    def add(self) -> None:
        """Write a new article."""
        self._expect(self._write(next(self._names)), is_found=True)

    def change(self) -> None:
        """Give an article another text, with another word."""
        old = self._removed()
        self._expect(self._write(old.name), is_found=True)
        self._expect(old, is_found=False)

    def delete(self) -> None:
        """Delete an article."""
        old = self._removed()
        (self.folder / old.name).unlink()
        self._expect(old, is_found=False)

    def _removed(self) -> WrittenArticle:
        with self._lock:
            return self._articles.pop(self._dice.randrange(len(self._articles)))

    def _expect(self, article: WrittenArticle, *, is_found: bool) -> None:
        self.put_back(Expectation(article, is_found, time.monotonic()))

    def _write(self, name: str) -> WrittenArticle:
        article = _article(name, next(self._words), self._dice)
        (self.folder / name).write_text(article.text, "utf-8")
        return article


def _article(name: str, word: str, dice: random.Random) -> WrittenArticle:
    words = dice.choices(dice.choice(LANGUAGES), k=_LENGTH)
    place = dice.randrange(10, _LENGTH - 10)
    phrase = f"{words[place]} {word} {words[place + 1]}"
    body = " ".join([*words[5:place], phrase, *words[place + 2 :]])
    return WrittenArticle(name, word, phrase, f"{' '.join(words[:5]).capitalize()}\n\n{body.capitalize()}.\n")


def _own_words(dice: random.Random) -> Iterator[str]:
    """Yield words of different beginnings: unknown words that begin alike may be taken for one."""
    syllables = [consonant + vowel for consonant in _CONSONANTS for vowel in _VOWELS]
    beginnings = [first + second for first in syllables for second in syllables]
    dice.shuffle(beginnings)
    return (beginning + "".join(dice.choices(syllables, k=4)) + "ф" for beginning in beginnings)
