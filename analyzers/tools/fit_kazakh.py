"""Fit the costs that disambiguate Kazakh readings, and count the families of stems.

usage: python fit_kazakh.py --disambiguated FILE --text FILE... [--into FOLDER]

--disambiguated  a token a line, ``form<TAB>lemma<TAB>tags``: the lemma of a form in running text
--text           plain text or JSON lines, the more the better: shows which stems make many words
--into           where ``costs.tsv`` and ``families.tsv`` are written (the package's own folder)

The model is log-linear: the probability of a reading is proportional to exp(-cost), its cost the
sum of the costs of its features (`Disambiguator.features`). Families are counted by the model, and
the model uses them, so both are made in turn, three times. Costs in ``kazakh_fixed_costs.tsv`` are
not fitted. The same input gives the same files.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from count_words import count_words

from searchkit_analyzers import kazakh
from searchkit_analyzers.kazakh.disambiguation import POS, SHORT_STEM, Disambiguator, Families, Feature
from searchkit_analyzers.kazakh.roots import read_roots
from searchkit_analyzers.kazakh.stem_endings import IGNORE_HARMONY
from searchkit_analyzers.kazakh.suffix_stripper import Reading

HERE = Path(__file__).parent
FIXED_COSTS = HERE / "kazakh_fixed_costs.tsv"
PACKAGE = Path(kazakh.__file__).parent

ROUNDS = 3
FAMILY_SIZES = (2, 6, 20)
"""Numbers of words from which on a family has size 1, 2, 3."""
MIN_WORD_COUNT = 2
"""Words that occur less often are as often misprints."""
MIN_ENDING_COUNT = 12
"""Lemmas that an ending needs to be a feature."""
MAX_ENDING_LENGTH = 4
MIN_COST = 0.2
"""Costs nearer to 0 are dropped, and the others fitted again."""
EPOCHS = 30
LEARNING_RATE = 0.3
L2_PRIOR = 0.02
CLOSED_CLASSES = frozenset("prn det cnjcoo cnjsub post itg ij postadv num abbr".split())
"""Apertium tags of words that come from tables, not from stripping suffixes."""

KINDS = ("suffix", "chain", "law", "length", "root", "family", "verb family", "ends")
COSTS_HEADER = """\
# What a reading pays for its features; the cheapest reading of a word is chosen (disambiguation.py).
# Made by analyzers/tools/fit_kazakh.py: a log-linear model over the readings of hand-disambiguated Kazakh text
# (apertium-kaz, texts/texts2, CC BY-SA 4.0), weak costs dropped, the others rounded to one decimal. Costs that are
# set by hand, and why: analyzers/tools/kazakh_fixed_costs.tsv.
#
# suffix  taking this suffix off                      chain  taking so many suffixes off (5: or more)
# law     undoing this sound law
# length  a stem of so many letters (7: or more)      ends   a stem that ends so (A = а е, Y = ы і, K = қ к, G = ғ г)
# root    a stem that is listed in roots.tsv with this part of speech, with another one, as invariable, or not at all
# family  a stem of which text makes many words (families.tsv); verb family: the word left whole, if it were a verb
#
# One cost, or three: for a noun or adjective stem, for a verb stem, for the word left whole.
#feature\twhat\tcost or noun\tverb\twhole
"""
FAMILIES_HEADER = """\
# Of how many different words of plain text a stem is expected to be the stem, as a noun and as a verb:
# 0 fewer than 2, 1 two or more, 2 six or more, 3 twenty or more. Stems with none are left out.
# Made by analyzers/tools/fit_kazakh.py from Kazakh news (KazNERD, IS2AI, CC BY 4.0) and Kazakh legal acts
# (adilet texts, Mendeley Data jdpc5658nh.3, CC BY 4.0).
#stem\tnoun\tverb
"""

Costs = dict[Feature, float]
GoldCounts = Mapping[tuple[str, str], int]
"""(form, lemma) -> how often the text has it."""


class Example(NamedTuple):
    """The readings of a form, each with its features and whether it is right."""

    features: list[list[Feature]]
    right: list[bool]
    weight: float


def read_gold(path: Path) -> Counter[tuple[str, str]]:
    """Count the pairs of form and lemma of open word classes in a disambiguated text."""
    gold: Counter[tuple[str, str]] = Counter()
    for line in path.read_text("utf-8").splitlines():
        form, lemma, tags = [*line.lower().split("\t"), "", ""][:3]
        is_open_class = tags and tags.split()[0] not in CLOSED_CLASSES
        if is_open_class and not line.startswith("#") and form.isalpha() and lemma.isalpha() and len(form) > 1:
            gold[form, lemma] += 1
    return gold


def read_fixed_costs(path: Path) -> Costs:
    """Read the costs that are set by hand."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line and line[0] != "#"]
    return {tuple(feature.split(":")): float(cost) for feature, cost in rows}


