"""Chains of suffixes, and a trie of the word endings that they spell.

Words have countless stems but few endings: some five thousand end all words of an archive. So the
trie takes an ending apart once, not once a word. Its nodes are endings, read from the last letter
backwards. The first word with an ending creates its node, which knows all suffix chains that are
spelled so. The trie follows the grammar alone; the sounds of stem and chain are compared where
they meet (`suffix_stripper`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from searchkit_analyzers.kazakh.morphotactics import (
    INCOMPLETE_STATES,
    LOOP_STATES,
    NOUN,
    NUMERAL,
    STATES,
    VERB,
    transition,
)
from searchkit_analyzers.kazakh.phonology import ALTERNATIONS, ELISION, VOWELS
from searchkit_analyzers.kazakh.suffixes import Allomorph, Suffix, allomorphs

_STATE_BITS = {state: 1 << index for index, state in enumerate(STATES)}
AS_NOUN, AS_VERB, AS_NUMERAL = (_STATE_BITS[state] for state in (NOUN, VERB, NUMERAL))
_LOOPS = sum(_STATE_BITS[state] for state in LOOP_STATES)
_COMPLETE = sum(bit for state, bit in _STATE_BITS.items() if state not in INCOMPLETE_STATES)


class Juncture(NamedTuple):
    """The boundary of stem and suffix, with the sound law that changes it."""

    law: str = ""
    """The name of the sound law, ``""`` for none."""
    written: str = ""
    """The last letter of the stem as written. Fusion leaves none of it."""
    restored: str = ""
    """The last letters of the stem by itself."""


UNCHANGED = Juncture()
ELIDED = Juncture(ELISION)
"""The stem has lost a vowel; only the list of irregular words knows which one."""


class SuffixTransition(NamedTuple):
    """An allomorph with one of its junctures, as a transition between states of the word."""

    allomorph: Allomorph
    juncture: Juncture
    sources: int
    """Bits of the states that it attaches to."""
    target: int
    """Bit of the state that it leaves the word in."""
    loop: int
    """Bit of the loop of the grammar that it passes, 0 for none."""


@dataclass(frozen=True, slots=True, eq=False)
class SuffixChain:
    """A sequence of suffixes that ends a word."""

    suffixes: tuple[Allomorph, ...] = ()
    """From the stem outwards."""
    laws: tuple[str, ...] = ()
    """Names of the sound laws that stripping it undoes."""
    juncture: Juncture = UNCHANGED
    """The boundary of the stem and the first suffix."""
    stem_profiles: int = 0
    """Bits of the profiles (`phonology.profile`) of the stems that it may follow."""
    sources: int = _COMPLETE
    """Bits of the states that the word may be in without the chain."""
    loops: int = 0
    """Bits of the loops of the grammar that the chain has passed."""
    outer: SuffixChain | None = None
    """The chain without its first suffix."""
    order: tuple[int, ...] = (0, 0)
    """Sorts chains of equal cost: fewer suffixes first, then longer ones at the word's end."""


EMPTY_CHAIN = SuffixChain()
"""The chain of a word from which nothing is stripped."""


class _SuffixNode:
    """A node of the trie of single suffixes, read from their last letter backwards."""

    __slots__ = ("children", "targets", "transitions")

    def __init__(self) -> None:
        self.children: dict[str, _SuffixNode] = {}
        self.transitions: list[tuple[int, SuffixTransition]] = []
        """Suffixes read to their first letter, each with its rank among all suffixes."""
        self.targets = 0
        """Bits of the states in which the suffixes below this node leave a word."""

    def add(self, rank: int, suffix: SuffixTransition) -> None:
        """Add a suffix below this node."""
        node = self
        for letter in reversed(suffix.allomorph.surface):
            node = node.children.setdefault(letter, _SuffixNode())
            node.targets |= suffix.target
        node.transitions.append((rank, suffix))

    def child(self, letter: str, states: int) -> _SuffixNode | None:
        """Return the child if a suffix below it leaves a word in `states`."""
        child = self.children.get(letter)
        return child if child is not None and child.targets & states else None


_PartialChain = tuple[SuffixChain, _SuffixNode]
"""A chain, and the node of the suffix before it that has been read in part."""


class AlteringChains(NamedTuple):
    """Chains before which a stem is spelled otherwise than by itself."""

    alternating: Mapping[str, Sequence[SuffixChain]]
    """By the last letter of the stem as written."""
    fused: Sequence[SuffixChain]
    eliding: Sequence[SuffixChain]


