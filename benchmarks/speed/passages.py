"""Texts and questions of the comparison: the same for all systems, and the same in every run."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from searchkit import Document
from searchkit_analyzers import ANALYZER, Token, is_function_word

UNIT = 14_000
"""Passages at 1x."""
LONGEST = 2000
"""Texts with more letters are cut into their paragraphs."""
SHORTEST = 200
"""Shorter paragraphs (letters) of such texts are left out: headings, items of lists."""
QUESTIONS = 100
"""Of each kind."""
FREQUENT = 60
"""So many of the most frequent words count as frequent."""


class Passage(NamedTuple):
    """A document, and what stands in it as words for the systems that take words ready-made."""

    document: Document
    terms: str
    """All terms of all words, as this project's engine has them, parted by spaces."""
    lemmas: str
    """The first lemma of each word, for phrases."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question in two forms: as it is typed here, and as words for the systems that take words ready-made."""

    kind: str
    text: str
    terms: tuple[str, ...] = ()
    """Any of these."""
    phrase: tuple[str, ...] = ()
    """These lemmas side by side."""
    language: str = ""
    """Only passages in this language."""
    prefix: str = ""
    """Any term that begins so."""


def as_word(term: str) -> str:
    """Return a term of letters, digits and underscores, which no tokenizer cuts."""
    return "".join(letter if letter.isalnum() else "_" for letter in term)


def read_documents(paths: Iterable[Path]) -> list[Document]:
    """Return the passages of all files in an order of their own that mixes the files."""
    texts = [text for path in paths for line in path.open(encoding="utf-8") for text in _cut(json.loads(line)["text"])]
    random.Random(1).shuffle(texts)
    return [Document(id=f"p{number}", title="", text=text) for number, text in enumerate(texts)]


def _cut(text: str) -> list[str]:
    return [text] if len(text) <= LONGEST else [line for line in text.splitlines() if len(line) >= SHORTEST]


def grown(documents: Sequence[Document], count: int) -> Iterator[Document]:
    """Yield `count` documents; where there are not so many, the same come again under other ids."""
    for number, document in enumerate(islice(cycle(documents), count)):
        yield Document(id=f"{number}", title="", text=document.text, language=document.language)


def passage_of(document: Document) -> Passage:
    """Return a document with its words."""
    tokens = list(ANALYZER.analyze(document.text, default=document.language[:2]))
    terms = " ".join(as_word(term) for token in tokens for term in _terms(token))
    return Passage(document, terms, " ".join(as_word(token.lemmas[0]) for token in tokens if token.lemmas))


def _terms(token: Token) -> tuple[str, ...]:
    return (*token.lemmas, *(f"~{key}" for key in token.coarse))


class QuestionMaker:
    """Makes questions of each kind out of typed questions and of the passages' words."""

    def __init__(self, typed: Sequence[str], documents: Sequence[Document]) -> None:
        self._random = random.Random(2)
        self._typed = [words for text in typed if len(words := _content_words(text)) >= 4]
        self._texts = [document.text for document in documents[: UNIT // 4]]
        counted = Counter(word.lower() for text in self._texts for word in sorted(set(_content_words(text))))
        self._common = [word for word, _ in counted.most_common(FREQUENT)]
        self._rarer = sorted(word for word, times in counted.items() if times >= 5 and len(word) >= 5)

    def all(self) -> list[Question]:
        """Return the questions of all kinds."""
        kinds: dict[str, Callable[[str], Question]] = {
            "one word": lambda kind: _any_of(kind, self._words()[:1]),
            "four words": lambda kind: _any_of(kind, self._words()),
            "frequent words": lambda kind: _any_of(kind, self._random.sample(self._common, 3)),
            "phrase": self._phrase,
            "filter": self._filter,
            "prefix": self._prefix,
        }
        return [make(kind) for kind, make in kinds.items() for _ in range(QUESTIONS)]

    def _words(self) -> list[str]:
        return self._random.sample(self._random.choice(self._typed), 4)

    def _phrase(self, kind: str) -> Question:
        while True:
            tokens = list(ANALYZER.analyze(self._random.choice(self._texts)))
            at = self._random.randrange(max(1, len(tokens) - 1))
            pair = tokens[at : at + 2]
            if len(pair) == 2 and all(token.surface.isalpha() and len(token.surface) > 3 for token in pair):
                text = " ".join(token.surface for token in pair)
                return Question(kind, f'"{text}"', phrase=tuple(as_word(token.lemmas[0]) for token in pair))

    def _filter(self, kind: str) -> Question:
        asked = _any_of(kind, self._words())
        language = ANALYZER.language(asked.text) or "kk"
        return Question(kind, f"{asked.text} lang:{language}", asked.terms, language=language)

    def _prefix(self, kind: str) -> Question:
        prefix = self._random.choice(self._rarer)[:4]
        return Question(kind, f"{prefix}*", prefix=prefix)


def _any_of(kind: str, words: Sequence[str]) -> Question:
    text = " ".join(words)
    terms = (as_word(term) for token in ANALYZER.analyze_query(text) for term in _terms(token))
    return Question(kind, text, tuple(dict.fromkeys(terms)))


def _content_words(text: str) -> list[str]:
    words = (token.surface for token in ANALYZER.analyze(text))
    return [word for word in words if word.isalpha() and len(word) > 2 and not is_function_word(word)]


def read_questions(paths: Iterable[Path]) -> list[str]:
    """Return the texts of questions in JSON lines."""
    return [json.loads(line)["text"] for path in paths for line in path.open(encoding="utf-8")]
