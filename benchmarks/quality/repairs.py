"""Measure false repairs: how many rightly spelt words spelling correction replaces.

    python -m benchmarks.quality.repairs --index INDEX [--samples 12]

The words are those of the glossary, of the Kazakh roots, names (``names.txt``) and the
abbreviations of the synonyms. Each is a query of its own, and stands in a sentence of its language.
The index should lack many of them: of a word that it has, nothing is to be repaired. Prints the
share of replaced words of each class, in percent, and samples. A word beside which another one is
searched, too, counts under "beside".
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from itertools import chain, cycle
from pathlib import Path
from typing import NamedTuple

from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.query.parser import parse
from searchkit.storage.index_folder import IndexFolder
from searchkit.understanding.spelling.corrector import SpellingCorrector
from searchkit.understanding.word_lists import glossary, synonyms
from searchkit_analyzers.kazakh.inflection import inflect
from searchkit_analyzers.kazakh.roots import read_roots
from searchkit_analyzers.normalize import has_kazakh_letter

ALONE = ("{}",)
KAZAKH = ("Қазақстанда {} туралы не айтылды", "бүгінгі күні {} қандай болды", "бұл {} және оның тарихы")
RUSSIAN = ("что известно о слове {}", "в статье написано про {} и другое", "почему {} не было в прошлом году")
_ENDINGS = cycle("лар нын га ди да дан мен сы".split())
_LONGEST_ABBREVIATION = 8


class Words(NamedTuple):
    """Words of one class with the sentences to put them in."""

    name: str
    words: tuple[str, ...]
    sentences: tuple[str, ...]


class FalseRepairs(NamedTuple):
    """The words of a class that are replaced, and those that get another one beside them."""

    replaced: list[str]
    beside: list[str]


def classes() -> Iterator[Words]:
    """Yield the words of each class, each once."""
    entries = glossary().entries
    names = _names()
    yield Words("Kazakh glossary", _once(entry.word for entry in entries), KAZAKH)
    yield Words("Russian glossary", _once(chain.from_iterable(entry.translations for entry in entries)), RUSSIAN)
    yield Words("Kazakh roots", tuple(read_roots()), KAZAKH)
    yield Words("forms of Kazakh roots", _once(_forms(read_roots())), KAZAKH)
    yield Words("names in Kazakh", tuple(filter(_is_kazakh, names)), KAZAKH)
    yield Words("names in Russian", tuple(name for name in names if not _is_kazakh(name)), RUSSIAN)
    yield Words("abbreviations in Kazakh", tuple(_abbreviations()), KAZAKH)
    yield Words("abbreviations in Russian", tuple(_abbreviations()), RUSSIAN)


def measure(words: Words, sentences: tuple[str, ...], correct: SpellingCorrector) -> FalseRepairs:
    """Return the false repairs of a class, each as ``typed > understood (kind)``."""
    found = FalseRepairs([], [])
    for word, sentence in zip(words.words, cycle(sentences), strict=False):
        corrected = correct(parse(sentence.format(word)))
        shown = "; ".join(f"{each.typed} > {each.understood} ({each.kind})" for each in corrected.corrections)
        if any(each.kind != "name" for each in corrected.corrections):
            found.replaced.append(shown)
        elif corrected.corrections:
            found.beside.append(shown)
    return found


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _forms(roots: Iterable[str]) -> Iterator[str]:
    """Yield a form of every other root."""
    for root, ending in zip(list(roots)[::2], _ENDINGS, strict=False):
        yield from list(inflect(root, ending))[:1]


def _names() -> list[str]:
    lines = Path(__file__).with_name("names.txt").read_text("utf-8").splitlines()
    return [name for line in lines if not line.startswith("#") for name in line.split()]


def _is_kazakh(name: str) -> bool:
    return has_kazakh_letter(name.lower())


def _abbreviations() -> Iterator[str]:
    """Yield the abbreviations of the synonyms."""
    words = (synonym.text for group in synonyms() for synonym in group)
    return (word for word in dict.fromkeys(words) if word.isupper() and word.isalpha() and _is_short(word))


def _is_short(word: str) -> bool:
    return len(word) <= _LONGEST_ABBREVIATION


def main() -> None:
    """Measure all classes and print a JSON line for each, with samples below it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--samples", type=int, default=12, help="samples to print of each class")
    options = parser.parse_args()
    correct = SpellingCorrector(WhooshEngine(IndexFolder(options.index).current()).searcher().words())
    for words in classes():
        for where, sentences in (("alone", ALONE), ("in a sentence", words.sentences)):
            found = measure(words, sentences, correct)
            shares = {name: round(100 * len(each) / len(words.words), 2) for name, each in found._asdict().items()}
            print(json.dumps({"words": words.name, "asked": where, "number": len(words.words), **shares}), flush=True)
            for each in (*found.replaced[: options.samples], *found.beside[: options.samples // 2]):
                print("   ", each)


if __name__ == "__main__":
    main()
