"""Measure how many forms of hard words meet.

    python benchmarks/quality/paradigms.py [--language ru] [--half development|held-out] [--misses]

The words are in ``data/``, by class: loans, names and numerals in ``kazakh_paradigms.tsv``, names
in the cases of Russian in ``russian_paradigms.tsv``. Every other word of a class is held out: rules
are written with the misses of the development half only. Two forms meet when they share a key (a
stem, a lemma or the word itself), as in ``conflation.py``. Recall: the share of pairs of forms of a
word that meet. "Off the stem": the share of forms whose likeliest stem is not that of most forms.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from searchkit_analyzers import LANGUAGES
from searchkit_analyzers.normalize import clean, fold

DATA = Path(__file__).with_name("data")
HALVES = ("development", "held-out")


class Paradigm(NamedTuple):
    """A word with some of its forms, and its half."""

    kind: str
    half: str
    forms: tuple[str, ...]
    language: str

    def stems(self, form: str) -> tuple[str, ...]:
        """Return the stems or lemmas of a form, the likeliest first."""
        return LANGUAGES[self.language].morphology.terms(clean(form).lower()).lemmas

    def pairs(self) -> list[tuple[str, str]]:
        """Return all pairs of different forms."""
        return list(combinations(self.forms, 2))

    def misses(self) -> list[tuple[str, str]]:
        """Return the pairs of forms that share no key."""
        keys = {form: {fold(form), *self.stems(form)} for form in self.forms}
        return [(a, b) for a, b in self.pairs() if keys[a].isdisjoint(keys[b])]

    def off_stem(self) -> int:
        """Return how many forms have another stem than most."""
        stems = Counter(self.stems(form)[0] for form in self.forms)
        return len(self.forms) - stems.most_common(1)[0][1]


def read_paradigms(language: str = "kk") -> Iterator[Paradigm]:
    """Yield the paradigms of a language, divided in halves."""
    path = DATA / f"{LANGUAGES[language].name.lower()}_paradigms.tsv"
    counts: Counter[str] = Counter()
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, word, forms = line.split("\t")
            yield Paradigm(kind, HALVES[counts[kind] % 2], _spelled_out(word, forms.split()), language)
            counts[kind] += 1


def _spelled_out(word: str, forms: Sequence[str]) -> tuple[str, ...]:
    """Return a word and its forms, with endings appended."""
    spelled = (word + form[1:] if form.startswith("-") else form for form in forms)
    return tuple(dict.fromkeys([word, *spelled]))


def measure(paradigms: Iterable[Paradigm]) -> dict[str, float]:
    """Return the recall over all pairs of forms."""
    paradigms = list(paradigms)
    forms = sum(len(each.forms) for each in paradigms)
    pairs = sum(len(each.pairs()) for each in paradigms)
    misses = sum(len(each.misses()) for each in paradigms)
    return {
        "words": len(paradigms),
        "forms": forms,
        "off the stem": round(sum(each.off_stem() for each in paradigms) / forms, 3),
        "recall": round(1 - misses / pairs, 3),
    }


def by_kind(paradigms: Iterable[Paradigm]) -> Mapping[str, list[Paradigm]]:
    """Return the paradigms of each class."""
    kinds: dict[str, list[Paradigm]] = defaultdict(list)
    for each in paradigms:
        kinds[each.kind].append(each)
    return kinds


def print_misses(paradigms: Iterable[Paradigm]) -> None:
    """Print the forms that do not meet, with their stems."""
    for each in paradigms:
        apart = sorted({form for pair in each.misses() for form in pair})
        if apart:
            print(each.kind, each.forms[0], *(f"{form}:{'/'.join(each.stems(form))}" for form in apart))


def main() -> None:
    """Print a line for each class and half."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", choices=("kk", "ru"), default="kk")
    parser.add_argument("--half", choices=HALVES, help="only this half")
    parser.add_argument("--misses", action="store_true", help="print forms that do not meet, and their stems")
    options = parser.parse_args()
    paradigms = [each for each in read_paradigms(options.language) if options.half in (None, each.half)]
    if options.misses:
        print_misses(paradigms)
    for kind, members in by_kind(paradigms).items():
        for half in HALVES:
            halved = [each for each in members if each.half == half]
            if halved:
                print(json.dumps({"class": kind, "half": half} | measure(halved), ensure_ascii=False))


if __name__ == "__main__":
    main()
