"""Kazakh phonology: vowel harmony, classes of stem-final sounds, and the sound laws by name.

A suffix adapts to the last sound and the last vowel of its stem (үндестік заңы, the law of
harmony of Kazakh school grammar). `profile` tells which allomorphs of a suffix may follow a
stem. Where the *stem* changes as well, a `Fusion` or an `Alternation` names the law and undoes it.
"""

from __future__ import annotations

from dataclasses import dataclass

BACK_VOWELS = frozenset("аоұыя")
FRONT_VOWELS = frozenset("әөүіеэ")
GLIDE_VOWELS = frozenset("уиюё")
"""Letters for a glide with either kind of vowel: they show no harmony of their own."""
VOWELS = BACK_VOWELS | FRONT_VOWELS | GLIDE_VOWELS

SOUND_CLASSES = {
    "V": "аәеоөұүыіэяё",  # vowels: бала-лар, бала-ның, бала-ны
    "R": "рйуию",  # sonorants and glides: ай-лар, ай-дың, ай-ды
    "L": "л",  # ауыл-дар, ауыл-дың
    "N": "мнң",  # nasals: адам-дар, адам-ның, адам-нан, адам-ды
    "Z": "зж",  # voiced fricatives: қыз-дар, қыз-дың, қыз-бен
    "T": "пфкқтсшщцчхһбвгғд",  # voiceless, and б в г д of loans (клуб-тар): ат-тар, ат-тың, ат-пен
}
"""Classes of the stem-final sound, by the initials of the suffixes after them."""

_CLASS_OF = {letter: name for name, letters in SOUND_CLASSES.items() for letter in letters}
_BACK, _FRONT, _BOTH = 0b01, 0b10, 0b11
_HARMONIES = {"back": _BACK, "front": _FRONT}
_CLASS_SHIFTS = {name: 2 * index for index, name in enumerate(SOUND_CLASSES)}


def sound_class_of(letter: str) -> str:
    """Return the class of a stem-final letter; foreign letters count as voiceless."""
    return _CLASS_OF.get(letter, "T")


PROFILES = tuple((sound_class, harmony) for sound_class in SOUND_CLASSES for harmony in _HARMONIES)
"""Each kind of stem that suffixes distinguish: the class of its last sound, its harmony."""


def profile_bit(sound_class: str, harmony: str) -> int:
    """Return the bit that stands for one of the `PROFILES`."""
    return _HARMONIES[harmony] << _CLASS_SHIFTS[sound_class]


FRONT = sum(profile_bit(sound_class, "front") for sound_class in SOUND_CLASSES)
"""The bits of all front profiles."""


_LETTER_SHIFTS = {letter: _CLASS_SHIFTS[name] for letter, name in _CLASS_OF.items()}
_HARMONY_OF = {
    **dict.fromkeys(BACK_VOWELS, _BACK),
    **dict.fromkeys(FRONT_VOWELS, _FRONT),
    **dict.fromkeys(GLIDE_VOWELS, _BOTH),
}
_OPEN_ENDINGS = ("ев", "ов", "ех", "езд")
"""Endings of surnames and loans that take either kind of suffix: Сәтбаевтың, цехқа, поезға."""

_HARMONIC_VOWELS = BACK_VOWELS | FRONT_VOWELS
_MOST_PROFILES = 50_000
"""More than texts have: only arbitrary letters make more."""
_profiles: dict[str, int] = {}
"""Profiles by the last three letters of stems. A vowel with a harmony of its own among them
decides everything."""


def profile(stem: str) -> int:
    """Return the bits of the `PROFILES` of a stem; open harmony gives two."""
    ending = stem[-3:]
    known = _profiles.get(ending)
    if known is None:
        known = compute_profile(stem)
        if not _HARMONIC_VOWELS.isdisjoint(ending) and len(_profiles) < _MOST_PROFILES:
            _profiles[ending] = known
    return known


def compute_profile(stem: str) -> int:
    """Return the same as `profile` without remembering it."""
    last = stem[-1]
    if last in "ькг" or stem[-2:-1] == "ь" or stem.endswith(_OPEN_ENDINGS):
        harmony = _open_harmony(stem)
    else:
        harmony = _harmony(stem)
    if last in "ьъ" and len(stem) > 1:
        last = stem[-2]
    return harmony << _LETTER_SHIFTS.get(last, _CLASS_SHIFTS["T"])


def _harmony(stem: str) -> int:
    for index in range(len(stem) - 1, -1, -1):
        harmony = _HARMONY_OF.get(stem[index])
        if harmony is not None:
            return harmony if stem[index] != "у" else _harmony_of_glide(stem[:index])
    return _BOTH


