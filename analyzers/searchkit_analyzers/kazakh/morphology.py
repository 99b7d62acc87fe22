"""The Kazakh morphology: stems by suffix slots and sound laws, disambiguated by costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from searchkit_analyzers.kazakh.disambiguation import Costed, default_disambiguator, likelihood
from searchkit_analyzers.kazakh.irregular import read_irregulars
from searchkit_analyzers.kazakh.phonology import profile
from searchkit_analyzers.kazakh.roots import read_roots, read_short_keys, read_spellings
from searchkit_analyzers.kazakh.spellings.colloquial import unrounded
from searchkit_analyzers.kazakh.spellings.loans import linkless_key, short_key, without_link
from searchkit_analyzers.kazakh.suffix_stripper import Reading, default_stripper
from searchkit_analyzers.kazakh.suffix_trie import EMPTY_CHAIN
from searchkit_analyzers.kazakh.suffixes import adjectival, derivations
from searchkit_analyzers.kazakh.tables import fingerprint
from searchkit_analyzers.normalize import clean
from searchkit_analyzers.token import Doubts, Terms

_MIN_ANALYZED_LENGTH = 3
"""Nothing is stripped from words of one or two letters: ат is not а + т."""
_MAX_ANALYZED_LENGTH = 48
"""Longer words (in code points) are not Kazakh, and stripping takes time by length."""
_MAX_STEMS = 3
_AGENTIVES = ("ушы", "уші", "юшы", "юші")
_BESIDE_LISTED = 0.1
"""The factor of the likelihood of other stems where the word itself is listed."""
_UNLISTED_POWER = 0.5
"""The power of the likelihood where the likeliest stem is not listed, so that no choice is sure."""
_COARSE_LENGTH = 5
_SHORTEST_BASE, _MAX_DERIVATIONS = 3, 2
"""A word is made of another of so many letters at least, by so many suffixes at most."""
_ALPHABET = frozenset("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя")


class Explanation(NamedTuple):
    """One reading of a word and its cost."""

    stem: str
    analysis: str
    """The stem and the glosses of its suffixes: ``бала+PL+GEN``."""
    morphs: tuple[str, ...]
    """The suffixes as written: ``лар``, ``дың``."""
    laws: tuple[str, ...]
    """The sound laws undone: ``п~б``."""
    cost: float
    """The sum of the costs of its features; lower is better."""


class KazakhMorphology:
    """Finds the stems and the coarse key of Kazakh words.

    `terms` is the fast path of indexing and needs a prepared word. The other methods accept a
    word as a user writes it: they normalize it (`normalize.clean`) and lower its case.

    >>> KazakhMorphology().stem("Балаларымызға")
    'бала'
    """

    language = "kk"

    @cached_property
    def version(self) -> str:
        """The number of the rules in code, and a hash of the data files."""
        return f"9+{fingerprint()}"

    @lru_cache(5_000)  # noqa: B019 (one instance lives as long as the program)
    def terms(self, word: str) -> Terms:
        """Return the stems and the coarse key of one word.

        Args:
            word: NFC, lower-case, cleaned (`normalize.clean`).
        """
        stems = _stems(word)
        return Terms(tuple(stems), (coarse_key(next(iter(stems))),), _doubts(word, stems) if len(stems) > 1 else ())

    def stem(self, word: str) -> str:
        """Return the likeliest stem of `word`; the word itself where nothing is stripped."""
        return self.stems(word)[0]

    def stems(self, word: str) -> tuple[str, ...]:
        """Return the likeliest stem, and further ones where the choice is close.

        Args:
            word: one word in Cyrillic letters, in any case and Unicode normal form.

        Returns:
            One to four lower-case stems, likeliest first, with ``ё`` as ``е``.
        """
        return tuple(_stems(_normalized(word)))

    def inflected_stems(self, word: str) -> tuple[str, ...]:
        """Return the stems that `word` is a likely form of by the grammar, likeliest first.

        `stems` has more: spellings of a loan (*шоқан* beside *шоқанн*), and words that a stem is
        made of.
        """
        word = _normalized(word)
        readings = default_disambiguator().likeliest(default_stripper().readings(word))
        return tuple(_likely_stems(readings))

    def knows(self, word: str) -> bool:
        """Return whether a likely stem of `word` is among the common roots."""
        return any(map(default_disambiguator().knows, self.stems(word)))

    def recognizes(self, word: str) -> bool:
        """Return whether some reading of `word` has a common root, or a word made of one.

        Unlikely readings count, too: бөлісу is a form of бөл, бразилиялық is made of Бразилия.
        """
        return any(_is_made_of_root(stem, pos) for stem, pos, _ in self.readings(word))

    def readings(self, word: str) -> list[Reading]:
        """Return all readings of `word` by the grammar; the first is the whole word."""
        word = _normalized(word)
        if word in read_irregulars().forms or not _is_analyzable(word):
            return [Reading(word, "-", EMPTY_CHAIN)]
        return default_stripper().readings(word)

    def explain(self, word: str) -> list[Explanation]:
        """Return all readings of `word` with their costs, the cheapest first."""
        word = _normalized(word)
        if word in read_irregulars().forms:
            stem = self.stem(word)
            return [Explanation(stem, f"{stem}+IRREGULAR", (), (), 0.0)]
        return sorted((_explain(reading, word) for reading in self.readings(word)), key=lambda each: each.cost)


def coarse_key(stem: str) -> str:
    """Return the key shared by words whose stems begin with the same five letters.

    Its hyphen tells it from the stems of other languages.
    """
    return stem[:_COARSE_LENGTH] + "-"


def _normalized(word: str) -> str:
    return clean(word).lower()


def _stems(word: str) -> dict[str, float]:
    """Return the stems of a word, each with its likelihood beside the first one."""
    irregular = read_irregulars().forms.get(word)
    if irregular is not None or not _is_analyzable(word):
        return {(irregular or word).replace("ё", "е"): 1.0}
    stems = _likely_stems(default_disambiguator().likeliest(default_stripper().readings(word)))
    if next(iter(stems)) not in read_roots():
        return _unlisted_stems(word, stems)
    return _with_beside(word, _listed_first(word, stems))


def _listed_first(word: str, stems: dict[str, float]) -> dict[str, float]:
    """Return the stems with the word itself before the others if it is a listed noun: *аспап*."""
    return {word: 1.0} | stems if word in stems and _is_nominal(word) else stems


def _likely_stems(readings: Sequence[Costed]) -> dict[str, float]:
    """Return the stems of the first readings."""
    least, first = readings[0]
    stems = {_full_stem(first.stem): 1.0}
    for cost, reading in readings[1:]:
        stems.setdefault(_full_stem(reading.stem), likelihood(cost - least))
        if len(stems) == _MAX_STEMS:
            break
    return stems


def _with_beside(word: str, stems: dict[str, float]) -> dict[str, float]:
    """Add to listed stems the word if it is an adjective, and stems related to the first one."""
    first = next(iter(stems))
    short = read_short_keys().get(first)
    beside = {word: 1.0} if _is_adjective(word) else {}
    beside |= {short: 1.0} if short else _base_of(first)
    return stems | {stem: likely for stem, likely in beside.items() if stem not in stems}


def _base_of(stem: str) -> dict[str, float]:
    """Return the base of an agent noun or adjective, for which a query does not ask."""
    return dict.fromkeys(_verbs_of(stem) if stem.endswith(_AGENTIVES) else _nouns_of(stem), 0.0)


def _doubts(word: str, stems: Mapping[str, float]) -> Doubts:
    """Return the stems that a question weighs less; a listed word comes before its other stems."""
    if word in stems and _is_nominal(word):
        return tuple([(stem, _BESIDE_LISTED * likely) for stem, likely in stems.items() if stem != word])
    power = 1.0 if next(iter(stems)) in read_roots() else _UNLISTED_POWER
    return tuple([(stem, likely**power) for stem, likely in stems.items() if likely < 1])


def _unlisted_stems(word: str, stems: dict[str, float]) -> dict[str, float]:
    """Return the stems of a word that is not listed, or is in another spelling only."""
    spelled = unrounded(word)
    if spelled != word and next(iter(others := _stems(spelled))) in read_roots():
        return others
    return _with_short_keys(stems)


def _verbs_of(agent: str) -> list[str]:
    """Return the verb of an agent noun, if it is listed."""
    roots, base = read_roots(), agent[: -len(_AGENTIVES[0])]
    verbs = [verb for verb in (base, base + "ы", base + "і", base + "й") if "v" in roots.get(verb, "")]
    return verbs[:1]


def _nouns_of(adjective: str) -> list[str]:
    """Return the noun that a listed adjective is made of, if it is listed."""
    if not _is_adjective(adjective):
        return []
    bases = chain.from_iterable(_bases(adjective, suffixes, least) for least, suffixes in adjectival().items())
    return [base for base in bases if "n" in read_roots().get(base, "")]


def _is_adjective(word: str) -> bool:
    return "a" in read_roots().get(word, "")


def _is_nominal(word: str) -> bool:
    """Return whether a word is listed other than as a verb: *монтажда* is rather of *монтаж*."""
    return read_roots().get(word, "v") != "v"


def _full_stem(stem: str) -> str:
    """Return a stem in the spelling that all its forms share."""
    full = read_spellings().get(stem) or without_link(stem)
    return full.replace("ё", "е")


def _with_short_keys(stems: dict[str, float]) -> dict[str, float]:
    """Add the spellings before endings of loans that are not listed, and so are not told there."""
    keys = {short_key(stem) or linkless_key(stem): likely for stem, likely in stems.items() if stem not in read_roots()}
    return stems | {key: keys[key] for key in keys if key and key not in stems and key not in read_spellings()}


def _is_made_of_root(stem: str, pos: str, depth: int = _MAX_DERIVATIONS) -> bool:
    if default_disambiguator().lists(stem, pos):
        return True
    return depth > 0 and any(
        _is_made_of_root(base, "n", depth - 1) for base in _bases(stem, derivations(), _SHORTEST_BASE)
    )


def _bases(stem: str, suffixes: Mapping[str, int], least: int) -> Iterator[str]:
    """Yield the words of so many letters that a stem may be made of by suffixes."""
    for suffix, stem_profiles in suffixes.items():
        base = stem.removesuffix(suffix)
        if least <= len(base) < len(stem) and profile(base) & stem_profiles:
            yield base


def _is_analyzable(word: str) -> bool:
    return _MIN_ANALYZED_LENGTH <= len(word) <= _MAX_ANALYZED_LENGTH and _ALPHABET.issuperset(word)


def _explain(reading: Reading, word: str) -> Explanation:
    morphs = tuple(allomorph.surface for allomorph in reading.suffixes)
    cost = round(default_disambiguator().cost(reading, word), 2)
    return Explanation(reading.stem, reading.analysis, morphs, reading.laws, cost)


KAZAKH = KazakhMorphology()
"""The Kazakh morphology. It reads its tables at the first word."""
