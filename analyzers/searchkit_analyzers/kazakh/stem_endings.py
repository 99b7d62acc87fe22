"""A trie of stem endings with costs, which ignores vowel harmony.

Endings are in the notation of ``suffixes.tsv``: -лық and -лік are both лYK.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

_ARCHIPHONEMES = {"A": "ае", "Y": "ыі", "K": "қк", "G": "ғг"}
IGNORE_HARMONY = str.maketrans(
    {letter: symbol for symbol, letters in _ARCHIPHONEMES.items() for letter in letters},
)
"""Letters that harmony exchanges -> the archiphoneme for both, as a table for `str.translate`."""


class StemEnding(dict[str, "StemEnding"]):
    """A node of the trie: by letter before it, the longer ending.

    Letters that harmony exchanges share a child.
    """

    __slots__ = ("cost", "endings")

    def __init__(self, endings: tuple[str, ...] = (), cost: int = 0) -> None:
        self.endings = endings
        """This ending and the shorter ones that it ends in, as far as they have a cost."""
        self.cost = cost
        """The sum of their costs, in thousandths."""

    def longest(self, stem: str) -> StemEnding:
        """Return the longest ending of a stem."""
        node = self
        for letter in reversed(stem):
            child = node.get(letter)
            if child is None:
                break
            node = child
        return node

    def extend(self, symbol: str) -> StemEnding:
        """Return the ending with one more symbol before it; create it if it is new."""
        letters = _ARCHIPHONEMES.get(symbol, symbol)
        if letters[0] not in self:
            self.update(dict.fromkeys(letters, StemEnding(self.endings, self.cost)))
        return self[letters[0]]


def build_trie(costs: Mapping[str, int]) -> StemEnding:
    """Return the root of the trie of `costs`: ending -> cost in thousandths."""
    root = StemEnding()
    # Short endings first: a longer one inherits their costs.
    for ending in sorted(filter(_ignores_harmony, costs), key=len):
        node = reduce(StemEnding.extend, reversed(ending), root)
        node.endings += (ending,)
        node.cost += costs[ending]
    return root


def _ignores_harmony(ending: str) -> bool:
    """Return whether an ending is in the notation in which stems are compared."""
    return ending == ending.translate(IGNORE_HARMONY)
