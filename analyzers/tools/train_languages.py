"""Train the letter n-grams that tell Kazakh from Russian.

    python analyzers/tools/train_languages.py --kazakh FILE... --russian FILE...

A file is plain text or, if its name ends in ``.jsonl``, has a text a line under ``text``. A folder
stands for its files. The sentences of ``everyday.kk.txt`` and ``everyday.ru.txt`` beside this tool
and the lists of function words are always added. The same input gives the same bytes.

Each word is learnt as if it had been typed without Kazakh letters, because a word that has one
needs no n-grams. A word counts as the square root of its frequency, so that words frequent in the
news do not dominate. A Russian loan in Kazakh (*президент*), with all its Russian forms, counts as
much in Russian.

The weight of an n-gram is ln(P(last letter | letters before, Kazakh) / P(the same, Russian)), with
smoothing from the shorter n-grams (Witten and Bell, 1991). Stored are the n-grams whose weight
differs from that of the next shorter one.
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
DATA_FILE = Path(ngrams.__file__).with_name(ngrams.DATA_FILE)
MAX_TEXT_LENGTH = 2000
"""Characters of each JSON text to learn from: long laws repeat themselves."""
ALPHABET_SIZE = 33
"""Letters of a Russian keyboard without ё, and the border of a word: any of them may follow."""
EVERYDAY_WEIGHT = 30
"""Times that everyday sentences and function words are counted, since there are few of them."""
MIN_LOAN_LENGTH = 6
"""Letters from which on a Kazakh word in Russian dictionaries counts as a loan: *бар* is none."""
MIN_DIFFERENCE = 5
"""Tenths of a nat by which a stored n-gram differs from the next shorter one."""
MIN_WEIGHTED_COUNT = 3.0
"""Weighted number of times that a stored n-gram occurs."""
KAZAKH_LETTERS = "әғқңөұүіһ"
SPELLINGS = ("агкноууих", "эгкноууых")
"""Russian letters that people type for the `KAZAKH_LETTERS`; the first is the usual way."""
SPELLING_SHARES = (0.85, 0.15)
HEADER = """\
# Weights of letter n-grams for telling Kazakh from Russian, read by ngrams.py: tenths of a nat, above 0 for Kazakh.
# Learnt figures, no text: from KazNERD news (CC BY 4.0, IS2AI), Kazakh legal acts (CC BY 4.0, Mendeley Data
# jdpc5658nh.3), Russian passages of DaNetQA (CC0), Russian forms of loan words (pymorphy3's
# OpenCorpora dictionary, CC BY-SA 3.0), and the articles and sentences of this project. Made by
#   python analyzers/tools/train_languages.py
#       --kazakh kk_news.txt kk_law_sample/corpus.jsonl corpus/kk --russian ru_danetqa_dev/corpus.jsonl corpus/ru
"""
_WORD = re.compile("[\u0400-\u052f]+")
_RUSSIAN_WORD = re.compile("[а-я]+")

WordWeights = dict[str, float]


def texts(paths: Iterable[Path]) -> Iterator[str]:
    """Yield the texts of files and of the files in folders."""
    for path in paths:
        if path.is_dir():
            yield from texts(sorted(path.iterdir()))
        elif path.suffix == ".jsonl":
            yield from (json.loads(line)["text"][:MAX_TEXT_LENGTH] for line in path.read_text("utf-8").splitlines())
        else:
            yield path.read_text("utf-8", errors="ignore")


def weigh_words(training_texts: Iterable[str], everyday_texts: Iterable[str]) -> WordWeights:
    """Return the distinct words of all texts with the square roots of their frequencies."""
    counts = Counter(_words(training_texts))
    for word in _words(everyday_texts):
        counts[word] += EVERYDAY_WEIGHT
    return {word: sqrt(count) for word, count in sorted(counts.items())}


def _words(some_texts: Iterable[str]) -> Iterator[str]:
    return (fold(clean(word)) for text in some_texts for word in _WORD.findall(text))


def russian_forms_of_loans(kazakh: WordWeights) -> WordWeights:
    """Return all forms of the Russian loans among Kazakh words, as heavy as these."""
    dictionary = MorphAnalyzer()
    forms: WordWeights = {}
    for word, weight in kazakh.items():
        if len(word) >= MIN_LOAN_LENGTH and _RUSSIAN_WORD.fullmatch(word) and dictionary.word_is_known(word):
            parse = dictionary.parse(word)[0]
            if parse.tag.POS in ("NOUN", "ADJF"):
                forms |= {form: max(weight, forms.get(form, 0.0)) for form in _forms(parse)}
    return forms


def _forms(parse: Parse) -> list[str]:
    return [fold(form.word) for form in parse.lexeme]


def without_kazakh_letters(words: WordWeights) -> WordWeights:
    """Return the words as they are typed on a Russian keyboard."""
    typed: WordWeights = defaultdict(float)
    for word, weight in words.items():
        for spelling, share in zip(SPELLINGS, SPELLING_SHARES, strict=True):
            typed[word.translate(str.maketrans(KAZAKH_LETTERS, spelling))] += share * weight
    return typed


class LetterModel:
    """An n-gram model of one language: probabilities of letters after the letters before them."""

    def __init__(self, words: WordWeights) -> None:
        self.counts: WordWeights = defaultdict(float)
        """Weighted count of each n-gram."""
        self._context_counts: WordWeights = defaultdict(float)
        self._distinct_letters: Counter[str] = Counter()
        for word, weight in words.items():
            if _RUSSIAN_WORD.fullmatch(word):
                self._add(ngrams.framed(word), weight)

    def _add(self, letters: str, weight: float) -> None:
        for end in range(2, len(letters) + 1):
            for start in range(max(0, end - ngrams.LONGEST), end):
                ngram = letters[start:end]
                self._distinct_letters[ngram[:-1]] += ngram not in self.counts
                self.counts[ngram] += weight
                self._context_counts[ngram[:-1]] += weight

    def probability(self, ngram: str) -> float:
        """Return the smoothed probability of the last letter of an n-gram after the others."""
        if not ngram:
            return 1 / ALPHABET_SIZE
        shorter = self.probability(ngram[1:])
        distinct = self._distinct_letters[ngram[:-1]]
        if not distinct:
            return shorter
        return (self.counts.get(ngram, 0.0) + distinct * shorter) / (self._context_counts[ngram[:-1]] + distinct)


def select_weights(kazakh: LetterModel, russian: LetterModel) -> dict[str, int]:
    """Return the n-grams worth storing, with their weights in tenths of a nat."""
    stored: dict[str, int] = {}
    for ngram in sorted(kazakh.counts.keys() | russian.counts.keys(), key=lambda ngram: (len(ngram), ngram)):
        weight = round(10 * log(kazakh.probability(ngram) / russian.probability(ngram)))
        count = kazakh.counts.get(ngram, 0.0) + russian.counts.get(ngram, 0.0)
        if count >= MIN_WEIGHTED_COUNT and abs(weight - _shorter_weight(stored, ngram)) >= MIN_DIFFERENCE:
            stored[ngram] = weight
    return stored


def _shorter_weight(stored: dict[str, int], ngram: str) -> int:
    return next((stored[ngram[i:]] for i in range(1, len(ngram)) if ngram[i:] in stored), 0)


def write(stored: dict[str, int]) -> None:
    """Write the data file: a line for each weight, with its n-grams in alphabetical order."""
    lines = defaultdict(list)
    for ngram, weight in sorted(stored.items()):
        lines[weight].append(ngram)
    rows = [f"{weight}\t{' '.join(lines[weight])}\n" for weight in sorted(lines)]
    DATA_FILE.write_text(HEADER + "".join(rows), "utf-8")


def read(language: str, paths: list[Path]) -> WordWeights:
    """Return the words of the given files, the everyday sentences and the function words."""
    everyday = [*texts([HERE / f"everyday.{language}.txt"]), *sorted(LANGUAGES[language].function_words)]
    return weigh_words(texts(paths), everyday)


def merge(words: WordWeights, others: WordWeights) -> WordWeights:
    """Return the words of both, each with the greater of its weights."""
    return {word: max(words.get(word, 0.0), others.get(word, 0.0)) for word in sorted(words.keys() | others.keys())}


def main() -> None:
    """Train on the files of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kazakh", type=Path, nargs="+", required=True, metavar="FILE")
    parser.add_argument("--russian", type=Path, nargs="+", required=True, metavar="FILE")
    files = parser.parse_args()
    kazakh, russian = read("kk", files.kazakh), read("ru", files.russian)
    russian = merge(russian, russian_forms_of_loans(kazakh))
    write(select_weights(LetterModel(without_kazakh_letters(kazakh)), LetterModel(russian)))


if __name__ == "__main__":
    main()
