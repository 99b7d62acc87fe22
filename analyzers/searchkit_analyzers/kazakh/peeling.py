"""Peel a word from its end, suffix by suffix, as the grammar allows, and collect every reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from searchkit_analyzers.kazakh.grammar import (
    INCOMPLETE,
    KEPT_POSSESSIVE,
    LOOPS,
    NOUN,
    NUMERAL,
    PATRONYMICS,
    STATES,
    VERB,
    VERB_FINALS,
    slot_of,
)
from searchkit_analyzers.kazakh.irregular import Irregulars, read_irregulars
from searchkit_analyzers.kazakh.sounds import ELISION, FRONT, VOWELS, fusion_holds, profile, undo_changes
from searchkit_analyzers.kazakh.suffixes import Allomorph, Suffix, allomorphs, read_suffixes

MOST_STEPS = 400
"""A bound for made-up words such as дандандандан..; real words take about ten steps."""


class Piece(NamedTuple):
    """An allomorph with what the grammar says of it, in bits."""

    allomorph: Allomorph
    on: int
    leaves: int
    loops: bool


class Reading(NamedTuple):
    """One way to read a word: its stem, the stem's part of speech, and the suffixes from the stem outwards."""

    stem: str
    part: str
    """``"n"`` (a noun or adjective), ``"v"`` (a verb), or ``"-"``: the word itself with nothing taken off."""
    suffixes: tuple[Allomorph, ...] = ()
    laws: tuple[str, ...] = ()
    """Names of the sound laws that were undone."""

    @property
    def analysis(self) -> str:
        """The stem and the glosses of its suffixes: ``бала+PL+GEN``."""
        return "+".join((self.stem, *(piece.suffix.gloss for piece in self.suffixes)))


_Step = tuple[str, int, tuple[Allomorph, ...], tuple[str, ...], bool]
"""What is left of a word, the states it may be in, the suffixes that were taken off, the laws that were undone, and
whether a loop was passed. A plain tuple, since many are made for each word."""


class _Ending:
    """A node of the tree of suffixes, read from their last letter backwards."""

    __slots__ = ("before", "leaves", "pieces", "reaches")

    def __init__(self) -> None:
        self.before: dict[str, _Ending] = {}
        self.pieces: list[Piece] = []
        self.leaves = 0
        """The states in which any of the pieces leaves a word."""
        self.reaches = 0
        """The same of this node and all those below it."""


