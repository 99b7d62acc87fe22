"""Measure how well a stemmer conflates the forms of one word and keeps words apart.

    python benchmarks/quality/conflation.py FORMS.tsv [--language kk] [--keys FILE]

FORMS.tsv has ``form<TAB>lemma`` lines; a form may have several lemmas. Two forms are conflated when
they share a key (a stem or the word itself). Recall: the share of pairs of forms of one lemma that
are conflated; precision: the share of conflated pairs that have a lemma in common; F: their
harmonic mean; B3: the same per form, averaged (Bagga & Baldwin, 1998).

Prints a JSON line for the project's own analyzer, one for words cut to their first five letters,
and one for the keys of another stemmer if a FILE has them, as ``form<TAB>key key ...`` lines.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path

from searchkit_analyzers import LANGUAGES
from searchkit_analyzers.normalize import fold

Keys = Mapping[str, set[str]]


def pairs(keys: Keys) -> set[tuple[str, str]]:
    """Return the pairs of forms that share a key."""
    members: dict[str, list[str]] = defaultdict(list)
    for form in sorted(keys):
        for key in keys[form]:
            members[key].append(form)
    return {pair for together in members.values() for pair in combinations(together, 2)}


def clusters(keys: Keys) -> Keys:
    """Return for each form the forms that share a key with it."""
    members: dict[str, set[str]] = defaultdict(set)
    for form, own in keys.items():
        for key in own:
            members[key].add(form)
    return {form: set().union(*(members[key] for key in own)) for form, own in keys.items()}


def b3_precision(found: Keys, gold: Keys) -> float:
    """Return the share of gold-cluster members in each form's found cluster, averaged."""
    ours, theirs = clusters(found), clusters(gold)
    return sum(len(ours[form] & theirs[form]) / len(ours[form]) for form in gold) / len(gold)


def harmonic_mean(a: float, b: float) -> float:
    """Return the harmonic mean of two numbers from 0 to 1."""
    return 2 * a * b / (a + b) if a + b else 0.0


def measure(found: Keys, gold: Keys) -> dict[str, float]:
    """Return all measures of one stemmer."""
    gold_pairs, found_pairs = pairs(gold), pairs(found)
    common = len(gold_pairs & found_pairs)
    precision, recall = common / max(1, len(found_pairs)), common / max(1, len(gold_pairs))
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "F": round(harmonic_mean(precision, recall), 4),
        "B3": round(harmonic_mean(b3_precision(found, gold), b3_precision(gold, found)), 4),
        "keys_beside_the_word": round(sum(len(keys - {fold(form)}) for form, keys in found.items()) / len(found), 3),
    }


def read_table(path: Path) -> list[list[str]]:
    """Return the cells of each line."""
    return [line.split("\t") for line in path.read_text("utf-8").splitlines() if line]


def with_itself(form: str, keys: Iterable[str]) -> set[str]:
    """Return the keys of a form and the form itself, which always matches."""
    return {fold(form), *map(fold, keys)}


def main() -> None:
    """Measure the systems and print a JSON line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("forms", type=Path)
    parser.add_argument("--language", choices=[*LANGUAGES], default="kk")
    parser.add_argument("--keys", type=Path, help="the keys of another stemmer: form<TAB>key key ...")
    options = parser.parse_args()
    gold: dict[str, set[str]] = defaultdict(set)
    for form, lemma in read_table(options.forms):
        gold[form].add(fold(lemma))
    morphology = LANGUAGES[options.language].morphology
    systems = {
        "searchkit": {form: with_itself(form, morphology.terms(form).lemmas) for form in gold},
        "first five letters": {form: with_itself(form, [form[:5]]) for form in gold},
    }
    if options.keys:
        theirs = {form: keys.split() for form, keys in read_table(options.keys)}
        systems[options.keys.stem] = {form: with_itself(form, theirs.get(form, ())) for form in gold}
    for name, keys in systems.items():
        print(json.dumps({"system": name, "forms": len(gold)} | measure(keys, gold), ensure_ascii=False))


if __name__ == "__main__":
    main()
