"""Fit the choice among the readings of a Kazakh word, and count the families of its stems.

usage: python fit_kazakh.py --disambiguated FILE --text FILE... [--into FOLDER]

--disambiguated  a token a line, ``form<TAB>lemma<TAB>tags``: which lemma a form has in running text
--text           plain text or JSON lines, the more the better: which stems make many words
--into           where ``costs.tsv`` and ``families.tsv`` are written (the package's own folder)

The model is log-linear: the probability of a reading is proportional to exp(-cost), its cost the sum of the costs of
its features (`Choice.features`). Families are counted by the model, and the model uses them, so both are made in
turn, three times. Costs in ``kazakh_fixed_costs.tsv`` are not fitted. The same input gives the same files.
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
from searchkit_analyzers.kazakh.disambiguation import (
    HARMONIC,
    PARTS,
    SHORT,
    Disambiguator,
    Families,
    Feature,
    read_roots,
)
from searchkit_analyzers.kazakh.suffix_stripper import Reading

HERE = Path(__file__).parent
FIXED = HERE / "kazakh_fixed_costs.tsv"
PACKAGE = Path(kazakh.__file__).parent

ROUNDS = 3
SIZES = (2, 6, 20)
"""From how many words on a family has size 1, 2, 3."""
RARE = 2
"""Words that a text has less often are as often misprints."""
ENDING_IN = 12
"""An ending is a feature if so many lemmas have it."""
LONGEST_ENDING = 4
WEAK = 0.2
"""Costs nearer to 0 than this are dropped, and the others fitted again."""
PRONOUNS_AND_SUCH = frozenset("prn det cnjcoo cnjsub post itg ij postadv num abbr".split())
"""Tags of words that come from tables, not from peeling."""

KINDS = ("suffix", "chain", "law", "length", "root", "family", "verb family", "ends")
COSTS_HEADER = """\
# What a reading pays for its features; the cheapest reading of a word is chosen (choice.py).
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


class Example(NamedTuple):
    """The readings of a form, each with its features, and which of them are right."""

    features: list[list[Feature]]
    right: list[bool]
    weight: float


def read_gold(path: Path) -> Counter[tuple[str, str]]:
    """Return form and lemma of the words that peeling is for, with how often the text has them."""
    gold: Counter[tuple[str, str]] = Counter()
    for line in path.read_text("utf-8").splitlines():
        form, lemma, tags = [*line.lower().split("\t"), "", ""][:3]
        wanted = tags and tags.split()[0] not in PRONOUNS_AND_SUCH
        if wanted and not line.startswith("#") and form.isalpha() and lemma.isalpha() and len(form) > 1:
            gold[form, lemma] += 1
    return gold


