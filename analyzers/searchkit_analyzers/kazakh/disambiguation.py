"""Choose among the readings of a word: the one whose features cost least.

The costs are in `costs.tsv`, one a line. A reading pays for each suffix it takes off, for an unlikely stem (short,
or with an ending that Kazakh stems of its part of speech seldom have) and for each sound law it undoes; it is paid
back for a stem among the common roots, and for one of which plain text makes many other words (its *family*).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, reduce
from itertools import pairwise
from typing import TypeVar

from searchkit_analyzers.kazakh.morphotactics import STEM_PARTS
from searchkit_analyzers.kazakh.suffix_stripper import Reading
from searchkit_analyzers.kazakh.suffix_trie import SuffixChain
from searchkit_analyzers.kazakh.tables import pairs, rows

_HARMONIES = {"A": "ае", "Y": "ыі", "K": "қк", "G": "ғг"}
HARMONIC = str.maketrans({letter: sign for sign, letters in _HARMONIES.items() for letter in letters})
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
"""Chains of suffixes, and the like, to remember the cost of: different words share them."""

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


class Disambiguator:
    """The costs of features, and what they need to know."""

    def __init__(self, costs: Mapping[Feature, float], roots: Mapping[str, str], families: Families) -> None:
        self._roots = roots
        self._families = families
        self._ends = {part: _read_ends(costs, part) for part in PARTS}
        self._entry_costs = _Sums(costs, _entry_features)
        self._family_costs = _Sums(costs, _family_features)
        self._chain_costs = _Sums(costs, _chain_features)
        self._cost_past_a_root = _thousandths(costs.get(_PAST_A_ROOT, 0.0))

    def knows(self, stem: str) -> bool:
        """Whether a stem is among the common roots."""
        return stem in self._roots

    def features(self, reading: Reading, word: str) -> Iterator[Feature]:
        """Yield the features of a reading of `word`."""
        stem, part, chain = reading
        yield from _entry_features((self._roots.get(stem, ""), min(len(stem), _LONG), part))
        yield from self._ends[part].of(stem).features
        if stem in self._families:
            yield from _family_features((self._families[stem], part))
        yield from _chain_features(chain)
        if self._passes_root(chain, word):
            yield _PAST_A_ROOT

    def _passes_root(self, chain: SuffixChain, word: str) -> bool:
        """Whether a suffix is taken off a listed root: айда-р-дың, though Айдар is one."""
        for letters, part in _words_before(chain):
            parts = self._roots.get(word[:-letters])
            if parts and _fits(parts, part):
                return True
        return False

    def cost(self, reading: Reading, word: str) -> float:
        """Return what a reading of `word` costs: the sum over its `features`; lower is better."""
        return self._cost(reading, word) / _THOUSAND

    def _cost(self, reading: Reading, word: str) -> int:
        """The same in thousandths, from sums that many readings share."""
        stem, part, chain = reading
        cost = self._entry_costs[self._roots.get(stem, ""), min(len(stem), _LONG), part]
        cost += self._ends[part].of(stem).cost + self._chain_costs[chain]
        if stem in self._families:
            cost += self._family_costs[self._families[stem], part]
        if len(chain.suffixes) > 1 and self._passes_root(chain, word):
            cost += self._cost_past_a_root
        return cost

    def best(self, readings: Sequence[Reading]) -> list[Reading]:
        """Return the cheapest reading and those that cost at most `MARGIN` more, the cheapest first.

        Of equal ones the one with fewer suffixes comes first.
        """
        if len(readings) == 1:
            return list(readings)
        word = readings[0].stem
        costs = [self._cost(reading, word) for reading in readings]
        limit = min(costs) / _THOUSAND + MARGIN
        cheap = [each for each in zip(costs, readings, strict=True) if each[0] / _THOUSAND <= limit]
        if len(cheap) > 1:
            cheap.sort(key=lambda each: (each[0], each[1].chain.order))
        return [reading for _, reading in cheap]


class _End(dict[str, "_End"]):
    """How stems end: by letter before it, the longer end. Letters that harmony puts for one another share theirs."""

    __slots__ = ("cost", "features")

    def __init__(self, features: tuple[Feature, ...] = (), cost: int = 0) -> None:
        self.features = features
        """Those of this end and of all that it ends in."""
        self.cost = cost
        """The sum over them, in thousandths."""

    def of(self, stem: str) -> _End:
        """Return the longest end that a stem has."""
        end = self
        for letter in reversed(stem):
            longer = end.get(letter)
            if longer is None:
                break
            end = longer
        return end

    def before(self, sign: str) -> _End:
        """Return the longer end with a letter, or a sign for several, before this one; make it if it is new."""
        letters = _HARMONIES.get(sign, sign)
        if letters[0] not in self:
            self.update(dict.fromkeys(letters, _End(self.features, self.cost)))
        return self[letters[0]]


def _is_without_harmony(end: str) -> bool:
    """Whether an end is in the notation in which stems are compared: others are met nowhere."""
    return end == end.translate(HARMONIC)


def _read_ends(costs: Mapping[Feature, float], part: str) -> _End:
    """Return the empty end, to which all others that cost something are added letter by letter."""
    empty = _End()
    features = [feature for feature in costs if feature[:2] == ("ends", part) and _is_without_harmony(feature[-1])]
    for feature in sorted(features, key=lambda feature: len(feature[-1])):  # a long end has the costs of short ones
        end = reduce(_End.before, reversed(feature[-1]), empty)
        end.features += (feature,)
        end.cost += _thousandths(costs[feature])
    return empty


_THOUSAND = 1000
_Given = TypeVar("_Given")


class _Sums(dict[_Given, int]):
    """By what they are given for: costs of features, in thousandths, added up the first time that they are asked for.

    Whole numbers have the same sum in whatever order they are added up.
    """

    def __init__(self, costs: Mapping[Feature, float], features: Callable[[_Given], Iterable[Feature]]) -> None:
        self._costs, self._features = costs, features

    def __missing__(self, given: _Given) -> int:
        if len(self) >= _MEMO:
            self.clear()
        cost = sum([self._costs.get(feature, 0.0) for feature in self._features(given)])
        self[given] = thousandths = _thousandths(cost)
        return thousandths


def _thousandths(cost: float) -> int:
    return round(_THOUSAND * cost)


def _entry_features(entry: tuple[str, int, str]) -> Iterator[Feature]:
    """What `roots.tsv` says of a stem (``""``: nothing), how long it is, and what it is taken for."""
    parts, length, part = entry
    yield "length", part, _NUMBERS[length]
    if not parts:
        yield "root", part, "unlisted" if length > SHORT else "unlisted, short"
    elif parts == "x":
        yield "root", part, "invariable"
    else:
        yield "root", part, "listed" if _fits(parts, part) else "other part"


def _family_features(sizes_as: tuple[tuple[int, int], str]) -> Iterator[Feature]:
    """A family that text does not show says nothing: most stems are rare."""
    (as_noun, as_verb), part = sizes_as
    size = as_verb if part == "v" else as_noun
    if size:
        yield "family", part, _NUMBERS[size]
    if part == "-" and as_verb:
        yield "verb family", _NUMBERS[as_verb]


def _chain_features(chain: SuffixChain) -> Iterator[Feature]:
    yield "chain", _NUMBERS[min(len(chain.suffixes), _MANY)]
    for allomorph in chain.suffixes:
        yield "suffix", allomorph.suffix.gloss
    for law in chain.laws:
        yield "law", law


@lru_cache(_MEMO)
def _words_before(chain: SuffixChain) -> tuple[tuple[int, str], ...]:
    """Return where before a suffix of a chain a word may end: so many letters before the end, as which part of speech.

    Not before the first suffix, since what stands there is the stem.
    """
    letters, found = 0, []
    for last, before in pairwise(reversed(chain.suffixes)):
        letters += len(last.surface)
        part = STEM_PARTS.get(before.suffix.slot)
        if part:
            found.append((letters, part))
    return tuple(found)


def _fits(parts: str, part: str) -> bool:
    """Whether a root with these parts of speech in `roots.tsv` may be one of `part`: adjectives inflect as nouns."""
    return "v" in parts if part == "v" else "n" in parts or "a" in parts


@cache
def read_choice() -> Disambiguator:
    """Return the choice by the tables of this package."""
    return Disambiguator(read_costs(), read_roots(), read_families())
