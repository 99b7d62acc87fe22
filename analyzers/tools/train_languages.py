"""Learn which letter n-grams speak for Kazakh and which for Russian, and write the data file of the package.

    python analyzers/tools/train_languages.py --kazakh FILE... --russian FILE...

A file is plain text, or, if its name ends in ``.jsonl``, has a text a line under ``text``; a folder stands for its
files.
The sentences of ``everyday.kk.txt`` and ``everyday.ru.txt`` beside this tool are always learnt from, and the lists of
function words too. The same input gives the same bytes.

Every word is learnt as if it had been typed without Kazakh letters, because a word that has one needs no n-grams.
A word counts as the root of how often it occurs, so that what happens to be frequent in the news does not rule; a
Russian loan in Kazakh (*президент*), with all its Russian forms, counts as much in Russian.
For each n-gram the weight is ln(P(last letter | letters before, Kazakh) / P(the same, Russian)), with Witten and
Bell's smoothing from the shorter n-grams; stored are those that differ from the next shorter one.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import log, sqrt
from pathlib import Path

from pymorphy3 import MorphAnalyzer
from pymorphy3.analyzer import Parse

from searchkit_analyzers import LANGUAGES
from searchkit_analyzers.languages import ngrams
from searchkit_analyzers.normalize import clean, fold

HERE = Path(__file__).parent
DATA_FILE = HERE.parent / "searchkit_analyzers" / ngrams.DATA_FILE
BEGINNING = 2000
"""Characters of each JSON text to learn from: long laws repeat themselves."""
ALPHABET_SIZE = 33
"""Letters a Russian keyboard types, without ё, and the border of a word: any of them may follow."""
EVERYDAY = 30
"""So many times the everyday sentences and the function words are learnt from: there are few of them."""
SHORTEST_LOAN = 6
"""Letters from which on a Kazakh word that Russian dictionaries know is taken for a loan: *бар* is none."""
SMALLEST_DIFFERENCE = 5
"""Tenths of a nat by which an n-gram has to differ from the next shorter one to be stored."""
RAREST = 3.0
"""The weighted number of times an n-gram has to be seen to be stored."""
FREE_SPELLINGS = ("агкноууих", "эгкноууых")
"""What people type for әғқңөұүіһ; the first is the usual way."""
USUAL, UNUSUAL = 0.85, 0.15
HEADER = """\
# Weights of letter n-grams for telling Kazakh from Russian, read by ngrams.py: tenths of a nat, above 0 for Kazakh.
# Learnt figures, no text: from KazNERD news (CC BY 4.0, IS2AI), Kazakh legal acts (CC BY 4.0, Mendeley Data
# jdpc5658nh.3), Russian passages of DaNetQA (CC0), Russian forms of loan words (pymorphy3's
# OpenCorpora dictionary, CC BY-SA 3.0), and the articles and sentences of this project. Made by
#   python analyzers/tools/train_languages.py
#       --kazakh kk_news.txt kk_law_sample/corpus.jsonl corpus/kk --russian ru_danetqa_dev/corpus.jsonl corpus/ru
"""
_WORD = re.compile("[\u0400-\u052f]+")
_RUSSIAN = re.compile("[а-я]+")

Weighted = dict[str, float]


def texts(paths: Iterable[Path]) -> Iterator[str]:
    """Yield the texts of files and of the files in folders."""
    for path in paths:
        if path.is_dir():
            yield from texts(sorted(path.iterdir()))
        elif path.suffix == ".jsonl":
            yield from (json.loads(line)["text"][:BEGINNING] for line in path.read_text("utf-8").splitlines())
        else:
            yield path.read_text("utf-8", errors="ignore")


def weighted_words(found: Iterable[str], everyday: Iterable[str]) -> Weighted:
    """Return the distinct words of all texts, each with the root of how often it occurs."""
    counts = Counter(_words(found))
    for word in _words(everyday):
        counts[word] += EVERYDAY
    return {word: sqrt(count) for word, count in sorted(counts.items())}


def _words(found: Iterable[str]) -> Iterator[str]:
    return (fold(clean(word)) for text in found for word in _WORD.findall(text))


def russian_forms_of_loans(kazakh: Weighted) -> Weighted:
    """Return the forms of the Russian nouns and adjectives among Kazakh words, weighing as much as those do."""
    dictionary = MorphAnalyzer()
    forms: Weighted = {}
    for word, weight in kazakh.items():
        if len(word) >= SHORTEST_LOAN and _RUSSIAN.fullmatch(word) and dictionary.word_is_known(word):
            reading = dictionary.parse(word)[0]
            if reading.tag.POS in ("NOUN", "ADJF"):
                forms |= {form: max(weight, forms.get(form, 0.0)) for form in _forms(reading)}
    return forms


def _forms(reading: Parse) -> list[str]:
    return [fold(form.word) for form in reading.lexeme]


def without_kazakh_letters(words: Weighted) -> Weighted:
    """Return the words as they are typed on a Russian keyboard."""
    typed: Weighted = defaultdict(float)
    for word, weight in words.items():
        for spelling, share in zip(FREE_SPELLINGS, (USUAL, UNUSUAL), strict=True):
            typed[word.translate(str.maketrans("әғқңөұүіһ", spelling))] += share * weight
    return typed


class LetterModel:
    """How likely each letter is after the letters before it, in one language."""

    def __init__(self, words: Weighted) -> None:
        self.seen: Weighted = defaultdict(float)
        self._before: Weighted = defaultdict(float)
        self._choices: Counter[str] = Counter()
        for word, weight in words.items():
            if _RUSSIAN.fullmatch(word):
                self._read(ngrams.framed(word), weight)

    def _read(self, letters: str, weight: float) -> None:
        for end in range(2, len(letters) + 1):
            for begin in range(max(0, end - ngrams.LONGEST), end):
                ngram = letters[begin:end]
                self._choices[ngram[:-1]] += ngram not in self.seen
                self.seen[ngram] += weight
                self._before[ngram[:-1]] += weight

    def probability(self, ngram: str) -> float:
        """Return the probability of the last letter after the others, shorter n-grams helping where those are rare."""
        if not ngram:
            return 1 / ALPHABET_SIZE
        shorter = self.probability(ngram[1:])
        choices = self._choices[ngram[:-1]]
        if not choices:
            return shorter
        return (self.seen.get(ngram, 0.0) + choices * shorter) / (self._before[ngram[:-1]] + choices)


def weights(kazakh: LetterModel, russian: LetterModel) -> dict[str, int]:
    """Return the n-grams worth storing, with their weights in tenths of a nat."""
    stored: dict[str, int] = {}
    for ngram in sorted(kazakh.seen.keys() | russian.seen.keys(), key=lambda ngram: (len(ngram), ngram)):
        weight = round(10 * log(kazakh.probability(ngram) / russian.probability(ngram)))
        often = kazakh.seen.get(ngram, 0.0) + russian.seen.get(ngram, 0.0) >= RAREST
        if often and abs(weight - _shorter(stored, ngram)) >= SMALLEST_DIFFERENCE:
            stored[ngram] = weight
    return stored


def _shorter(stored: dict[str, int], ngram: str) -> int:
    return next((stored[ngram[i:]] for i in range(1, len(ngram)) if ngram[i:] in stored), 0)


def write(stored: dict[str, int]) -> None:
    """Write the data file: a line for each weight, with the n-grams that have it in alphabetical order."""
    lines = defaultdict(list)
    for ngram, weight in sorted(stored.items()):
        lines[weight].append(ngram)
    rows = [f"{weight}\t{' '.join(lines[weight])}\n" for weight in sorted(lines)]
    DATA_FILE.write_text(HEADER + "".join(rows), "utf-8")


def read(language: str, paths: list[Path]) -> Weighted:
    """Return the words of the given files, of the everyday sentences and of the function words of a language."""
    everyday = [*texts([HERE / f"everyday.{language}.txt"]), *sorted(LANGUAGES[language].function_words)]
    return weighted_words(texts(paths), everyday)


def heavier(words: Weighted, others: Weighted) -> Weighted:
    """Return the words of both, each with the greater of its weights."""
    return {word: max(words.get(word, 0.0), others.get(word, 0.0)) for word in sorted(words.keys() | others.keys())}


def main() -> None:
    """Learn from the files that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kazakh", type=Path, nargs="+", required=True, metavar="FILE")
    parser.add_argument("--russian", type=Path, nargs="+", required=True, metavar="FILE")
    files = parser.parse_args()
    kazakh, russian = read("kk", files.kazakh), read("ru", files.russian)
    russian = heavier(russian, russian_forms_of_loans(kazakh))
    write(weights(LetterModel(without_kazakh_letters(kazakh)), LetterModel(russian)))


if __name__ == "__main__":
    main()