class TrieNode(dict[str, "TrieNode | None"]):
    """An ending of words; its children, by letter, are the endings one letter longer.

    A child is None where no suffix goes on with that letter.
    """

    __slots__ = ("_grow", "_partial", "altering", "plain")

    def __init__(
        self,
        chains: Sequence[SuffixChain],
        partial: list[_PartialChain],
        grow: Callable[[list[_PartialChain]], TrieNode],
    ) -> None:
        self._partial, self._grow = partial, grow
        self.plain = tuple(chain for chain in chains if chain.juncture is UNCHANGED)
        """The chains with this spelling that leave the stem unchanged."""
        self.altering = _altering_chains(chains) if len(chains) > len(self.plain) else None
        """The chains with this spelling that change the stem, if there are any."""

    def __missing__(self, letter: str) -> TrieNode | None:
        partial = [(chain, child) for chain, node in self._partial if (child := node.child(letter, chain.sources))]
        self[letter] = node = self._grow(partial) if partial else None
        return node


def _altering_chains(chains: Iterable[SuffixChain]) -> AlteringChains:
    alternating: dict[str, list[SuffixChain]] = {}
    for chain in chains:
        if chain.juncture.written:
            alternating.setdefault(chain.juncture.written, []).append(chain)
    fused = [chain for chain in chains if chain.suffixes[0].fusion is not None]
    return AlteringChains(alternating, fused, [chain for chain in chains if chain.juncture is ELIDED])


class SuffixTrie:
    """A trie of word endings, which grows with the words looked up."""

    def __init__(self, suffixes: Iterable[Suffix]) -> None:
        transitions = [each for suffix in suffixes for each in _transitions(suffix)]
        self._suffixes = _SuffixNode()
        for rank, suffix in enumerate(sorted(transitions, key=lambda each: len(each.allomorph.surface))):
            self._suffixes.add(rank, suffix)
        self.root_before = cache(self._root_before)
        self.size = 0
        """The number of nodes."""

    def _root_before(self, chain: SuffixChain) -> TrieNode:
        """Return the root of the endings that may stand before a chain."""
        return self._node((), [(chain, self._suffixes)])

    def _node(self, chains: Sequence[SuffixChain], partial: list[_PartialChain]) -> TrieNode:
        self.size += 1
        return TrieNode(chains, partial, self._grow)

    def _grow(self, partial: list[_PartialChain]) -> TrieNode:
        """Return the node of the endings that these partial chains have reached."""
        chains = [
            _prepend(chain, suffix, rank)
            for chain, node in partial
            for rank, suffix in node.transitions
            if suffix.target & chain.sources and not chain.loops & suffix.loop
        ]
        return self._node(chains, partial + [(chain, node) for chain in chains for node in self._starts(chain)])

    def _starts(self, chain: SuffixChain) -> Iterator[_SuffixNode]:
        """Yield the start node of the suffixes that may precede a chain."""
        juncture = chain.juncture
        node = self._suffixes if juncture is not ELIDED else None
        for letter in reversed(juncture.restored):
            node = node and node.child(letter, chain.sources)
        if node and juncture.written:
            changed = _SuffixNode()
            changed.children[juncture.written] = node
            yield changed
        elif node:
            yield node


def _transitions(suffix: Suffix) -> Iterator[SuffixTransition]:
    """Yield all spellings of a suffix, each with all its junctures."""
    states, target = transition(suffix.slot, suffix.gloss, suffix.attaches_to)
    sources = sum(_STATE_BITS[state] for state in states)
    for allomorph in allomorphs(suffix, fusing=VERB in states):
        for juncture in _junctures(allomorph):
            yield SuffixTransition(allomorph, juncture, sources, _STATE_BITS[target], _LOOPS & _STATE_BITS[target])


def _junctures(allomorph: Allomorph) -> Iterator[Juncture]:
    if allomorph.fusion is not None:
        yield Juncture(allomorph.fusion.name, restored=allomorph.restored)
        return
    yield UNCHANGED
    if allomorph.surface[0] in VOWELS:
        laws = (law for law in ALTERNATIONS if allomorph.surface.startswith(law.before))
        yield from (Juncture(law.name, law.surface, law.stem) for law in laws)
        yield ELIDED


def _prepend(chain: SuffixChain, suffix: SuffixTransition, rank: int) -> SuffixChain:
    """Return a chain with one more suffix before it."""
    return SuffixChain(
        suffixes=(suffix.allomorph, *chain.suffixes),
        laws=(suffix.juncture.law, *chain.laws) if suffix.juncture.law else chain.laws,
        juncture=suffix.juncture,
        stem_profiles=suffix.allomorph.stem_profiles,
        sources=suffix.sources,
        loops=chain.loops | suffix.loop,
        outer=chain,
        order=(chain.order[0] + 1, *chain.order[1:-1], -chain.order[-1], rank),
    )
