"""Disambiguation: choose the reading of a word whose features cost least.

The costs are in `costs.tsv`, one a line: a log-linear model (`analyzers/tools/fit_kazakh.py`). A
reading pays for each suffix it strips, for an unlikely stem (short, or with an ending that is rare
for its part of speech) and for each sound law it undoes. It is rewarded for a stem among the
common roots, and for a stem of which plain text makes many other words (its *family*).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import TypeVar

from searchkit_analyzers.kazakh.morphotactics import POS_AFTER_SLOT
from searchkit_analyzers.kazakh.roots import read_stems
from searchkit_analyzers.kazakh.stem_endings import build_trie
from searchkit_analyzers.kazakh.suffix_stripper import Reading
from searchkit_analyzers.kazakh.suffix_trie import SuffixChain
from searchkit_analyzers.kazakh.tables import rows

MARGIN = 1.6
"""Readings this close to the cheapest are as likely as not. A larger margin puts more forms of a
word together, and more different words."""
HOMOGRAPH_MARGIN = 3.1
"""The margin where a listed word is also a listed stem with suffixes in `HOMOGRAPH_CHAINS`:
заңды is "the law" and "lawful"."""
FAMILIAR_MARGIN = 4.5
"""The same where that stem has a family of size 2 or 3 (``families.tsv``), so that both are common:
көше is a street and "moving"."""
HOMOGRAPH_CHAINS = frozenset(
    (("ACC",), ("PST",), ("PTCP.FUT",), ("CVB.IPFV",), ("NEG",), ("REFL", "PST"), ("PASS", "PST"), ("RECP", "PST"))
)
"""Suffixes so frequent that a word with them is read so beside a listed word that is the same."""
POS = "nv-"
"""Parts of speech of a stem: noun or adjective, verb, or the word left whole."""
SHORT_STEM = 3
"""Nearly all stems of so many letters or fewer are listed."""
_MAX_STEM_LENGTH = 7
"""Stems of so many letters or more pay the same."""
_MAX_CHAIN_LENGTH = 5
"""Chains of so many suffixes or more pay the same."""
_DIGITS = tuple(map(str, range(_MAX_STEM_LENGTH + 1)))
_CACHE_SIZE = 50_000
"""Chains, and the like, whose costs are remembered: different words share them."""
_PAST_ROOT = {pos: ("chain", f"past a {name}") for pos, name in (("n", "noun"), ("v", "verb"))}
"""Part of speech -> the feature of a reading that strips a suffix from a listed word."""
_THOUSAND = 1000
_MARGIN = round(_THOUSAND * MARGIN)
_LARGE_FAMILY = 2

Families = Mapping[str, tuple[int, int]]
"""Stem -> size (0 to 3, see ``families.tsv``) of its family as a noun, and as a verb."""

Feature = tuple[str, ...]
"""Kind, part of speech if it matters, value: ``("suffix", "PL")``, ``("length", "n", "4")``."""

Costed = tuple[int, Reading]
"""A reading after its cost in thousandths."""

_Key = TypeVar("_Key")


def read_costs() -> dict[Feature, float]:
    """Read the costs of features."""
    costs: dict[Feature, float] = {}
    for kind, value, *cells in rows("costs.tsv"):
        features = [(kind, value)] if len(cells) == 1 else [(kind, pos, value) for pos in POS]
        costs |= dict(zip(features, map(float, cells), strict=True))
    return costs


def read_families() -> dict[str, tuple[int, int]]:
    """Read the family sizes of stems, as nouns and as verbs."""
    return {stem: (int(noun), int(verb)) for stem, noun, verb in rows("families.tsv")}


class Disambiguator:
    """Computes the costs of readings and chooses the cheapest ones."""

    def __init__(self, costs: Mapping[Feature, float], roots: Mapping[str, str], families: Families) -> None:
        self._roots = roots
        self._families = families
        self._stem_endings = {pos: build_trie(_ending_costs(costs, pos)) for pos in POS}
        self._stem_costs = _CostCache(costs, _stem_features)
        self._family_costs = _CostCache(costs, _family_features)
        self._chain_costs = _CostCache(costs, _chain_features)
        self._costs_past_root = {pos: _thousandths(costs.get(feature, 0.0)) for pos, feature in _PAST_ROOT.items()}

    def knows(self, stem: str) -> bool:
        """Return whether a stem is among the common roots."""
        return stem in self._roots

    def lists(self, stem: str, pos: str) -> bool:
        """Return whether a stem is a common root as this part of speech; ``-`` is any."""
        root_pos = self._roots.get(stem)
        return root_pos is not None and (pos == "-" or root_pos == "x" or _fits(root_pos, pos))

    def features(self, reading: Reading, word: str) -> Iterator[Feature]:
        """Yield the features of a reading of `word`."""
        stem, pos, chain = reading
        yield from _stem_features((self._roots.get(stem, ""), min(len(stem), _MAX_STEM_LENGTH), pos))
        yield from (("ends", pos, ending) for ending in self._stem_endings[pos].longest(stem).endings)
        if stem in self._families:
            yield from _family_features((self._families[stem], pos))
        yield from _chain_features(chain)
        past = self._root_past(chain, word)
        if past:
            yield _PAST_ROOT[past]

    def _root_past(self, chain: SuffixChain, word: str) -> str:
        """Return the part of speech of a root that loses a suffix: айда-р-дың, of Айдар."""
        for letters, pos in _inner_words(chain):
            root_pos = self._roots.get(word[:-letters])
            if root_pos and _fits(root_pos, pos):
                return pos
        return ""

    def cost(self, reading: Reading, word: str) -> float:
        """Return the cost of a reading of `word`: the sum over its `features`."""
        return self._cost(reading, word) / _THOUSAND

    def _cost(self, reading: Reading, word: str) -> int:
        """Return the cost in thousandths, from sums that many readings share."""
        stem, pos, chain = reading
        cost = self._stem_costs[self._roots.get(stem, ""), min(len(stem), _MAX_STEM_LENGTH), pos]
        cost += self._stem_endings[pos].longest(stem).cost + self._chain_costs[chain]
        if stem in self._families:
            cost += self._family_costs[self._families[stem], pos]
        if len(chain.suffixes) > 1 and (past := self._root_past(chain, word)):
            cost += self._costs_past_root[past]
        return cost

    def cheapest(self, readings: Sequence[Reading]) -> list[Reading]:
        """Return the readings that cost little more than the cheapest, sorted by cost.

        Of equal ones the one with fewer suffixes comes first. The first of `readings` is the
        whole word.
        """
        return [reading for _, reading in self.likeliest(readings)]

    def likeliest(self, readings: Sequence[Reading]) -> list[Costed]:
        """Return the same readings, each after its cost in thousandths."""
        if len(readings) == 1:
            return [(0, readings[0])]
        word = readings[0].stem
        costs = [self._cost(reading, word) for reading in readings]
        least = min(costs)
        limit = least + _MARGIN
        cheap = [each for each in zip(costs, readings, strict=True) if each[0] <= limit]
        if costs[0] == least and word in self._roots:
            costed = zip(costs, readings, strict=True)
            cheap += [each for each in costed if self._is_homograph(each[0] - least, each[1])]
        if len(cheap) > 1:
            cheap.sort(key=lambda each: (each[0], each[1].chain.order))
        return cheap

    def _is_homograph(self, more: int, reading: Reading) -> bool:
        """Return whether a reading beyond the margin is a listed stem with frequent suffixes."""
        if not _MARGIN < more <= _THOUSAND * self._homograph_margin(reading):
            return False
        is_frequent = tuple([allomorph.suffix.gloss for allomorph in reading.suffixes]) in HOMOGRAPH_CHAINS
        return is_frequent and _fits(self._roots.get(reading.stem, ""), reading.pos)

    def _homograph_margin(self, reading: Reading) -> float:
        """Return the margin of homographs, which is wider for a stem with a large family."""
        size = self._families.get(reading.stem, (0, 0))[reading.pos == "v"]
        return FAMILIAR_MARGIN if size >= _LARGE_FAMILY else HOMOGRAPH_MARGIN


class _CostCache(dict[_Key, int]):
    """Summed costs of the features of a key, in thousandths, computed at its first use.

    Integers have the same sum in any order of adding.
    """

    def __init__(self, costs: Mapping[Feature, float], features: Callable[[_Key], Iterable[Feature]]) -> None:
        self._costs, self._features = costs, features

    def __missing__(self, key: _Key) -> int:
        if len(self) >= _CACHE_SIZE:
            self.clear()
        cost = sum([self._costs.get(feature, 0.0) for feature in self._features(key)])
        self[key] = thousandths = _thousandths(cost)
        return thousandths


def likelihood(more: int) -> float:
    """Return how likely a reading is that costs so many thousandths more than the cheapest."""
    return math.exp(-more / _THOUSAND)


def _thousandths(cost: float) -> int:
    return round(_THOUSAND * cost)


def _ending_costs(costs: Mapping[Feature, float], pos: str) -> dict[str, int]:
    """Return the costs of stem endings for one part of speech, in thousandths."""
    return {feature[-1]: _thousandths(cost) for feature, cost in costs.items() if feature[:2] == ("ends", pos)}


def _stem_features(key: tuple[str, int, str]) -> Iterator[Feature]:
    """Yield the features of a stem by itself.

    `key` has the stem's entry in `roots.tsv` (``""``: none), its length and its part of speech.
    """
    root_pos, length, pos = key
    yield "length", pos, _DIGITS[length]
    if not root_pos:
        yield "root", pos, "unlisted" if length > SHORT_STEM else "unlisted, short"
    elif root_pos == "x":
        yield "root", pos, "invariable"
    else:
        yield "root", pos, "listed" if _fits(root_pos, pos) else "other part"


def _family_features(key: tuple[tuple[int, int], str]) -> Iterator[Feature]:
    """Yield the features of a word family.

    A family that text does not show has none, since most stems are rare.
    """
    (as_noun, as_verb), pos = key
    size = as_verb if pos == "v" else as_noun
    if size:
        yield "family", pos, _DIGITS[size]
    if pos == "-" and as_verb:
        yield "verb family", _DIGITS[as_verb]


def _chain_features(chain: SuffixChain) -> Iterator[Feature]:
    yield "chain", _DIGITS[min(len(chain.suffixes), _MAX_CHAIN_LENGTH)]
    for allomorph in chain.suffixes:
        yield "suffix", allomorph.suffix.gloss
    for law in chain.laws:
        yield "law", law


@lru_cache(_CACHE_SIZE)
def _inner_words(chain: SuffixChain) -> tuple[tuple[int, str], ...]:
    """Return where a chain may begin to inflect another word than its stem.

    Each item has the number of letters after that word, and the word's part of speech.
    """
    letters, inner = 0, []
    for last, before in pairwise(reversed(chain.suffixes)):
        letters += len(last.surface)
        pos = POS_AFTER_SLOT.get(before.suffix.slot)
        if pos:
            inner.append((letters, pos))
    return tuple(inner)


def _fits(root_pos: str, pos: str) -> bool:
    """Return whether a root of `roots.tsv` may be `pos`; adjectives inflect as nouns."""
    return "v" in root_pos if pos == "v" else "n" in root_pos or "a" in root_pos


@cache
def default_disambiguator() -> Disambiguator:
    """Return the disambiguator by the tables of this package."""
    return Disambiguator(read_costs(), read_stems(), read_families())