def read_fixed(path: Path) -> Costs:
    """Return the costs that are not fitted."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line and line[0] != "#"]
    return {tuple(feature.split(":")): float(cost) for feature, cost in rows}


def endings(lemmas: Iterable[str]) -> set[str]:
    """Return the endings, without their harmony, that many lemmas have."""
    count: Counter[str] = Counter()
    for lemma in lemmas:
        plain = lemma.translate(HARMONIC)
        count.update(plain[-length:] for length in range(1, LONGEST_ENDING + 1) if length < len(plain))
    return {ending for ending, times in count.items() if times >= ENDING_IN}


def is_right(reading: Reading, lemma: str) -> bool:
    """Whether a reading has this lemma; dictionaries give a verb with -у or without: көру, оқу (оқы-у), сүю (сүй-у)."""
    stem = reading.stem
    infinitives = {f"{stem}у", f"{stem[:-1]}у" if stem[-1] in "ыі" else "", f"{stem[:-1]}ю" if stem[-1] == "й" else ""}
    return lemma == stem or (reading.part == "v" and lemma in infinitives)


def examples(gold: Mapping[tuple[str, str], int], choice: Disambiguator) -> list[Example]:
    """Return what there is to learn from: forms of which some readings are right and some wrong."""
    found = []
    for (form, lemma), times in sorted(gold.items()):
        readings = kazakh.KAZAKH.readings(form)
        right = [is_right(reading, lemma) for reading in readings]
        if any(right) and not all(right):
            features = [list(choice.features(reading, form)) for reading in readings]
            found.append(Example(features, right, 1 + math.log(times)))
    return found


def probabilities(costs: Iterable[float]) -> list[float]:
    """Return the probabilities of readings by their costs."""
    costs = list(costs)
    least = min(costs)
    shares = [math.exp(least - cost) for cost in costs]
    return [share / sum(shares) for share in shares]


def fit(given: list[Example], fixed: Costs, known: set[Feature] | None = None) -> Costs:
    """Maximise the likelihood of the right readings (Adagrad, with an L2 prior); only `known` features if given."""
    order, costs, squares = random.Random(1), defaultdict(float, fixed), defaultdict[Feature, float](lambda: 1e-6)
    given = list(given)
    for _ in range(30):
        order.shuffle(given)
        for example in given:
            for feature, slope in slopes(example, costs).items():
                if feature not in fixed and (known is None or feature in known):
                    slope = slope * example.weight + 0.02 * costs[feature]
                    squares[feature] += slope * slope
                    costs[feature] -= 0.3 * slope / math.sqrt(squares[feature])
    return dict(costs)


def slopes(example: Example, costs: Mapping[Feature, float]) -> Costs:
    """Return by how much the loss of one example grows with each cost."""
    shares = probabilities(sum(costs[feature] for feature in each) for each in example.features)
    right = sum(share for share, is_so in zip(shares, example.right, strict=True) if is_so)
    found: Costs = defaultdict(float)
    for each, share, is_so in zip(example.features, shares, example.right, strict=True):
        slope = (share / right if is_so else 0.0) - share
        for feature in each if abs(slope) > 1e-6 else ():
            found[feature] += slope
    return found


def count_families(words: Mapping[str, int], choice: Disambiguator, roots: Mapping[str, str]) -> Families:
    """Return the sizes of families: of how many different words a stem is expected to be the stem.

    Short stems that are no roots are left out: by chance many words begin with them.
    """
    expected: dict[tuple[str, str], float] = defaultdict(float)
    for word, times in words.items():
        readings = kazakh.KAZAKH.readings(word) if times >= RARE else ()
        if len(readings) > 1:
            shares = probabilities(choice.cost(reading, word) for reading in readings)
            for reading, share in zip(readings, shares, strict=True):
                expected[reading.stem, reading.part] += share
    stems = sorted({stem for stem, part in expected if part != "-" and (len(stem) > SHORT or stem in roots)})
    sizes = {stem: (size(expected[stem, "n"]), size(expected[stem, "v"])) for stem in stems}
    return {stem: found for stem, found in sizes.items() if any(found)}


def size(words: float) -> int:
    """Return the size, from 0 to 3, of a family of so many words."""
    return sum(words >= least for least in SIZES)


def accuracy(gold: Mapping[tuple[str, str], int], choice: Disambiguator) -> float:
    """Return the share of forms whose cheapest reading has their lemma."""
    best = {form: choice.best(kazakh.KAZAKH.readings(form))[0] for form, _ in gold}
    return sum(is_right(best[form], lemma) for form, lemma in gold) / len(gold)


def learn(gold: Mapping[tuple[str, str], int], words: Mapping[str, int]) -> tuple[Costs, Families]:
    """Return costs and families, made in turn."""
    fixed, roots = read_fixed(FIXED), read_roots()
    features: Costs = {
        ("ends", part, ending): 0.0 for ending in endings({lemma for _, lemma in gold}) for part in PARTS
    }
    families: Families = {}
    for _ in range(ROUNDS):
        costs = fit(examples(gold, Disambiguator(features, roots, families)), fixed)
        families = count_families(words, Disambiguator(features | costs, roots, families), roots)
    given = examples(gold, Disambiguator(features, roots, families))
    strong = {feature for feature, cost in fit(given, fixed).items() if abs(cost) >= WEAK}
    costs = fit(given, fixed, strong)
    return {feature: round(cost, 1) for feature, cost in costs.items() if abs(cost) >= 0.05}, families


def write_costs(costs: Costs, path: Path) -> None:
    """Write ``costs.tsv``: a line for a feature, or for the three of noun, verb and whole word."""
    lines: dict[tuple[str, str], list[float]] = {}
    for (kind, *part, what), cost in costs.items():
        line = lines.setdefault((kind, what), [0.0] * (len(PARTS) if part else 1))
        line[PARTS.index(part[0]) if part else 0] = cost
    order = sorted(lines, key=lambda line: (KINDS.index(line[0]), line[1][::-1]))
    rows = ["\t".join((*line, *(f"{cost:g}" for cost in lines[line]))) for line in order]
    path.write_text(COSTS_HEADER + "\n".join(rows) + "\n", "utf-8")


def write_families(families: Families, path: Path) -> None:
    """Write ``families.tsv``, by the alphabet of code points."""
    rows = [f"{stem}\t{noun}\t{verb}" for stem, (noun, verb) in sorted(families.items())]
    path.write_text(FAMILIES_HEADER + "\n".join(rows) + "\n", "utf-8")


def main(arguments: list[str]) -> None:
    """Learn, write, and say how well forms come out that the fit has not seen."""
    parser = argparse.ArgumentParser(description="Fit the choice among the readings of a Kazakh word.")
    parser.add_argument("--disambiguated", type=Path, required=True)
    parser.add_argument("--text", type=Path, nargs="+", required=True)
    parser.add_argument("--into", type=Path, default=PACKAGE)
    options = parser.parse_args(arguments)
    gold, words = read_gold(options.disambiguated), count_words(options.text)
    half = {key: times for number, (key, times) in enumerate(sorted(gold.items())) if number % 2}
    unseen = {key: times for key, times in gold.items() if key[0] not in {form for form, _ in half}}
    costs, families = learn(half, words)
    print(
        f"stems right of unseen forms: {accuracy(unseen, Disambiguator(costs, read_roots(), families)):.3f}",
        file=sys.stderr,
    )
    costs, families = learn(gold, words)
    write_costs(costs, options.into / "costs.tsv")
    write_families(families, options.into / "families.tsv")
    print(f"{len(costs)} costs, {len(families)} families", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
