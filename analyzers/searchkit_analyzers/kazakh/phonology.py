"""Kazakh sounds: vowel harmony, the classes of stem-final sounds, and the sound laws, each by name.

A suffix adapts to the last sound and the last vowel of what it joins (үндестік заңы, the law of harmony of
Kazakh school grammar). `profile` says of any stem which shapes of a suffix may follow it. Where the *stem*
changes as well, a `Fusion` or a `Change` names the law and undoes it.
"""

from __future__ import annotations

from dataclasses import dataclass

BACK_VOWELS = frozenset("аоұыя")
FRONT_VOWELS = frozenset("әөүіеэ")
GLIDE_VOWELS = frozenset("уиюё")
"""Letters that stand for a glide with either kind of vowel: they show no harmony of their own."""
VOWELS = BACK_VOWELS | FRONT_VOWELS | GLIDE_VOWELS

SOUND_CLASSES = {
    "V": "аәеоөұүыіэяё",  # vowels: бала-лар, бала-ның, бала-ны
    "R": "рйуию",  # sonorants and glides: ай-лар, ай-дың, ай-ды
    "L": "л",  # ауыл-дар, ауыл-дың
    "N": "мнң",  # nasals: адам-дар, адам-ның, адам-нан, адам-ды
    "Z": "зж",  # voiced fricatives: қыз-дар, қыз-дың, қыз-бен
    "T": "пфкқтсшщцчхһбвгғд",  # voiceless, and б в г д of loans (клуб-тар): ат-тар, ат-тың, ат-пен
}
"""Classes of the stem-final sound, by how suffixes begin after them."""

_CLASS_OF = {letter: name for name, letters in SOUND_CLASSES.items() for letter in letters}
_BOTH = 0b11
_HARMONIES = {"back": 0b01, "front": 0b10}
_CLASS_BITS = {name: 2 * place for place, name in enumerate(SOUND_CLASSES)}


def sound_class_of(letter: str) -> str:
    """Return the class of a stem-final letter; letters outside Kazakh count as voiceless."""
    return _CLASS_OF.get(letter, "T")


PROFILES = tuple((name, harmony) for name in SOUND_CLASSES for harmony in _HARMONIES)
"""Every kind of stem that a suffix distinguishes: class of its last sound, harmony."""


def profile_bit(sound_class: str, harmony: str) -> int:
    """Return the bit that stands for one of `PROFILES`."""
    return _HARMONIES[harmony] << _CLASS_BITS[sound_class]


FRONT = sum(profile_bit(name, "front") for name in SOUND_CLASSES)
"""The bits of all front profiles."""


_SHIFTS = {letter: _CLASS_BITS[name] for letter, name in _CLASS_OF.items()}
_HARMONY_OF = {
    **dict.fromkeys(BACK_VOWELS, 0b01),
    **dict.fromkeys(FRONT_VOWELS, 0b10),
    **dict.fromkeys(GLIDE_VOWELS, _BOTH),
}
_SURNAMES = ("ев", "ов")


def profile(stem: str) -> int:
    """Return the bits of `PROFILES` that a stem may have: one as a rule, two where its harmony is open."""
    end = stem[-3:]
    known = _PROFILES.get(end)
    if known is None:
        known = find_profile(stem)
        if not _TELLING_VOWELS.isdisjoint(end):
            _PROFILES[end] = known
    return known


_TELLING_VOWELS = BACK_VOWELS | FRONT_VOWELS
_PROFILES: dict[str, int] = {}
"""By the last three letters of stems: with a vowel among them that has a harmony, they tell all there is to tell."""


def find_profile(stem: str) -> int:
    """Return the same without remembering it."""
    last = stem[-1]
    if last in "ькг" or stem[-2:] in _SURNAMES:
        harmony = _open_harmony(stem)
    else:
        harmony = _harmony(stem)
    if last in "ьъ" and len(stem) > 1:
        last = stem[-2]
    return harmony << _SHIFTS.get(last, _CLASS_BITS["T"])


def _harmony(stem: str) -> int:
    for place in range(len(stem) - 1, -1, -1):
        harmony = _HARMONY_OF.get(stem[place])
        if harmony is not None:
            return harmony if stem[place] != "у" else _harmony_of_glide(stem[:place])
    return _BOTH


