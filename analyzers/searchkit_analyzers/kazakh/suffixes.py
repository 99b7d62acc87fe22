"""The suffixes of `suffixes.tsv`, spelt out: one allomorph for each way a suffix is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

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
    """One line of `suffixes.tsv`."""

    slot: str
    gloss: str
    form: str
    on: tuple[str, ...]
    """States it may stand on; empty: those of its slot."""
    sounds: str
    """Classes of sound it may follow."""
    example: str
    analysis: str


@dataclass(frozen=True, slots=True, eq=False)
class Allomorph:
    """One spelling of a suffix, with the stems it may follow."""

    suffix: Suffix
    surface: str
    after: int
    """Bits of the profiles (`sounds.profile`) of the stem it may follow."""
    fusion: Fusion | None = None
    """The law by which its first letter also stands for the end of the stem."""
    restored: str = ""
    """What that law gives back to the stem."""


def read_suffixes() -> tuple[Suffix, ...]:
    """Read the table of suffixes."""
    return tuple(
        Suffix(slot, gloss, form, () if on == "-" else tuple(on.split()), sounds.replace("-", _CLASSES), *example)
        for slot, gloss, form, on, sounds, *example in rows("suffixes.tsv")
    )


def realise(form: str, sound_class: str, harmony: str) -> str:
    """Spell an archiphonemic form after a stem: ``LAр`` after a voiceless back one is ``тар``."""
    out = ""
    optional = False
    for sign in form:
        if sign in "()":
            optional = sign == "("
            continue
        letter = _letter(sign, sound_class, harmony)
        if optional and (letter in VOWELS) == (sound_class == "V"):
            continue
        out += letter
        sound_class = sound_class_of(letter)
    return out


_BY_HARMONY = {"A": "ае", "Y": "ыі", "K": "қк"}
_BY_SOUND = {  # in the order of the classes V R L N Z T
    "D": "дддддт",
    "L": "ллдддт",
    "N": "нддндт",
    "O": "нддддт",
    "F": "дддндт",
    "M": "ммммбп",
    "B": "мммббп",
}


def _letter(sign: str, sound_class: str, harmony: str) -> str:
    front = harmony == "front"
    if sign in _BY_HARMONY:
        return _BY_HARMONY[sign][front]
    if sign == "G":
        return ("қк" if sound_class == "T" else "ғг")[front]
    if sign == "J":
        return "й" if sound_class == "V" else "ае"[front]
    if sign in _BY_SOUND:
        return _BY_SOUND[sign][_CLASSES.index(sound_class)]
    return sign


def allomorphs(suffix: Suffix, fusing: bool) -> list[Allomorph]:
    """Return every spelling of a suffix; `fusing` ones (those of verbs) also fuse with the end of the stem."""
    profiles: dict[str, int] = defaultdict(int)
    found: list[Allomorph] = []
    for sound_class, harmony in PROFILES:
        if sound_class in suffix.sounds:
            surface = realise(suffix.form, sound_class, harmony)
            profiles[surface] |= profile_bit(sound_class, harmony)
            if fusing:
                found += _fused(suffix, surface, sound_class, harmony)
    return [Allomorph(suffix, surface, after) for surface, after in profiles.items()] + found


def _fused(suffix: Suffix, surface: str, sound_class: str, harmony: str) -> Iterator[Allomorph]:
    for law in FUSIONS:
        if surface.startswith(law.starts) and sound_class == law.after:
            restored = law.restored.replace("Y", "ы" if harmony == "back" else "і")
            bit = profile_bit(sound_class, harmony)
            yield Allomorph(suffix, law.written + surface[len(law.starts) :], bit, law, restored)
