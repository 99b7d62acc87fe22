"""Morphotactics: the suffix slots of a Kazakh word, and which slot may follow which.

The table is a finite-state grammar. A suffix *attaches to* a word in one of certain states and
leaves the longer word in the state that its slot names. In баланың the suffix -ның (slot
``place``) attaches to the state ``noun``, which is the state of бала, so бала+GEN is one reading.

The grammar covers inflection only. Derivation (-лық, -шы, -лы, -сыз, -дас) makes new words and
stays on the stem, since a search for *балалық* is not one for *бала*.
"""

from __future__ import annotations

NOUN, VERB, NUMERAL = "noun", "verb", "numeral"
VERB_BASES = "verb voice passive causative reflexive"
VERB_STEMS = VERB_BASES + " negated"
NOMINALS = "noun plural possessed attributive similative"

SLOTS: dict[str, tuple[str, str]] = {
    # slot: (the states it attaches to, the state it leaves the word in)
    "plural": ("noun attributive", "plural"),
    "possessive": ("noun plural attributive desiderative", "possessed"),
    "possessive3": ("noun plural attributive desiderative", "possessed3"),
    "case": (NOMINALS, "case"),
    "place": (NOMINALS, "place"),  # cases that a person may follow: үйдемін, алматыданмын
    "attributive": ("noun plural possessed", "attributive"),
    "similative": ("noun plural possessed attributive", "similative"),
    "copula": (NOMINALS + " possessed3 place", "finite"),  # a noun as predicate: баламын
    "person": ("converb intention", "finite"),
    "voice": ("verb", "voice"),
    "negation": (VERB_BASES, "negated"),
    "past": (VERB_STEMS, "past"),
    "short person": ("past", "personal"),
    "converb": (VERB_STEMS, "converb"),
    "mood": (VERB_STEMS, "wished"),
    "request": (VERB_STEMS + " wished personal", "finite"),  # айтшы, беріңізші, барсаңшы
    "infinitive": (VERB_STEMS, "noun"),
    "intention": (VERB_STEMS, "intention"),
    "participle": (VERB_STEMS, "noun"),  # opens the nominal slots: барғандарға
    "ordinal": (NUMERAL, "noun"),  # numerals are a list: үшінші, not үйінші
    "approximate": (NUMERAL, "noun"),  # ондаған, жүздеп
    "desiderative": (VERB_STEMS, "desiderative"),  # only with a possessive: барғым келеді
}
"""The grammar. Its loops are passed once each: ``attributive``, ``similative`` (үйдегілердей)."""

VOICE_STATES = {"PASS": "passive", "REFL": "reflexive", "CAUS": "causative"}
"""Gloss -> state, for voices that another voice may follow: жаз-дыр-ыл, жаса-л-ын."""

LOOP_STATES = ("attributive", "similative")
"""States that one word passes at most once."""

POS_AFTER_SLOT = {
    **dict.fromkeys(("voice", "negation"), "v"),
    **dict.fromkeys(("plural", "possessive", "possessive3", "attributive", "similative"), "n"),
    **dict.fromkeys(("infinitive", "participle", "ordinal", "approximate"), "n"),
}
"""Slot -> part of speech of a word that ends with it, where that may be a word of its own:
айда-р and the name Айдар."""

INCOMPLETE_STATES = ("desiderative",)
"""States in which no word ends."""

VERB_FINALS = frozenset("аеәыіиуюрлйнмңзжсштқкп")
"""Last letters of verb stems. They are not о, в, г, б ..., so Оразбаева is no converb in -а."""

PATRONYMICS = ("ұл", "қыз")
"""Байтұрсынұлы, Нұрланқызы are names of their own: their possessive -ы stays."""
KEPT_POSSESSIVE = "possessive kept"
"""Name among the sound laws of a reading whose stem keeps its possessive."""


def transition(slot: str, gloss: str, attaches_to: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Return the states before a suffix and the state after it.

    `attaches_to` lists the states where they differ from those of the slot; it may be empty.
    """
    usual, target = SLOTS[slot]
    return attaches_to or tuple(usual.split()), VOICE_STATES.get(gloss, target)


STATES = tuple(
    dict.fromkeys(state for sources, target in SLOTS.values() for state in (*sources.split(), target))
    | dict.fromkeys(VOICE_STATES.values())
)
"""All states of a word."""
