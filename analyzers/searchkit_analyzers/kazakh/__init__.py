"""Kazakh: stems by a grammar of suffix slots and sound laws, chosen among by a table of costs.

1. *Peel*: read the word from its end, suffix by suffix, as the slots (`grammar`) and sound laws (`sounds`) allow;
2. *choose* the cheapest reading (`choice`, ``costs.tsv``), and a second one where it costs hardly more; pronouns and
   contractions come from ``irregular.tsv``;
3. back the stem with a coarse key, for words whose forms the choice does not bring together.

>>> KAZAKH.stem("балаларымызға")
'бала'
>>> KAZAKH.explain("балаларымызға")[0].analysis
'бала+PL+1PL.POSS+DAT'
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import NamedTuple

from searchkit_analyzers.kazakh.disambiguation import read_choice
from searchkit_analyzers.kazakh.hyphenated import is_suffix
from searchkit_analyzers.kazakh.irregular import read_irregulars
from searchkit_analyzers.kazakh.suffix_stripper import Reading, read_peeler
from searchkit_analyzers.kazakh.suffix_trie import WHOLE
from searchkit_analyzers.kazakh.tables import fingerprint
from searchkit_analyzers.token import Terms

__all__ = ["KAZAKH", "Explanation", "KazakhMorphology", "is_suffix"]

_SHORTEST_ANALYSED = 3
"""Of one or two letters nothing is taken off: ат is not а + т."""
_LONGEST_ANALYSED = 48
"""Longer words (code points) are no Kazakh words, and peeling takes time by length."""
_MOST_STEMS = 2
_KAZAKH_WORD = frozenset("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя")


class Explanation(NamedTuple):
    """One reading of a word and what it costs."""

    stem: str
    analysis: str
    """The stem and the glosses of its suffixes: ``бала+PL+GEN``."""
    morphs: tuple[str, ...]
    """The suffixes as they are written: ``лар``, ``дың``."""
    laws: tuple[str, ...]
    """The sound laws undone: ``п~б``."""
    cost: float


def coarse_key(stem: str) -> str:
    """Return the key shared by words whose stems begin alike; its hyphen parts it from the stems of other languages."""
    return stem[:5] + "-"


class KazakhMorphology:
    """Stems by the slot grammar, coarse keys by their first letters."""

    language = "kk"

    @cached_property
    def version(self) -> str:
        """The recipe's own number and a hash of the data files."""
        return f"5+{fingerprint()}"

    @lru_cache(200_000)  # noqa: B019 (one instance lives as long as the program)
    def terms(self, word: str) -> Terms:
        """Return the stems and the coarse key of one cleaned, lower-cased word."""
        stems = self.stems(word)
        return Terms(stems, (coarse_key(stems[0]),))

    def stem(self, word: str) -> str:
        """Return the likeliest stem of one cleaned, lower-cased word; the word itself where nothing comes off."""
        return self.stems(word)[0]

    def stems(self, word: str) -> tuple[str, ...]:
        """Return the likeliest stem, and another one where the choice between them is close; ``ё`` is folded."""
        irregular = read_irregulars().forms.get(word)
        if irregular is not None or not _analysable(word):
            return ((irregular or word).replace("ё", "е"),)
        best = read_choice().best(read_peeler().readings(word))
        return tuple(dict.fromkeys([reading.stem.replace("ё", "е") for reading in best]))[:_MOST_STEMS]

    def knows(self, word: str) -> bool:
        """Whether a likely stem of one cleaned, lower-cased word is among the common roots."""
        return any(map(read_choice().knows, self.stems(word)))

    def readings(self, word: str) -> list[Reading]:
        """Return every way in which the grammar reads a word; the first is the word itself."""
        if word in read_irregulars().forms or not _analysable(word):
            return [Reading(word, "-", WHOLE)]
        return read_peeler().readings(word)

    def explain(self, word: str) -> list[Explanation]:
        """Return every reading of a word, the cheapest first."""
        if word in read_irregulars().forms:
            return [Explanation(self.stem(word), f"{self.stem(word)}+IRREGULAR", (), (), 0.0)]
        return sorted(
            (_explanation(reading, word) for reading in self.readings(word)), key=lambda explanation: explanation.cost
        )


def _analysable(word: str) -> bool:
    return _SHORTEST_ANALYSED <= len(word) <= _LONGEST_ANALYSED and _KAZAKH_WORD.issuperset(word)


def _explanation(reading: Reading, word: str) -> Explanation:
    morphs = tuple(allomorph.surface for allomorph in reading.suffixes)
    cost = round(read_choice().cost(reading, word), 2)
    return Explanation(reading.stem, reading.analysis, morphs, reading.laws, cost)


KAZAKH = KazakhMorphology()
"""The Kazakh morphology. Its tables are read at the first word."""
