"""The passages and queries of the comparison, the same for all systems and in every run."""

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
"""Texts with more characters are split into paragraphs."""
SHORTEST = 200
"""Shorter paragraphs (in characters) of such texts are left out: headings, list items."""
QUERIES_PER_KIND = 100
"""Queries of each kind."""
FREQUENT = 60
"""The number of words that count as frequent."""


class Passage(NamedTuple):
    """A document with its terms, for systems that take terms ready-made."""

    document: Document
    terms: str
    """All terms of all words, as searchkit indexes them, separated by spaces."""
    lemmas: str
    """The first lemma of each word, for phrases."""


@dataclass(frozen=True, slots=True)
class TestQuery:
    """One query in two forms: as typed, and as terms for systems that take terms ready-made."""

    kind: str
    text: str
    terms: tuple[str, ...] = ()
    """Terms of which any may match."""
    phrase: tuple[str, ...] = ()
    """Lemmas that must be adjacent."""
    language: str = ""
    """A filter by language, or empty."""
    prefix: str = ""
    """A prefix of terms, or empty."""


def as_word(term: str) -> str:
    """Return a term of letters, digits and underscores, which no tokenizer splits."""
    return "".join(letter if letter.isalnum() else "_" for letter in term)


def read_documents(paths: Iterable[Path]) -> list[Document]:
    """Return the passages of all files, shuffled with a fixed seed."""
    texts = [text for path in paths for line in path.open(encoding="utf-8") for text in _cut(json.loads(line)["text"])]
    random.Random(1).shuffle(texts)
    return [Document(id=f"p{number}", title="", text=text) for number, text in enumerate(texts)]


def _cut(text: str) -> list[str]:
    return [text] if len(text) <= LONGEST else [line for line in text.splitlines() if len(line) >= SHORTEST]


def repeated(documents: Sequence[Document], count: int) -> Iterator[Document]:
    """Yield `count` documents, repeating them under new ids where there are too few."""
    for number, document in enumerate(islice(cycle(documents), count)):
        yield Document(id=f"{number}", title="", text=document.text, language=document.language)


def passage_of(document: Document) -> Passage:
    """Return a document with its terms."""
    tokens = list(ANALYZER.analyze(document.text, default=document.main_language))
    terms = " ".join(as_word(term) for token in tokens for term in _terms(token))
    return Passage(document, terms, " ".join(as_word(token.lemmas[0]) for token in tokens if token.lemmas))


def _terms(token: Token) -> tuple[str, ...]:
    return (*token.lemmas, *(f"~{key}" for key in token.coarse))


class QueryGenerator:
    """Generates queries of each kind from typed queries and words of the passages."""

    def __init__(self, typed: Sequence[str], documents: Sequence[Document]) -> None:
        self._random = random.Random(2)
        self._typed = [words for text in typed if len(words := _content_words(text)) >= 4]
        self._texts = [document.text for document in documents[: UNIT // 4]]
        counted = Counter(word.lower() for text in self._texts for word in sorted(set(_content_words(text))))
        self._common = [word for word, _ in counted.most_common(FREQUENT)]
        self._rare = sorted(word for word, times in counted.items() if times >= 5 and len(word) >= 5)

    def all(self) -> list[TestQuery]:
        """Return 100 queries of each kind."""
        kinds: dict[str, Callable[[str], TestQuery]] = {
            "one word": lambda kind: _any_of(kind, self._words()[:1]),
            "four words": lambda kind: _any_of(kind, self._words()),
            "frequent words": lambda kind: _any_of(kind, self._random.sample(self._common, 3)),
            "phrase": self._phrase,
            "filter": self._filter,
            "prefix": self._prefix,
        }
        return [make(kind) for kind, make in kinds.items() for _ in range(QUERIES_PER_KIND)]

    def _words(self) -> list[str]:
        return self._random.sample(self._random.choice(self._typed), 4)

    def _phrase(self, kind: str) -> TestQuery:
        while True:
            tokens = list(ANALYZER.analyze(self._random.choice(self._texts)))
            start = self._random.randrange(max(1, len(tokens) - 1))
            pair = tokens[start : start + 2]
            if len(pair) == 2 and all(token.surface.isalpha() and len(token.surface) > 3 for token in pair):
                text = " ".join(token.surface for token in pair)
                return TestQuery(kind, f'"{text}"', phrase=tuple(as_word(token.lemmas[0]) for token in pair))

    def _filter(self, kind: str) -> TestQuery:
        words = _any_of(kind, self._words())
        language = ANALYZER.language(words.text) or "kk"
        return TestQuery(kind, f"{words.text} lang:{language}", words.terms, language=language)

    def _prefix(self, kind: str) -> TestQuery:
        prefix = self._random.choice(self._rare)[:4]
        return TestQuery(kind, f"{prefix}*", prefix=prefix)


def _any_of(kind: str, words: Sequence[str]) -> TestQuery:
    text = " ".join(words)
    terms = (as_word(term) for token in ANALYZER.analyze_query(text) for term in _terms(token))
    return TestQuery(kind, text, tuple(dict.fromkeys(terms)))


def _content_words(text: str) -> list[str]:
    words = (token.surface for token in ANALYZER.analyze(text))
    return [word for word in words if word.isalpha() and len(word) > 2 and not is_function_word(word)]


def read_queries(paths: Iterable[Path]) -> list[str]:
    """Return the texts of queries from JSON lines."""
    return [json.loads(line)["text"] for path in paths for line in path.open(encoding="utf-8")]