def _open_harmony(stem: str) -> int:
    """Loans and surnames: рольге (front after ь), банкі and паркі (front after к), Сәтбаевтың (as Сәтбай)."""
    if stem[-1] in "кг" and any(letter in FRONT_VOWELS for letter in stem[-3:]):
        return 0b10
    return _BOTH


def _harmony_of_glide(before: str) -> int:
    """у follows the vowel before it: оқу-ға, көру-ге; after front vowels loans may still be back."""
    for letter in reversed(before):
        if letter in BACK_VOWELS:
            return 0b01
        if letter in FRONT_VOWELS:
            return _BOTH
    return _BOTH


@dataclass(frozen=True, slots=True)
class Fusion:
    """A law by which the end of the stem and the start of a suffix are written as one letter."""

    name: str
    starts: str
    """What the suffix starts with."""
    written: str
    """The letter that stands instead."""
    restored: str
    """What the stem gets back, ``Y`` standing for ы or і."""
    after: str
    """The class of sound that the suffix thinks it follows."""
    example: str


FUSIONS = (
    Fusion("й+а=я", "а", "я", "й", "R", "қояды = қой-а-ды"),
    Fusion("й+у=ю", "у", "ю", "й", "R", "сүю = сүй-у"),
    Fusion("и+а=ия", "а", "я", "", "R", "жияды = жи-а-ды"),
    Fusion("и+у=ию", "у", "ю", "", "R", "жию = жи-у"),
    Fusion("ы+й=и", "й", "и", "Y", "V", "оқиды = оқы-й-ды"),
    Fusion("ы+у=у", "у", "у", "Y", "V", "оқу = оқы-у"),
)
"""Stem and suffix in one letter. й+а is written я, so what is left of қоя is қо: the й is given back."""


def fusion_holds(law: Fusion, rest: str) -> bool:
    """Whether what is left of a word, before the fused letter, is as `law` wants it."""
    if law.restored == "й":
        return rest[-1] in VOWELS
    if law.restored == "Y":
        return rest[-1] not in VOWELS
    return rest[-1] == "и"


@dataclass(frozen=True, slots=True)
class Change:
    """A law that changes the last sounds of a stem before certain suffixes."""

    name: str
    surface: str
    """How the changed stem ends."""
    stem: str
    """How the stem ends by itself."""
    before: tuple[str, ...]
    """What the suffix starts with."""
    example: str

    def undo(self, rest: str) -> str:
        """Return the stem of which `rest` is the changed form (`rest` ends in `surface`)."""
        return rest[: len(rest) - len(self.surface)] + self.stem


_ANY_VOWEL = tuple("аеыіуюя")
CHANGES = (
    Change("п~б", "б", "п", _ANY_VOWEL, "кітабы = кітап-ы"),
    Change("қ~ғ", "ғ", "қ", _ANY_VOWEL, "балығы = балық-ы"),
    Change("к~г", "г", "к", _ANY_VOWEL, "жүрегі = жүрек-і"),
    Change("п~у", "у", "п", ("ып", "іп"), "тауып = тап-ып"),
    Change("ль~л", "л", "ль", ("і", "е"), "королі = король-і"),
)
"""Voiceless stops are voiced between vowels (кітап, кітабы); п of a few verbs becomes у before -ып; the soft
sign of a loan is not written before a vowel."""

BETWEEN_VOWELS = ("п~б", "қ~ғ", "к~г")
"""Voicing needs a vowel on both sides: no стендинк stands behind стендингі, no тізк behind тізгін."""

_CHANGES_OF = {law.surface: law for law in CHANGES}


def undo_changes(rest: str, suffix: str) -> tuple[str, str] | None:
    """Return the stem, and the name of its law, that `rest` may be the changed form of before `suffix`."""
    law = _CHANGES_OF.get(rest[-1])
    if law is None or not suffix.startswith(law.before) or len(rest) < 2:
        return None
    if law.name in BETWEEN_VOWELS and rest[-2] not in VOWELS:
        return None
    return law.undo(rest), law.name


ELISION = "ы~0"
"""The law by which a noun's last ы or і drops before a vowel: орны = орын-ы. Only the listed words do so."""


def elided(stem: str) -> str:
    """Return how a stem is written when its last ы or і drops: орын -> орн, көрік -> көрк.

    Its last sound then follows a consonant and stays voiceless: көргім is көр-гі-м, "my wish to see".
    """
    return stem[:-2] + stem[-1]
