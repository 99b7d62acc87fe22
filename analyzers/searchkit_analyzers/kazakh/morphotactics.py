"""The slots of a Kazakh word: which suffix may follow which.

A word is read from its end. Each suffix *stands on* a state and leaves the word in the state named by its slot.
Peeling баланың: -ның (slot ``place``) stands on ``noun``, and бала, a bare noun, is such a state; so
бала+GEN is one reading. The table covers inflection only: derivation (-лық, -шы, -лы, -сыз, -дас) makes words of
their own and stays on the stem, since a search for *балалық* is not one for *бала*.
"""

from __future__ import annotations

NOUN, VERB, NUMERAL = "noun", "verb", "numeral"
VERB_BASES = "verb voice passive causative reflexive"
VERB_STEMS = VERB_BASES + " negated"
NAMES = "noun plural possessed attributive similative"

SLOTS: dict[str, tuple[str, str]] = {
    # slot: (the states it stands on, the state it leaves the word in)
    "plural": ("noun attributive", "plural"),
    "possessive": ("noun plural attributive desiderative", "possessed"),
    "possessive3": ("noun plural attributive desiderative", "possessed3"),
    "case": (NAMES, "case"),
    "place": (NAMES, "place"),  # cases that a person may follow: үйдемін, алматыданмын
    "attributive": ("noun plural possessed", "attributive"),
    "similative": ("noun plural possessed attributive", "similative"),
    "copula": (NAMES + " possessed3 place", "finite"),  # a noun as predicate: баламын
    "person": ("converb intention", "finite"),
    "voice": ("verb", "voice"),
    "negation": (VERB_BASES, "negated"),
    "past": (VERB_STEMS, "past"),
    "short person": ("past", "finite"),
    "converb": (VERB_STEMS, "converb"),
    "mood": (VERB_STEMS, "finite"),
    "infinitive": (VERB_STEMS, "noun"),
    "intention": (VERB_STEMS, "intention"),
    "participle": (VERB_STEMS, "noun"),  # opens the nominal slots: барғандарға
    "ordinal": (NUMERAL, "noun"),  # numerals are a list: үшінші, not үйінші
    "desiderative": (VERB_STEMS, "desiderative"),  # only with a possessive: барғым келеді
}
"""The grammar. One loop is allowed: a word leaves ``attributive`` or ``similative`` once (үйдегілерге)."""

VOICE_STATES = {"PASS": "passive", "REFL": "reflexive", "CAUS": "causative"}
"""Voices that another voice may follow: жаз-дыр-ыл, жаса-л-ын."""

LOOPS = ("attributive", "similative")
"""States that one word passes at most once."""

STEM_PARTS = {
    **dict.fromkeys(("voice", "negation"), "v"),
    **dict.fromkeys(("plural", "possessive", "possessive3", "attributive", "similative"), "n"),
    **dict.fromkeys(("infinitive", "participle", "ordinal"), "n"),
}
"""Slots after which what has been made may be a word of its own, of this part of speech: айда-р and the name Айдар."""

INCOMPLETE = ("desiderative",)
"""States in which no word ends."""

VERB_FINALS = frozenset("аеәыіиуюрлйнмңзжсштқкп")
"""How a verb stem may end. Not in о, в, г, б ..., which is why Оразбаева is not read as a converb in -а."""

PATRONYMICS = ("ұл", "қыз")
"""Байтұрсынұлы, Нұрланқызы are names of their own: their possessive -ы stays."""
KEPT_POSSESSIVE = "possessive kept"
"""Named among the laws of such a reading."""


def slot_of(slot: str, gloss: str, on: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Return the states a suffix stands on, and the one in which it leaves the word."""
    usual, leaves = SLOTS[slot]
    return on or tuple(usual.split()), VOICE_STATES.get(gloss, leaves)


STATES = tuple(
    dict.fromkeys(state for on, leaves in SLOTS.values() for state in (*on.split(), leaves))
    | dict.fromkeys(VOICE_STATES.values())
)
"""Every state of a word."""
