"""Choose among the readings of a word: the one whose features cost least.

The costs are in `costs.tsv`, one a line. A reading pays for each suffix it takes off, for an unlikely stem (short,
or with an ending that Kazakh stems of its part of speech seldom have) and for each sound law it undoes; it is paid
back for a stem among the common roots. Text statistics (how many different suffixes a stem was met with) belong
here too: another feature, another line of costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from searchkit_analyzers.kazakh.grammar import STEM_PARTS
from searchkit_analyzers.kazakh.peeling import Reading
from searchkit_analyzers.kazakh.tables import rows

_HARMONIC = str.maketrans("аеыіқкғг", "AAYYKKGG")
"""Endings are compared without their harmony, in the notation of ``suffixes.tsv``: -лық and -лік are лYK."""
_LONG = 7
"""Stems this long or longer pay the same."""
MARGIN = 0.7
"""Readings this close to the cheapest are as likely as not. A larger margin brings more forms together, and words."""
_MANY = 5
"""So do chains of so many suffixes or more."""


def read_costs() -> dict[str, float]:
    """Read the costs of features by name: ``suffix:PL``, or with a part of speech ``length:n:4``."""
    found: dict[str, float] = {}
    for kind, what, *costs in rows("costs.tsv"):
        names = [f"{kind}:{what}"] if len(costs) == 1 else [f"{kind}:{part}:{what}" for part in "nv-"]
        found |= dict(zip(names, map(float, costs), strict=True))
    return found


def read_roots() -> dict[str, str]:
    """Read the common roots with their parts of speech."""
    return dict(rows("roots.tsv"))


class Choice:
    """The costs of features, and what they need to know."""

    def __init__(self, costs: Mapping[str, float], roots: Mapping[str, str]) -> None:
        self._costs = costs
        self._roots = roots
        self._endings = {feature.split(":")[2] for feature in costs if feature.startswith("ends:")}
        self._longest = max(map(len, self._endings), default=1)

    def features(self, reading: Reading, word: str) -> Iterator[str]:
        """Yield the names of the features of a reading of `word`."""
        yield from self._stem_features(reading.stem, reading.part)
        yield f"chain:{min(len(reading.suffixes), _MANY)}"
        for allomorph in reading.suffixes:
            yield f"suffix:{allomorph.suffix.gloss}"
        for law in reading.laws:
            yield f"law:{law}"
        if len(reading.suffixes) > 1 and self._passes_root(reading, word):
            yield "chain:past a root"

    def _stem_features(self, stem: str, part: str) -> Iterator[str]:
        yield f"length:{part}:{min(len(stem), _LONG)}"
        yield self._root(stem, part)
        end = stem[-self._longest :].translate(_HARMONIC)
        for start in range(len(end)):
            ending = end[start:]
            if ending in self._endings:
                yield f"ends:{part}:{ending}"

    def _root(self, stem: str, part: str) -> str:
        parts = self._roots.get(stem, "")
        if not parts:
            return f"root:{part}:unlisted"
        if parts == "x":
            return f"root:{part}:invariable"
        return f"root:{part}:{'listed' if _fits(parts, part) else 'other part'}"

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
        """Return what a reading of `word` costs; lower is better."""
        costs = self._costs
        return sum(costs.get(feature, 0.0) for feature in self.features(reading, word))

    def best(self, readings: Sequence[Reading]) -> list[Reading]:
        """Return the cheapest reading and those that cost at most `MARGIN` more, the cheapest first.

        Of equal ones the first comes first, so that a word is left as it is in doubt.
        """
        if len(readings) == 1:
            return list(readings)
        whole = readings[0].stem
        ranked = sorted((self.cost(reading, whole), place) for place, reading in enumerate(readings))
        return [readings[place] for cost, place in ranked if cost <= ranked[0][0] + MARGIN]


def _fits(parts: str, part: str) -> bool:
    """Whether a root with these parts of speech in `roots.tsv` may be one of `part`: adjectives inflect as nouns."""
    return "v" in parts if part == "v" else "n" in parts or "a" in parts


@cache
def read_choice() -> Choice:
    """Return the choice by the tables of this package."""
    return Choice(read_costs(), read_roots())
