"""Brings verbs of one meaning together: both aspects, and the reflexive forms.

The key of a verb is its perfective: построить for строить and строиться, рассмотреть for
рассматривать. Pairs of prefixes and of different roots are listed in ``aspects.tsv``. Those of
suffixes are found by the sounds that change, and hold where the dictionary has the perfective. A
prefix that changes the meaning stays: перестраивать has перестроить.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path

from searchkit_analyzers.normalize import fold

DATA = Path(__file__).with_name("aspects.tsv")
_REFLEXIVE = ("ся", "сь")
_SUFFIXES = (
    ("ывать", ("ать", "ить", "ыть", "ять", "еть", "вать", "нуть")),
    ("ивать", ("ить", "ать", "ять", "еть", "нуть")),
    ("авать", ("ать",)),
    ("евать", ("еть",)),
    ("инать", ("ать", "ять")),
    ("имать", ("ять",)),
    ("ирать", ("рать", "ереть")),
    ("ять", ("ить",)),
    ("ать", ("ить", "нуть")),
)
"""Imperfective suffixes, each with the perfective ones that take its place."""
_SOUNDS = {
    "жд": ("д",),
    "вл": ("в",),
    "пл": ("п",),
    "бл": ("б",),
    "мл": ("м",),
    "фл": ("ф",),
    "ск": ("ст",),
    "ж": ("д", "з", "г"),
    "ш": ("с", "х"),
    "ч": ("т", "к"),
    "щ": ("т", "ст", "ск"),
}
"""Consonants before an imperfective suffix, and those before the perfective one."""
_MIN_STEM = 2
IsPerfective = Callable[[str], bool]
"""Tells whether the dictionary has an infinitive, and as a perfective."""


def perfective(infinitive: str, is_perfective: IsPerfective) -> str:
    """Return the perfective of a verb without a reflexive ending.

    Args:
        infinitive: A folded infinitive of either aspect.
        is_perfective: Looks an infinitive up in the dictionary.

    Returns:
        The perfective that is listed or found by sound laws; without one, the verb itself.
    """
    verb = _without_reflexive(infinitive)
    listed = _listed().get(verb)
    if listed or is_perfective(infinitive):
        return listed or verb
    endings = ("", _REFLEXIVE[0]) if infinitive != verb else ("",)
    found = (each for each in _candidates(verb) if any(is_perfective(each + ending) for ending in endings))
    paired = next(found, verb)
    return _listed().get(paired, paired)


def _without_reflexive(verb: str) -> str:
    return verb.removesuffix(_REFLEXIVE[0]).removesuffix(_REFLEXIVE[1])


def _candidates(verb: str) -> Iterator[str]:
    """Yield the possible perfectives of an imperfective verb, by its suffix."""
    for suffix, others in _SUFFIXES:
        stem = verb.removesuffix(suffix)
        if stem != verb and len(stem) >= _MIN_STEM:
            yield from (one + other for one, other in product(_stems(stem), others))


def _stems(stem: str) -> Iterator[str]:
    """Yield a stem, and with other sounds: спраш, спрош, спрос."""
    for vowels in dict.fromkeys((stem, _with_o(stem))):
        yield vowels
        for sounds, others in _SOUNDS.items():
            if vowels.endswith(sounds):
                yield from (vowels.removesuffix(sounds) + other for other in others)


def _with_o(stem: str) -> str:
    """Return a stem with о in place of its last vowel, where that is а: рассматр, рассмотр."""
    before, vowel, after = stem.rpartition("а")
    return f"{before}о{after}" if vowel and not set(after) & set("еиоуыэюя") else stem


@cache
def _listed() -> Mapping[str, str]:
    """Read the first perfective of each listed verb, both without reflexive endings."""
    pairs: dict[str, str] = {}
    for line in DATA.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            verbs = [_without_reflexive(verb) for verb in fold(line).split()]
            first = next((pairs[verb] for verb in verbs if verb in pairs), verbs[1])
            pairs |= dict.fromkeys(verbs, first)
    return pairs