def _open_harmony(stem: str) -> int:
    """Return the harmony of loans and surnames, which often take either kind of suffix.

    рольге and Шольцке (front after ь), банкі and паркі (front after к), Сәтбаевтың (as Сәтбай).
    """
    if stem[-1] in "кг" and any(letter in FRONT_VOWELS for letter in stem[-3:]):
        return _FRONT
    return _BOTH


def _harmony_of_glide(before: str) -> int:
    """Return the harmony of у after the letters `before`: оқу-ға, көру-ге.

    After front vowels loans may still be back.
    """
    for letter in reversed(before):
        if letter in BACK_VOWELS:
            return _BACK
        if letter in FRONT_VOWELS:
            return _BOTH
    return _BOTH


@dataclass(frozen=True, slots=True)
class Fusion:
    """A sound law that merges stem and suffix in one letter."""

    name: str
    suffix_start: str
    """The letter that the suffix starts with."""
    written: str
    """The letter that is written instead."""
    restored: str
    """The letter that the stem gets back, ``Y`` for ы or і, ``A`` for а or е, ``""`` for none."""
    sound_class: str
    """The sound class of the restored stem."""
    example: str

    def applies_to(self, rest: str) -> bool:
        """Return whether the law applies to `rest`, the letters before the fused one."""
        if self.restored == "й":
            return rest[-1] in VOWELS
        if self.restored in ("Y", "A"):
            return rest[-1] not in VOWELS
        return rest[-1] == "и"


FUSIONS = (
    Fusion("й+а=я", "а", "я", "й", "R", "қояды = қой-а-ды"),
    Fusion("й+у=ю", "у", "ю", "й", "R", "сүю = сүй-у"),
    Fusion("и+а=ия", "а", "я", "", "R", "жияды = жи-а-ды"),
    Fusion("и+у=ию", "у", "ю", "", "R", "жию = жи-у"),
    Fusion("ы+й=и", "й", "и", "Y", "V", "оқиды = оқы-й-ды"),
    Fusion("а+й=и", "й", "и", "A", "V", "істиді = істе-й-ді"),
    Fusion("ы+у=у", "у", "у", "Y", "V", "оқу = оқы-у"),
)
"""Stem and suffix in one letter. й+а is written я: қоя without -я is қо, which gets й back."""


@dataclass(frozen=True, slots=True)
class Alternation:
    """A sound law that changes the last sounds of a stem before certain suffixes."""

    name: str
    surface: str
    """The ending of the changed stem."""
    stem: str
    """The ending of the stem by itself."""
    before: tuple[str, ...]
    """Initial letters of the suffixes that cause the change."""
    example: str

    def undo(self, rest: str) -> str:
        """Return the stem whose changed form, ending in `surface`, is `rest`."""
        return rest[: len(rest) - len(self.surface)] + self.stem


_ANY_VOWEL = tuple("аеыіуюя")
ALTERNATIONS = (
    Alternation("п~б", "б", "п", _ANY_VOWEL, "кітабы = кітап-ы"),
    Alternation("қ~ғ", "ғ", "қ", _ANY_VOWEL, "балығы = балық-ы"),
    Alternation("к~г", "г", "к", _ANY_VOWEL, "жүрегі = жүрек-і"),
    Alternation("п~у", "у", "п", ("ып", "іп"), "тауып = тап-ып"),
    Alternation("ль~л", "л", "ль", ("і", "е"), "королі = король-і"),
)
"""Voiceless stops are voiced between vowels (кітап, кітабы); п of a few verbs becomes у before
-ып; the soft sign of a loan is not written before a vowel."""

INTERVOCALIC = ("п~б", "қ~ғ", "к~г")
"""Voicing needs a vowel on both sides: стендингі has no stem стендинк, тізгін no stem тізк."""

_ALTERNATION_OF = {law.surface: law for law in ALTERNATIONS}


def undo_alternation(rest: str, suffix: str) -> tuple[str, str] | None:
    """Return the stem changed to `rest` before `suffix`, with the name of the sound law."""
    law = _ALTERNATION_OF.get(rest[-1])
    if law is None or not suffix.startswith(law.before) or len(rest) < 2:
        return None
    if law.name in INTERVOCALIC and rest[-2] not in VOWELS:
        return None
    return law.undo(rest), law.name


ELISION = "ы~0"
"""The law that drops the last ы or і of a noun before a vowel: орны = орын-ы. Only listed words
follow it (``irregular.tsv``)."""


def elide(stem: str) -> str:
    """Return a stem without its last ы or і: орын -> орн, көрік -> көрк.

    Its last sound then follows a consonant and stays voiceless: көргім is көр-гі-м, "my wish to
    see".
    """
    return stem[:-2] + stem[-1]