def frequent_endings(lemmas: Iterable[str]) -> set[str]:
    """Return the endings that many lemmas have, vowel harmony ignored."""
    counts: Counter[str] = Counter()
    for lemma in lemmas:
        plain = lemma.translate(IGNORE_HARMONY)
        counts.update(plain[-length:] for length in range(1, MAX_ENDING_LENGTH + 1) if length < len(plain))
    return {ending for ending, count in counts.items() if count >= MIN_ENDING_COUNT}


def is_right(reading: Reading, lemma: str) -> bool:
    """Return whether a reading has this lemma.

    Dictionaries list a verb with -у or without: көру, оқу (оқы-у), сүю (сүй-у).
    """
    stem = reading.stem
    infinitives = {f"{stem}у", f"{stem[:-1]}у" if stem[-1] in "ыі" else "", f"{stem[:-1]}ю" if stem[-1] == "й" else ""}
    return lemma == stem or (reading.pos == "v" and lemma in infinitives)


def make_examples(gold: GoldCounts, disambiguator: Disambiguator) -> list[Example]:
    """Return the forms that have both right and wrong readings."""
    examples = []
    for (form, lemma), count in sorted(gold.items()):
        readings = kazakh.KAZAKH.readings(form)
        right = [is_right(reading, lemma) for reading in readings]
        if any(right) and not all(right):
            features = [list(disambiguator.features(reading, form)) for reading in readings]
            examples.append(Example(features, right, 1 + math.log(count)))
    return examples


def probabilities(costs: Iterable[float]) -> list[float]:
    """Return the probabilities of readings with these costs."""
    costs = list(costs)
    least = min(costs)
    weights = [math.exp(least - cost) for cost in costs]
    return [weight / sum(weights) for weight in weights]


def fit(examples: list[Example], fixed: Costs, allowed: set[Feature] | None = None) -> Costs:
    """Maximize the likelihood of the right readings by Adagrad with an L2 prior.

    Fits the `allowed` features (all if None), but none of the `fixed` ones.
    """
    generator, costs = random.Random(1), defaultdict(float, fixed)
    squares = defaultdict[Feature, float](lambda: 1e-6)
    examples = list(examples)
    for _ in range(EPOCHS):
        generator.shuffle(examples)
        for example in examples:
            for feature, gradient in gradients(example, costs).items():
                if feature not in fixed and (allowed is None or feature in allowed):
                    gradient = gradient * example.weight + L2_PRIOR * costs[feature]
                    squares[feature] += gradient * gradient
                    costs[feature] -= LEARNING_RATE * gradient / math.sqrt(squares[feature])
    return dict(costs)


def gradients(example: Example, costs: Mapping[Feature, float]) -> Costs:
    """Return the gradient of the loss of one example, by feature."""
    shares = probabilities(sum(costs[feature] for feature in features) for features in example.features)
    right_share = sum(share for share, is_right in zip(shares, example.right, strict=True) if is_right)
    result: Costs = defaultdict(float)
    for features, share, is_right in zip(example.features, shares, example.right, strict=True):
        gradient = (share / right_share if is_right else 0.0) - share
        for feature in features if abs(gradient) > 1e-6 else ():
            result[feature] += gradient
    return result


