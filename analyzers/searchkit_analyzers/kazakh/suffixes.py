"""The suffixes of `suffixes.tsv` and their allomorphs: one for each way a suffix is spelled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from searchkit_analyzers.kazakh.phonology import (
    FUSIONS,
    PROFILES,
    SOUND_CLASSES,
    VOWELS,
    Fusion,
    profile_bit,
    sound_class_of,
)
from searchkit_analyzers.kazakh.tables import rows

_CLASSES = "".join(SOUND_CLASSES)


@dataclass(frozen=True, slots=True, eq=False)
class Suffix:
    """A suffix with its slot and gloss, as `suffixes.tsv` lists it."""

    slot: str
    gloss: str
    form: str
    """The archiphonemic form: ``LAр`` is -лар, -лер, -дар, -дер, -тар, -тер."""
    attaches_to: tuple[str, ...]
    """States it may attach to; empty for those of its slot."""
    sound_classes: str
    """Classes of the stem-final sounds it may follow."""
    example: str
    analysis: str
    """The analysis of the example: its stem and glosses."""


@dataclass(frozen=True, slots=True, eq=False)
class Allomorph:
    """One spelling of a suffix, with the stems it may follow."""

    suffix: Suffix
    surface: str
    stem_profiles: int
    """Bits of the profiles (`phonology.profile`) of the stems it may follow."""
    fusion: Fusion | None = None
    """The law by which its first letter also stands for the end of the stem."""
    restored: str = ""
    """The letter that this law gives back to the stem."""


def read_suffixes() -> tuple[Suffix, ...]:
    """Read the table of suffixes."""
    return tuple(
        Suffix(
            slot,
            gloss,
            form,
            () if attaches_to == "-" else tuple(attaches_to.split()),
            sound_classes.replace("-", _CLASSES),
            *example,
        )
        for slot, gloss, form, attaches_to, sound_classes, *example in rows("suffixes.tsv")
    )


def realize(form: str, sound_class: str, harmony: str) -> str:
    """Return the spelling of an archiphonemic form after a kind of stem.

    ``LAр`` after a voiceless sound and a back vowel is ``тар``.
    """
    surface = ""
    optional = False
    for symbol in form:
        if symbol in "()":
            optional = symbol == "("
            continue
        letter = _letter(symbol, sound_class, harmony)
        if optional and (letter in VOWELS) == (sound_class == "V"):
            continue
        surface += letter
        sound_class = sound_class_of(letter)
    return surface


_BY_HARMONY = {"A": "ае", "Y": "ыі", "K": "қк"}
_BY_SOUND_CLASS = {  # in the order of the classes V R L N Z T
    "D": "дддддт",
    "L": "ллдддт",
    "N": "нддндт",
    "O": "нддддт",
    "F": "дддндт",
    "M": "ммммбп",
    "B": "мммббп",
}


def _letter(symbol: str, sound_class: str, harmony: str) -> str:
    front = harmony == "front"
    if symbol in _BY_HARMONY:
        return _BY_HARMONY[symbol][front]
    if symbol == "G":
        return ("қк" if sound_class == "T" else "ғг")[front]
    if symbol == "J":
        return "й" if sound_class == "V" else "ае"[front]
    if symbol in _BY_SOUND_CLASS:
        return _BY_SOUND_CLASS[symbol][_CLASSES.index(sound_class)]
    return symbol


def allomorphs(suffix: Suffix, fusing: bool) -> list[Allomorph]:
    """Return all spellings of a suffix.

    `fusing` adds those in which it fuses with the end of a verb stem.
    """
    profiles: dict[str, int] = defaultdict(int)
    fused: list[Allomorph] = []
    for sound_class, harmony in PROFILES:
        if sound_class in suffix.sound_classes:
            surface = realize(suffix.form, sound_class, harmony)
            profiles[surface] |= profile_bit(sound_class, harmony)
            if fusing:
                fused += _fused_allomorphs(suffix, surface, sound_class, harmony)
    return [Allomorph(suffix, surface, bits) for surface, bits in profiles.items()] + fused


@cache
def derivations() -> Mapping[str, int]:
    """Return the suffixes that make new words, with the profiles of the stems they may follow."""
    return _spellings(form for form, *_ in rows("derivations.tsv"))


@cache
def adjectival() -> Mapping[int, Mapping[str, int]]:
    """Return the suffixes of adjectives, by the fewest letters of the nouns they may follow."""
    fewest = {form: int(letters[0]) for form, _, *letters in rows("derivations.tsv") if letters}
    return {least: _spellings(form for form in fewest if fewest[form] == least) for least in fewest.values()}


def _spellings(forms: Iterable[str]) -> Mapping[str, int]:
    """Return all spellings of suffixes, with the profiles of the stems they may follow."""
    profiles: dict[str, int] = defaultdict(int)
    for form in forms:
        for sound_class, harmony in PROFILES:
            profiles[realize(form, sound_class, harmony)] |= profile_bit(sound_class, harmony)
    return profiles


def _fused_allomorphs(suffix: Suffix, surface: str, sound_class: str, harmony: str) -> Iterator[Allomorph]:
    for law in FUSIONS:
        if surface.startswith(law.suffix_start) and sound_class == law.sound_class:
            restored = _letter(law.restored, sound_class, harmony)
            bit = profile_bit(sound_class, harmony)
            yield Allomorph(suffix, law.written + surface[len(law.suffix_start) :], bit, law, restored)
