"""Strip suffixes from a word as grammar and sounds allow, and collect all readings.

The suffix trie knows the chains of suffixes that the grammar allows. A chain can be stripped from
a word if its outer suffixes can, and if its first suffix may follow the rest of the word. This
module decides the latter: it compares sounds, undoes sound laws and looks up irregular words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from searchkit_analyzers.kazakh.irregular import Irregulars, read_irregulars
from searchkit_analyzers.kazakh.morphotactics import KEPT_POSSESSIVE, PATRONYMICS, VERB_FINALS
from searchkit_analyzers.kazakh.phonology import FRONT, VOWELS, profile, undo_alternation
from searchkit_analyzers.kazakh.roots import read_roots
from searchkit_analyzers.kazakh.suffix_trie import (
    AS_NOUN,
    AS_NUMERAL,
    AS_VERB,
    EMPTY_CHAIN,
    AlteringChains,
    SuffixChain,
    SuffixTrie,
)
from searchkit_analyzers.kazakh.suffixes import Allomorph, Suffix, read_suffixes

_MAX_TRIE_SIZE = 100_000
"""Nodes after which a new trie is begun: ten times as many as the words of an archive need."""
_MIN_STEM_LENGTH = 2
_VOWEL = re.compile(f"[{''.join(sorted(VOWELS))}]")
_FOREIGN = re.compile("[вфхцчщэъь]|[аоұы][^аәеёиоөуұүыіэюя]*[гк]$")
"""Sounds of no native verb."""
_MIN_PATRONYMIC_LENGTH = max(map(len, PATRONYMICS)) + 3
"""Letters of a stem in -ұл, -қыз from which on it is a patronymic."""


class Reading(NamedTuple):
    """One reading of a word, as a stem and a chain of suffixes."""

    stem: str
    pos: str
    """``"n"`` (noun or adjective), ``"v"`` (verb), or ``"-"``: the whole word, nothing stripped."""
    chain: SuffixChain

    @property
    def suffixes(self) -> tuple[Allomorph, ...]:
        """The suffixes, from the stem outwards."""
        return self.chain.suffixes

    @property
    def laws(self) -> tuple[str, ...]:
        """Names of the sound laws that were undone."""
        return self.chain.laws

    @property
    def analysis(self) -> str:
        """The stem and the glosses of its suffixes: ``бала+PL+GEN``."""
        return "+".join((self.stem, *(allomorph.suffix.gloss for allomorph in self.suffixes)))


class SuffixStripper:
    """Reads words by the grammar. It remembers endings, but no words."""

    def __init__(self, suffixes: tuple[Suffix, ...], irregulars: Irregulars) -> None:
        self._suffixes, self._irregulars = suffixes, irregulars
        self._trie = SuffixTrie(suffixes)

    def readings(self, word: str) -> list[Reading]:
        """Return all readings of a word; the first is the whole word."""
        if self._trie.size > _MAX_TRIE_SIZE:
            self._trie = SuffixTrie(self._suffixes)
        return _Stripping(word, self._trie, self._irregulars).readings


class _Stripping:
    """The state of stripping one word: the chains stripped, and the readings they give."""

    __slots__ = ("_irregulars", "_min_length", "_rests", "_trie", "readings")

    def __init__(self, word: str, trie: SuffixTrie, irregulars: Irregulars) -> None:
        self._trie, self._irregulars = trie, irregulars
        self._min_length = _length_through_first_vowel(word)
        self._rests = {EMPTY_CHAIN: word}
        """Stripped chain -> the rest of the word, its sound laws undone."""
        self.readings = [Reading(word, "-", EMPTY_CHAIN)]
        self._strip_before(EMPTY_CHAIN)

    def _strip_before(self, chain: SuffixChain) -> None:
        """Strip all chains before `chain` that leave at least `_min_length` letters."""
        text, node = self._rests[chain], self._trie.root_before(chain)
        for start in range(len(text) - 1, self._min_length - 1, -1):
            child = node[text[start]]
            if child is None:
                return
            node = child
            if node.plain:
                self._strip_plain(node.plain, text[:start])
            if node.altering:
                self._strip_altering(node.altering, text[:start])

    def _strip_plain(self, chains: Sequence[SuffixChain], rest: str) -> None:
        """Strip the chains that may follow `rest` as it is."""
        profiles, rests = profile(rest), self._rests
        for chain in chains:
            if chain.stem_profiles & profiles and chain.outer in rests:
                rests[chain] = rest
                self._add_readings(rest, chain)

    def _strip_altering(self, chains: AlteringChains, rest: str) -> None:
        """Strip the chains before which a stem is spelled `rest` by a sound law."""
        for chain in chains.alternating.get(rest[-1], ()):
            self._strip(chain, self._undo_alternation(rest, chain))
        for chain in chains.fused:
            self._strip(chain, _undo_fusion(rest, chain))
        if chains.eliding and rest in self._irregulars.elisions:
            for chain in chains.eliding:
                self._strip(chain, self._irregulars.elisions[rest])
                if chain in self._rests:
                    self._strip_before(chain)

    def _strip(self, chain: SuffixChain, stem: str) -> None:
        """Strip a chain from `stem`, unless that is ``""`` or an outer suffix is not stripped."""
        if stem and chain.outer in self._rests:
            self._rests[chain] = stem
            self._add_readings(stem, chain)

    def _undo_alternation(self, rest: str, chain: SuffixChain) -> str:
        """Return the stem whose form before a vowel is `rest`, ``""`` if there is none."""
        allomorph = chain.suffixes[0]
        undone = undo_alternation(rest, allomorph.surface)
        if undone is None or not profile(undone[0]) & allomorph.stem_profiles or not may_alternate(*undone):
            return ""
        return undone[0]

    def _add_readings(self, stem: str, chain: SuffixChain) -> None:
        """Add the readings in which `stem` is the stem."""
        if len(stem) < _MIN_STEM_LENGTH:
            return
        if chain.sources & AS_NOUN:
            self.readings.append(self._noun_reading(stem, chain))
        if chain.sources & AS_VERB and stem[-1] in VERB_FINALS:
            self.readings.append(Reading(stem, "v", chain))
        if chain.sources & AS_NUMERAL and stem in self._irregulars.numerals:
            self.readings.append(Reading(stem, "n", chain))

    def _noun_reading(self, stem: str, chain: SuffixChain) -> Reading:
        if chain.suffixes[0].suffix.slot == "possessive3" and chain.outer:
            possessed = self._rests[chain.outer]
            if self._keeps_possessive(stem, possessed):
                return Reading(possessed, "n", _with_possessive_kept(chain.outer))
        return Reading(stem, "n", chain)

    def _keeps_possessive(self, stem: str, possessed: str) -> bool:
        """Return whether a possessive belongs to the stem: Байтұрсынұлы, отбасы."""
        return possessed in self._irregulars.inherent_possessives or _is_patronymic(stem)


def _is_patronymic(stem: str) -> bool:
    """Return whether a stem is a name with -ұл or -қыз, unlike the nouns айыппұл and бұлбұл."""
    return stem.endswith(PATRONYMICS) and len(stem) >= _MIN_PATRONYMIC_LENGTH and "n" not in read_roots().get(stem, "")


def may_alternate(stem: str, law: str) -> bool:
    """Return whether a stem may follow a law; ``ль~л`` holds of loans only.

    A loan is listed, or shows by a back vowel before і (фестивалі).
    """
    return law != "ль~л" or stem in read_roots() or not profile(stem[:-1]) & FRONT


def _undo_fusion(rest: str, chain: SuffixChain) -> str:
    """Return the stem spelled `rest` before a fused suffix, ``""`` if none is."""
    allomorph = chain.suffixes[0]
    stem = rest + allomorph.restored
    fits = allomorph.fusion and allomorph.fusion.applies_to(rest) and profile(stem) & allomorph.stem_profiles
    return stem if fits and may_fuse(rest) else ""


def may_fuse(rest: str) -> bool:
    """Return whether a verb may begin so: the у of Шойгу, the и of Зеленски are no suffixes."""
    return not _FOREIGN.search(rest)


@lru_cache(1000)
def _with_possessive_kept(chain: SuffixChain) -> SuffixChain:
    return replace(chain, laws=(*chain.laws, KEPT_POSSESSIVE))


def _length_through_first_vowel(word: str) -> int:
    """Return the length of the shortest stem of a word: each has a vowel."""
    vowel = _VOWEL.search(word)
    return vowel.end() if vowel else len(word)


@cache
def default_stripper() -> SuffixStripper:
    """Return the stripper by the tables of this package."""
    return SuffixStripper(read_suffixes(), read_irregulars())
