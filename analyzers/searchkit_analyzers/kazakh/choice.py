"""Choose among the readings of a word: the one whose features cost least.

The costs are in `costs.tsv`, one a line. A reading pays for each suffix it takes off, for an unlikely stem (short,
or with an ending that Kazakh stems of its part of speech seldom have) and for each sound law it undoes; it is paid
back for a stem among the common roots, and for one of which plain text makes many other words (its *family*).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from operator import itemgetter

from searchkit_analyzers.kazakh.grammar import STEM_PARTS
from searchkit_analyzers.kazakh.peeling import Reading
from searchkit_analyzers.kazakh.suffixes import Allomorph
from searchkit_analyzers.kazakh.tables import pairs, rows

HARMONIC = str.maketrans("аеыіқкғг", "AAYYKKGG")
"""Endings are compared without their harmony, in the notation of ``suffixes.tsv``: -лық and -лік are лYK."""
_LONG = 7
"""Stems this long or longer pay the same."""
MARGIN = 1.6
"""Readings this close to the cheapest are as likely as not. A larger margin brings more forms together, and words."""
_MANY = 5
"""So do chains of so many suffixes or more."""
PARTS = "nv-"
"""What a stem may be: a noun or adjective, a verb, or the word left whole."""
SHORT = 3
"""Nearly all stems so short are listed."""
_NUMBERS = tuple(map(str, range(_LONG + 1)))
_MEMO = 200_000
"""Shapes of stems, and chains of suffixes, to remember the cost of: different words share them."""

_PAST_A_ROOT = ("chain", "past a root")

Families = Mapping[str, tuple[int, int]]
"""By stem: the size (0 to 3, see ``families.tsv``) of its family as a noun, and as a verb."""


Feature = tuple[str, ...]
"""Its kind, the part of speech where that matters, and what: ``("suffix", "PL")``, ``("length", "n", "4")``."""


def read_costs() -> dict[Feature, float]:
    """Read the costs of features."""
    found: dict[Feature, float] = {}
    for kind, what, *costs in rows("costs.tsv"):
        features = [(kind, what)] if len(costs) == 1 else [(kind, part, what) for part in PARTS]
        found |= dict(zip(features, map(float, costs), strict=True))
    return found


def read_roots() -> dict[str, str]:
    """Read the common roots with their parts of speech."""
    return pairs("roots.tsv")


def read_families() -> dict[str, tuple[int, int]]:
    """Read how large the families of stems are, as nouns and as verbs."""
    return {stem: (int(noun), int(verb)) for stem, noun, verb in rows("families.tsv")}


class Choice:
    """The costs of features, and what they need to know."""

    def __init__(self, costs: Mapping[Feature, float], roots: Mapping[str, str], families: Families) -> None:
        self._costs = costs
        self._roots = roots
        self._families = families
        self._endings = {what for kind, *_, what in costs if kind == "ends"}
        self._longest = max(map(len, self._endings), default=1)
        self._shape_cost = lru_cache(_MEMO)(self._sum_of_shape)
        self._chain_cost = lru_cache(_MEMO)(self._sum_of_chain)

    def knows(self, stem: str) -> bool:
        """Whether a stem is among the common roots."""
        return stem in self._roots

    def features(self, reading: Reading, word: str) -> Iterator[Feature]:
        """Yield the features of a reading of `word`."""
        yield from self._stem_features(reading.stem, reading.part)
        yield from self._chain_features(reading.suffixes)
        for law in reading.laws:
            yield "law", law
        if len(reading.suffixes) > 1 and self._passes_root(reading, word):
            yield _PAST_A_ROOT

    def _stem_features(self, stem: str, part: str) -> Iterator[Feature]:
        yield from self._shape_features(*self._shape(stem), part)
        yield from self._word_features(stem, part)

    def _shape(self, stem: str) -> tuple[int, str]:
        """Return of a stem how long it is and how it ends: few stems differ in that."""
        return min(len(stem), _LONG), stem[-self._longest :]

    def _shape_features(self, length: int, end: str, part: str) -> Iterator[Feature]:
        yield "length", part, _NUMBERS[length]
        end = end.translate(HARMONIC)
        for start in range(len(end)):
            if end[start:] in self._endings:
                yield "ends", part, end[start:]

    def _word_features(self, stem: str, part: str) -> Iterator[Feature]:
        yield self._root(stem, part)
        if stem in self._families:
            yield from self._family_features(stem, part)

    def _family_features(self, stem: str, part: str) -> Iterator[Feature]:
        """A family that text does not show says nothing: most stems are rare."""
        as_noun, as_verb = self._families[stem]
        size = as_verb if part == "v" else as_noun
        if size:
            yield "family", part, _NUMBERS[size]
        if part == "-" and as_verb:
            yield "verb family", _NUMBERS[as_verb]

    def _chain_features(self, suffixes: tuple[Allomorph, ...]) -> Iterator[Feature]:
        yield "chain", _NUMBERS[min(len(suffixes), _MANY)]
        for allomorph in suffixes:
            yield "suffix", allomorph.suffix.gloss

    def _root(self, stem: str, part: str) -> Feature:
        parts = self._roots.get(stem, "")
        if not parts:
            return "root", part, "unlisted" if len(stem) > SHORT else "unlisted, short"
        if parts == "x":
            return "root", part, "invariable"
        return "root", part, "listed" if _fits(parts, part) else "other part"

    def _passes_root(self, reading: Reading, word: str) -> bool:
        """Whether a suffix is taken off a listed root: айда-р-дың, though Айдар is one."""
        end = len(word)
        suffixes = reading.suffixes
        for place in range(len(suffixes) - 1, 0, -1):
            end -= len(suffixes[place].surface)
            parts = self._roots.get(word[:end])
            part = parts and STEM_PARTS.get(suffixes[place - 1].suffix.slot)
            if parts and part and _fits(parts, part):
                return True
        return False

    def cost(self, reading: Reading, word: str) -> float:
        """Return what a reading of `word` costs: the sum over its `features`; lower is better."""
        stem, part, suffixes, laws = reading
        cost = self._stem_cost(stem, part) + self._chain_cost(suffixes)
        for law in laws:
            cost += self._costs.get(("law", law), 0.0)
        if len(suffixes) > 1 and self._passes_root(reading, word):
            cost += self._costs.get(_PAST_A_ROOT, 0.0)
        return cost

    def _stem_cost(self, stem: str, part: str) -> float:
        shape = self._shape_cost(*self._shape(stem), part)
        if stem not in self._families:
            return shape + self._costs.get(self._root(stem, part), 0.0)
        return shape + self._sum(self._word_features(stem, part))

    def _sum_of_shape(self, length: int, end: str, part: str) -> float:
        return self._sum(self._shape_features(length, end, part))

    def _sum_of_chain(self, suffixes: tuple[Allomorph, ...]) -> float:
        return self._sum(self._chain_features(suffixes))

    def _sum(self, features: Iterable[Feature]) -> float:
        return sum([self._costs.get(feature, 0.0) for feature in features])

    def best(self, readings: Sequence[Reading]) -> list[Reading]:
        """Return the cheapest reading and those that cost at most `MARGIN` more, the cheapest first.

        Of equal ones the one with fewer suffixes comes first.
        """
        if len(readings) == 1:
            return list(readings)
        whole = readings[0].stem
        costs = [(round(self.cost(reading, whole), 3), len(reading.suffixes)) for reading in readings]
        limit = min(costs)[0] + MARGIN
        cheap = [each for each in zip(costs, readings, strict=True) if each[0][0] <= limit]
        return [reading for _, reading in sorted(cheap, key=itemgetter(0))]


def _fits(parts: str, part: str) -> bool:
    """Whether a root with these parts of speech in `roots.tsv` may be one of `part`: adjectives inflect as nouns."""
    return "v" in parts if part == "v" else "n" in parts or "a" in parts


@cache
def read_choice() -> Choice:
    """Return the choice by the tables of this package."""
    return Choice(read_costs(), read_roots(), read_families())
