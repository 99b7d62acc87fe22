"""Peel a word from its end, as grammar and sounds allow, and collect every reading.

The tree of endings (`chains`) knows which chains of suffixes the grammar allows. A chain can be taken off a word if its
last suffixes can, and if its first one may follow what is left. That is seen here: sounds are compared, sound laws
undone, and lists of irregular words asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from searchkit_analyzers.kazakh.irregular import Irregulars, read_irregulars
from searchkit_analyzers.kazakh.morphotactics import KEPT_POSSESSIVE, PATRONYMICS, VERB_FINALS
from searchkit_analyzers.kazakh.phonology import FRONT, VOWELS, fusion_holds, profile, undo_changes
from searchkit_analyzers.kazakh.suffix_trie import AS_NOUN, AS_NUMERAL, AS_VERB, WHOLE, ByLaw, SuffixChain, SuffixTrie
from searchkit_analyzers.kazakh.suffixes import Allomorph, Suffix, read_suffixes

_MOST_ENDINGS = 100_000
"""Endings to remember, before all are forgotten: ten times as many as the words of an archive have."""


class Reading(NamedTuple):
    """One way to read a word: its stem, the stem's part of speech, and the chain of suffixes after it."""

    stem: str
    part: str
    """``"n"`` (a noun or adjective), ``"v"`` (a verb), or ``"-"``: the word itself with nothing taken off."""
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
    """Reads words by the grammar. Remembers endings, but no words."""

    def __init__(self, suffixes: tuple[Suffix, ...], irregulars: Irregulars) -> None:
        self._suffixes, self._irregulars = suffixes, irregulars
        self._endings = SuffixTrie(suffixes)

    def readings(self, word: str) -> list[Reading]:
        """Return every reading of a word; the first is the word itself."""
        if self._endings.size > _MOST_ENDINGS:
            self._endings = SuffixTrie(self._suffixes)
        return _Peeling(word, self._endings, self._irregulars).readings


class _Peeling:
    """A word, and what has been taken off it."""

    __slots__ = ("_endings", "_irregulars", "_left", "_shortest", "readings")

    def __init__(self, word: str, endings: SuffixTrie, irregulars: Irregulars) -> None:
        self._endings, self._irregulars = endings, irregulars
        self._shortest = _through_first_vowel(word)
        self._left = {WHOLE: word}
        """By chain that may be taken off: what is left of the word, its end as it is by itself."""
        self.readings = [Reading(word, "-", WHOLE)]
        self._peel(WHOLE)

    def _peel(self, chain: SuffixChain) -> None:
        """Find all that stands before a chain: `_shortest` letters or more are left."""
        text, ending = self._left[chain], self._endings.before(chain)
        for start in range(len(text) - 1, self._shortest - 1, -1):
            longer = ending[text[start]]
            if longer is None:
                return
            ending = longer
            if ending.plain:
                self._take_off(ending.plain, text[:start])
            if ending.by_law:
                self._undo_laws(ending.by_law, text[:start])

    def _take_off(self, chains: Sequence[SuffixChain], rest: str) -> None:
        """Take off those chains that may follow what is left."""
        sounds, left = profile(rest), self._left
        for chain in chains:
            if chain.after & sounds and chain.outer in left:
                left[chain] = rest
                self._read(rest, chain)

    def _undo_laws(self, chains: ByLaw, rest: str) -> None:
        """Take off those chains before which `rest` may be another stem by itself."""
        for chain in chains.changed.get(rest[-1], ()):
            self._restore(chain, self._unchanged(rest, chain))
        for chain in chains.fused:
            self._restore(chain, _unfused(rest, chain))
        if chains.elided and rest in self._irregulars.elisions:
            for chain in chains.elided:
                self._restore(chain, self._irregulars.elisions[rest])
                if chain in self._left:
                    self._peel(chain)

    def _restore(self, chain: SuffixChain, stem: str) -> None:
        """Take a chain off, if it can be, and leave a stem; ``""`` is none."""
        if stem and chain.outer in self._left:
            self._left[chain] = stem
            self._read(stem, chain)

    def _unchanged(self, rest: str, chain: SuffixChain) -> str:
        """Return the stem of which `rest` is the form before a vowel, ``""`` if there is none."""
        allomorph = chain.suffixes[0]
        changed = undo_changes(rest, allomorph.surface)
        if changed is None or not profile(changed[0]) & allomorph.after or not self._may_change(*changed):
            return ""
        return changed[0]

    def _may_change(self, stem: str, law: str) -> bool:
        """A soft sign is given back to listed stems, or where back л before і shows a loan (фестивалі)."""
        return law != "ль~л" or stem in self._irregulars.soft or not profile(stem[:-1]) & FRONT

    def _read(self, stem: str, chain: SuffixChain) -> None:
        """Add the readings for which what is left is a stem. A stem has two letters or more."""
        if len(stem) < 2:
            return
        if chain.on & AS_NOUN:
            self.readings.append(self._as_noun(stem, chain))
        if chain.on & AS_VERB and stem[-1] in VERB_FINALS:
            self.readings.append(Reading(stem, "v", chain))
        if chain.on & AS_NUMERAL and stem in self._irregulars.numerals:
            self.readings.append(Reading(stem, "n", chain))

    def _as_noun(self, stem: str, chain: SuffixChain) -> Reading:
        if chain.suffixes[0].suffix.slot == "possessive3" and chain.outer:
            whole = self._left[chain.outer]
            if self._keeps_possessive(stem, whole):
                return Reading(whole, "n", _with_possessive_kept(chain.outer))
        return Reading(stem, "n", chain)

    def _keeps_possessive(self, stem: str, whole: str) -> bool:
        """Whether `whole`, the stem with its suffix, is a name like Байтұрсынұлы or a noun like отбасы."""
        return whole in self._irregulars.possessed or (stem.endswith(PATRONYMICS) and len(stem) > _LONGEST_KIN + 2)


def _unfused(rest: str, chain: SuffixChain) -> str:
    """Return the stem that is written as `rest` where it is fused with its suffix, ``""`` if there is none."""
    allomorph = chain.suffixes[0]
    stem = rest + allomorph.restored
    fits = allomorph.fusion and fusion_holds(allomorph.fusion, rest) and profile(stem) & allomorph.after
    return stem if fits else ""


@lru_cache(1000)
def _with_possessive_kept(chain: SuffixChain) -> SuffixChain:
    return replace(chain, laws=(*chain.laws, KEPT_POSSESSIVE))


def _through_first_vowel(word: str) -> int:
    """Return how many letters of a word any stem of it has at least: it has a vowel."""
    vowel = _VOWEL.search(word)
    return vowel.end() if vowel else len(word)


_VOWEL = re.compile(f"[{''.join(sorted(VOWELS))}]")
_LONGEST_KIN = max(map(len, PATRONYMICS))


@cache
def read_peeler() -> SuffixStripper:
    """Return the peeler of this package's tables."""
    return SuffixStripper(read_suffixes(), read_irregulars())