class Peeler:
    """Reads words by the grammar. Built once; holds no text."""

    def __init__(self, suffixes: tuple[Suffix, ...], irregulars: Irregulars) -> None:
        self._irregulars = irregulars
        self._bits = {state: 1 << place for place, state in enumerate(STATES)}
        self._noun, self._verb, self._numeral = (self._bits[state] for state in (NOUN, VERB, NUMERAL))
        self._complete = sum(bit for state, bit in self._bits.items() if state not in INCOMPLETE)
        self._endings = _Ending()
        for suffix in suffixes:
            self._add(suffix)

    def _add(self, suffix: Suffix) -> None:
        on, leaves = slot_of(suffix.slot, suffix.gloss, suffix.on)
        bits = sum(self._bits[state] for state in on)
        fusing = bool(bits & self._verb)
        for allomorph in allomorphs(suffix, fusing):
            ending = self._endings
            for letter in reversed(allomorph.surface):
                ending = ending.before.setdefault(letter, _Ending())
                ending.reaches |= self._bits[leaves]
            ending.pieces.append(Piece(allomorph, bits, self._bits[leaves], leaves in LOOPS))
            ending.leaves |= self._bits[leaves]

    def readings(self, word: str) -> list[Reading]:
        """Return every reading of a word; the first is the word itself."""
        found = [Reading(word, "-")]
        shortest = _through_first_vowel(word)
        stack: list[_Step] = [(word, self._complete, (), (), False)]
        for _ in range(MOST_STEPS):
            if not stack:
                break
            step = stack.pop()
            for shorter in self._shorter(step, shortest):
                found += self._roots(shorter, step)
                rest, wanted, *_ = shorter
                ending = self._endings.before.get(rest[-1])
                if ending is not None and ending.reaches & wanted:  # more may come off
                    stack.append(shorter)
        return found

    def _shorter(self, step: _Step, shortest: int) -> Iterator[_Step]:
        """Yield what may be left when one more suffix is taken off: `shortest` letters or more."""
        text, wanted, suffixes, laws, looped = step
        ending = self._endings
        for start in range(len(text) - 1, shortest - 1, -1):
            longer = ending.before.get(text[start])
            if longer is None or not longer.reaches & wanted:
                return
            ending = longer
            if not ending.leaves & wanted:
                continue
            rest = text[:start]
            profile_of_rest = profile(rest)
            for allomorph, on, leaves, loops in ending.pieces:
                if leaves & wanted and not (looped and loops):
                    for base, law in self._bases(rest, profile_of_rest, allomorph):
                        more_laws = (law, *laws) if law else laws
                        yield base, on, (allomorph, *suffixes), more_laws, looped or loops

    def _bases(self, rest: str, profile_of_rest: int, allomorph: Allomorph) -> list[tuple[str, str]]:
        """Return what the suffix may have joined, with the sound law that is undone (``""`` for none)."""
        if allomorph.fusion is not None:
            base = rest + allomorph.restored
            fits = fusion_holds(allomorph.fusion, rest) and profile(base) & allomorph.after
            return [(base, allomorph.fusion.name)] if fits else []
        plain = [(rest, "")] if profile_of_rest & allomorph.after else []
        return plain + self._changed_bases(rest, allomorph) if allomorph.surface[0] in VOWELS else plain

    def _changed_bases(self, rest: str, allomorph: Allomorph) -> list[tuple[str, str]]:
        """Return the stems of which `rest` is the form before a vowel."""
        found = []
        changed = undo_changes(rest, allomorph.surface)
        if changed is not None and profile(changed[0]) & allomorph.after and self._may_change(*changed):
            found.append(changed)
        full = self._irregulars.elisions.get(rest)
        if full is not None:
            found.append((full, ELISION))
        return found

    def _may_change(self, stem: str, law: str) -> bool:
        """A soft sign is given back to listed stems, or where back л before і shows a loan (фестивалі)."""
        return law != "ль~л" or stem in self._irregulars.soft or not profile(stem[:-1]) & FRONT

    def _roots(self, shorter: _Step, step: _Step) -> list[Reading]:
        """Return the readings for which what is left is a stem. A stem has two letters or more."""
        stem, wanted, suffixes, laws, _ = shorter
        whole, _, suffixes_of_whole, laws_of_whole, _ = step
        found: list[Reading] = []
        if len(stem) < 2:
            return found
        if wanted & self._noun and self._keeps_possessive(stem, suffixes[0], whole):
            found.append(Reading(whole, "n", suffixes_of_whole, (*laws_of_whole, KEPT_POSSESSIVE)))
        elif wanted & self._noun:
            found.append(Reading(stem, "n", suffixes, laws))
        if wanted & self._numeral and stem in self._irregulars.numerals:
            found.append(Reading(stem, "n", suffixes, laws))
        if wanted & self._verb and stem[-1] in VERB_FINALS:
            found.append(Reading(stem, "v", suffixes, laws))
        return found

    def _keeps_possessive(self, stem: str, suffix: Allomorph, whole: str) -> bool:
        """Whether `whole`, the stem with its suffix, is a name like Байтұрсынұлы or a noun like отбасы."""
        if suffix.suffix.slot != "possessive3":
            return False
        return whole in self._irregulars.possessed or (stem.endswith(PATRONYMICS) and len(stem) > _LONGEST_KIN + 2)


def _through_first_vowel(word: str) -> int:
    """Return how many letters of a word any stem of it has at least: it has a vowel."""
    vowel = _VOWEL.search(word)
    return vowel.end() if vowel else len(word)


_VOWEL = re.compile(f"[{''.join(sorted(VOWELS))}]")
_LONGEST_KIN = max(map(len, PATRONYMICS))


@cache
def read_peeler() -> Peeler:
    """Return the peeler of this package's tables."""
    return Peeler(read_suffixes(), read_irregulars())