def count_families(word_counts: Mapping[str, int], disambiguator: Disambiguator, roots: Mapping[str, str]) -> Families:
    """Return the family size of each stem.

    The size stands for the number of different words that are expected to have the stem. Short
    stems that are no roots are left out: many words begin with them by chance.
    """
    expected: dict[tuple[str, str], float] = defaultdict(float)
    for word, count in word_counts.items():
        readings = kazakh.KAZAKH.readings(word) if count >= MIN_WORD_COUNT else ()
        if len(readings) > 1:
            shares = probabilities(disambiguator.cost(reading, word) for reading in readings)
            for reading, share in zip(readings, shares, strict=True):
                expected[reading.stem, reading.pos] += share
    stems = sorted({stem for stem, pos in expected if pos != "-" and (len(stem) > SHORT_STEM or stem in roots)})
    sizes = {stem: (family_size(expected[stem, "n"]), family_size(expected[stem, "v"])) for stem in stems}
    return {stem: size for stem, size in sizes.items() if any(size)}


def family_size(words: float) -> int:
    """Return the size, from 0 to 3, of a family of so many words."""
    return sum(words >= least for least in FAMILY_SIZES)


def accuracy(gold: GoldCounts, disambiguator: Disambiguator) -> float:
    """Return the share of forms whose cheapest reading has their lemma."""
    best = {form: disambiguator.cheapest(kazakh.KAZAKH.readings(form))[0] for form, _ in gold}
    return sum(is_right(best[form], lemma) for form, lemma in gold) / len(gold)


def learn(gold: GoldCounts, word_counts: Mapping[str, int]) -> tuple[Costs, Families]:
    """Fit costs and count families in turn."""
    fixed, roots = read_fixed_costs(FIXED_COSTS), read_roots()
    endings = frequent_endings({lemma for _, lemma in gold})
    unfitted: Costs = {("ends", pos, ending): 0.0 for ending in endings for pos in POS}
    families: Families = {}
    for _ in range(ROUNDS):
        costs = fit(make_examples(gold, Disambiguator(unfitted, roots, families)), fixed)
        families = count_families(word_counts, Disambiguator(unfitted | costs, roots, families), roots)
    examples = make_examples(gold, Disambiguator(unfitted, roots, families))
    strong = {feature for feature, cost in fit(examples, fixed).items() if abs(cost) >= MIN_COST}
    costs = fit(examples, fixed, strong)
    return {feature: round(cost, 1) for feature, cost in costs.items() if abs(cost) >= 0.05}, families


def write_costs(costs: Costs, path: Path) -> None:
    """Write ``costs.tsv``: a line for a feature, or for its three parts of speech."""
    lines: dict[tuple[str, str], list[float]] = {}
    for (kind, *pos, value), cost in costs.items():
        line = lines.setdefault((kind, value), [0.0] * (len(POS) if pos else 1))
        line[POS.index(pos[0]) if pos else 0] = cost
    order = sorted(lines, key=lambda line: (KINDS.index(line[0]), line[1][::-1]))
    rows = ["\t".join((*line, *(f"{cost:g}" for cost in lines[line]))) for line in order]
    path.write_text(COSTS_HEADER + "\n".join(rows) + "\n", "utf-8")


def write_families(families: Families, path: Path) -> None:
    """Write ``families.tsv``, sorted by code points."""
    rows = [f"{stem}\t{noun}\t{verb}" for stem, (noun, verb) in sorted(families.items())]
    path.write_text(FAMILIES_HEADER + "\n".join(rows) + "\n", "utf-8")


def main(arguments: list[str]) -> None:
    """Report the accuracy on unseen forms, then write the fitted files."""
    parser = argparse.ArgumentParser(description="Fit the costs that disambiguate Kazakh readings.")
    parser.add_argument("--disambiguated", type=Path, required=True)
    parser.add_argument("--text", type=Path, nargs="+", required=True)
    parser.add_argument("--into", type=Path, default=PACKAGE)
    options = parser.parse_args(arguments)
    gold, word_counts = read_gold(options.disambiguated), count_words(options.text)
    half = {pair: count for index, (pair, count) in enumerate(sorted(gold.items())) if index % 2}
    seen_forms = {form for form, _ in half}
    unseen = {pair: count for pair, count in gold.items() if pair[0] not in seen_forms}
    costs, families = learn(half, word_counts)
    share = accuracy(unseen, Disambiguator(costs, read_roots(), families))
    print(f"stems right of unseen forms: {share:.3f}", file=sys.stderr)
    costs, families = learn(gold, word_counts)
    write_costs(costs, options.into / "costs.tsv")
    write_families(families, options.into / "families.tsv")
    print(f"{len(costs)} costs, {len(families)} families", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
