"""Chains of suffixes, and the tree of the endings that they make.

Words have countless stems and few endings: some five thousand end all words of an archive. So an ending is taken apart
once, not once a word. The tree has a node for each, read from its last letter backwards. A node is made when the first
word leads to it, and knows the chains of suffixes that are written so. It goes by the grammar alone: whether a chain
fits a stem by its sounds is seen where the two meet (`peeling`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from searchkit_analyzers.kazakh.morphotactics import INCOMPLETE, LOOPS, NOUN, NUMERAL, STATES, VERB, slot_of
from searchkit_analyzers.kazakh.phonology import CHANGES, ELISION, VOWELS
from searchkit_analyzers.kazakh.suffixes import Allomorph, Suffix, allomorphs

_BITS = {state: 1 << place for place, state in enumerate(STATES)}
AS_NOUN, AS_VERB, AS_NUMERAL = (_BITS[state] for state in (NOUN, VERB, NUMERAL))
_COMPLETE = sum(bit for state, bit in _BITS.items() if state not in INCOMPLETE)


class Joint(NamedTuple):
    """How a suffix joins its stem: by a sound law, or as it is."""

    law: str = ""
    """The name of the law, ``""`` for none."""
    written: str = ""
    """The letter that the law puts at the end of the stem ..."""
    restored: str = ""
    """... for these. Where a suffix is fused with its stem, no letter of theirs is left."""


NO_LAW = Joint()
ELIDED = Joint(ELISION)
"""Only the list of irregular words knows what such stems are."""


class SuffixPiece(NamedTuple):
    """An allomorph with one of its joints, and what the grammar says of it, in bits."""

    allomorph: Allomorph
    joint: Joint
    on: int
    leaves: int
    loops: bool


@dataclass(frozen=True, slots=True, eq=False)
class SuffixChain:
    """Suffixes that end a word, and all other words that end so."""

    suffixes: tuple[Allomorph, ...] = ()
    """From the stem outwards."""
    laws: tuple[str, ...] = ()
    """Names of the sound laws that are to be undone."""
    joint: Joint = NO_LAW
    """How the first suffix joins the stem."""
    after: int = 0
    """Bits of the profiles (`sounds.profile`) of the stems that it may follow."""
    on: int = _COMPLETE
    """Bits of the states that the word may be in without the chain."""
    looped: bool = False
    """Whether a loop is passed."""
    outer: SuffixChain | None = None
    """The chain without its first suffix."""
    order: tuple[int, ...] = (0, 0)
    """Decides between equals: fewer suffixes come first, then those with longer ones at the end of the word."""


WHOLE = SuffixChain()
"""The chain of a word from which nothing is taken off."""


class _Branch:
    """A node of the tree of single suffixes, read from their last letter backwards."""

    __slots__ = ("before", "pieces", "reaches")

    def __init__(self) -> None:
        self.before: dict[str, _Branch] = {}
        self.pieces: list[tuple[int, SuffixPiece]] = []
        """The suffixes that are read to their first letter, each with its place in the list of all."""
        self.reaches = 0
        """The states in which any suffix from here on leaves a word, in bits."""

    def add(self, place: int, piece: SuffixPiece) -> None:
        """Put a suffix where it belongs."""
        branch = self
        for letter in reversed(piece.allomorph.surface):
            branch = branch.before.setdefault(letter, _Branch())
            branch.reaches |= piece.leaves
        branch.pieces.append((place, piece))

    def longer(self, letter: str, states: int) -> _Branch | None:
        """Read one letter more of suffixes that leave a word in one of these states."""
        longer = self.before.get(letter)
        return longer if longer is not None and longer.reaches & states else None


_Begun = tuple[SuffixChain, _Branch]
"""A chain, and how far one more suffix before it has been read."""


class ByLaw(NamedTuple):
    """Chains before which the stem is written otherwise than by itself."""

    changed: Mapping[str, Sequence[SuffixChain]]
    """By the letter in which it is written to end."""
    fused: Sequence[SuffixChain]
    elided: Sequence[SuffixChain]


class TrieNode(dict[str, "TrieNode | None"]):
    """An ending. Under each letter is the one that has this letter before it, or None where no suffix goes on so."""

    __slots__ = ("_begun", "_grow", "by_law", "plain")

    def __init__(
        self, chains: Sequence[SuffixChain], begun: list[_Begun], grow: Callable[[list[_Begun]], TrieNode]
    ) -> None:
        self._begun, self._grow = begun, grow
        self.plain = tuple(chain for chain in chains if chain.joint is NO_LAW)
        """The chains that are written so, where the stem is as it is by itself."""
        self.by_law = _by_law(chains) if len(chains) > len(self.plain) else None
        """Those where it is not."""

    def __missing__(self, letter: str) -> TrieNode | None:
        begun = [(chain, longer) for chain, branch in self._begun if (longer := branch.longer(letter, chain.on))]
        self[letter] = ending = self._grow(begun) if begun else None
        return ending


def _by_law(chains: Iterable[SuffixChain]) -> ByLaw:
    changed: dict[str, list[SuffixChain]] = {}
    for chain in chains:
        if chain.joint.written:
            changed.setdefault(chain.joint.written, []).append(chain)
    fused = [chain for chain in chains if chain.suffixes[0].fusion is not None]
    return ByLaw(changed, fused, [chain for chain in chains if chain.joint is ELIDED])


class SuffixTrie:
    """The tree of the endings that words were found to have, and what it grows from."""

    def __init__(self, suffixes: Iterable[Suffix]) -> None:
        pieces = [piece for suffix in suffixes for piece in _pieces(suffix)]
        self._suffixes = _Branch()
        for place, piece in enumerate(sorted(pieces, key=lambda piece: len(piece.allomorph.surface))):
            self._suffixes.add(place, piece)
        self.before = cache(self._before)
        self.size = 0
        """How many endings there are."""

    def _before(self, chain: SuffixChain) -> TrieNode:
        """Return the empty ending, to which whatever may stand before a chain is added letter by letter."""
        return self._ending((), [(chain, self._suffixes)])

    def _ending(self, chains: Sequence[SuffixChain], begun: list[_Begun]) -> TrieNode:
        self.size += 1
        return TrieNode(chains, begun, self._longer)

    def _longer(self, begun: list[_Begun]) -> TrieNode:
        chains = [
            _lengthened(chain, piece, place)
            for chain, branch in begun
            for place, piece in branch.pieces
            if piece.leaves & chain.on and not (chain.looped and piece.loops)
        ]
        return self._ending(chains, begun + [(chain, branch) for chain in chains for branch in self._next(chain)])

    def _next(self, chain: SuffixChain) -> Iterator[_Branch]:
        """Yield where to begin to read the suffixes that may stand before a chain, if there are any."""
        joint = chain.joint
        branch = self._suffixes if joint is not ELIDED else None
        for letter in reversed(joint.restored):
            branch = branch and branch.longer(letter, chain.on)
        if branch and joint.written:
            changed = _Branch()
            changed.before[joint.written] = branch
            yield changed
        elif branch:
            yield branch


def _pieces(suffix: Suffix) -> Iterator[SuffixPiece]:
    """Yield a suffix in all its spellings, each with all its joints."""
    on, leaves = slot_of(suffix.slot, suffix.gloss, suffix.on)
    bits = sum(_BITS[state] for state in on)
    for allomorph in allomorphs(suffix, fusing=VERB in on):
        for joint in _joints(allomorph):
            yield SuffixPiece(allomorph, joint, bits, _BITS[leaves], leaves in LOOPS)


def _joints(allomorph: Allomorph) -> Iterator[Joint]:
    if allomorph.fusion is not None:
        yield Joint(allomorph.fusion.name, restored=allomorph.restored)
        return
    yield NO_LAW
    if allomorph.surface[0] in VOWELS:
        laws = (law for law in CHANGES if allomorph.surface.startswith(law.before))
        yield from (Joint(law.name, law.surface, law.stem) for law in laws)
        yield ELIDED


def _lengthened(chain: SuffixChain, piece: SuffixPiece, place: int) -> SuffixChain:
    """Return a chain with one more suffix before it."""
    return SuffixChain(
        (piece.allomorph, *chain.suffixes),
        (piece.joint.law, *chain.laws) if piece.joint.law else chain.laws,
        piece.joint,
        piece.allomorph.after,
        piece.on,
        chain.looped or piece.loops,
        chain,
        (chain.order[0] + 1, *chain.order[1:-1], -chain.order[-1], place),
    )
