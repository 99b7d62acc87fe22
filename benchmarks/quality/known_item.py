"""Measure whether a Kazakh word, asked alone, is found.

    python benchmarks/quality/known_item.py ARTICLES ... [--every N] [--worst N]

Indexes the articles in a temporary folder, and asks for each noun and adjective of ``roots.tsv``
(every N-th) that an article holds in some form. An article holds a word if the grammar has a
reading of one of its words with that stem, whatever the reading costs; so the choice of stems,
which is measured, has no part in it. Recall is the share of the top five (or of fewer, where fewer
articles hold the word) that hold it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from searchkit import Document, Index
from searchkit.readers.articles import Articles
from searchkit_analyzers import ANALYZER
from searchkit_analyzers.kazakh import KAZAKH
from searchkit_analyzers.kazakh.roots import read_roots
from searchkit_analyzers.normalize import fold

TOP = 5


class Recall(NamedTuple):
    """The share of the top articles that hold a word."""

    word: str
    found: int
    wanted: int


@cache
def possible_stems(word: str) -> frozenset[str]:
    """Return all stems that the grammar allows, and the word."""
    return frozenset([word, *(fold(reading.stem) for reading in KAZAKH.readings(word))])


def held_words(document: Document) -> set[str]:
    """Return every word that an article holds in some form."""
    tokens = ANALYZER.analyze(f"{document.title}\n{document.text}")
    forms = {form for token in tokens for form in token.forms}
    return set[str]().union(*map(possible_stems, forms))


def listed_words(every: int) -> list[str]:
    """Return every N-th noun and adjective of the common roots."""
    words = [fold(root) for root, pos in read_roots().items() if not {"n", "a"}.isdisjoint(pos)]
    return words[::every]


def recalls(index: Index, holders: dict[str, set[str]]) -> Iterator[Recall]:
    """Yield the recall of each word, given its articles."""
    for word, ids in holders.items():
        wanted = min(TOP, len(ids))
        ranked = [match.id for match in index.rank(word, limit=wanted)] if wanted else []
        if wanted:
            yield Recall(word, len(ids.intersection(ranked)), wanted)


def find_holders(documents: Iterable[Document], words: Iterable[str]) -> dict[str, set[str]]:
    """Return the ids of the articles that hold each word."""
    holders: dict[str, set[str]] = {word: set() for word in words}
    for document in documents:
        for word in held_words(document) & holders.keys():
            holders[word].add(document.id)
    return holders


def main() -> None:
    """Print the recall, and the words that fare worst."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="+", type=Path)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="ask only every N-th word")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="print the N words found worst")
    options = parser.parse_args()
    documents = [each for each in Articles(options.articles) if isinstance(each, Document)]
    holders = find_holders(documents, listed_words(options.every))
    with tempfile.TemporaryDirectory() as folder, Index.open(folder) as index:
        index.update(documents)
        results = sorted(recalls(index, holders), key=lambda each: each.found / each.wanted)
    for each in results[: options.worst]:
        print(f"{each.word}\t{each.found} of {each.wanted}")
    found, wanted = sum(each.found for each in results), sum(each.wanted for each in results)
    print(json.dumps({"words": len(results), "recall@5": round(found / max(1, wanted), 4)}))


if __name__ == "__main__":
    main()
