"""Words are read by a tree of endings: here they are read once more by trying every suffix at every place."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit_analyzers.kazakh import KAZAKH
from searchkit_analyzers.kazakh.disambiguation import HARMONIC, PARTS, read_choice, read_costs, read_roots
from searchkit_analyzers.kazakh.irregular import read_irregulars
from searchkit_analyzers.kazakh.morphotactics import (
    INCOMPLETE,
    KEPT_POSSESSIVE,
    LOOPS,
    NOUN,
    NUMERAL,
    PATRONYMICS,
    STATES,
    VERB,
    VERB_FINALS,
    slot_of,
)
from searchkit_analyzers.kazakh.phonology import (
    BACK_VOWELS,
    ELISION,
    FRONT,
    FRONT_VOWELS,
    VOWELS,
    find_profile,
    fusion_holds,
    profile,
    undo_changes,
)
from searchkit_analyzers.kazakh.suffix_stripper import Reading, SuffixStripper, read_peeler
from searchkit_analyzers.kazakh.suffix_trie import WHOLE
from searchkit_analyzers.kazakh.suffixes import Allomorph, allomorphs, read_suffixes

LETTERS = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
IRREGULARS = read_irregulars()
ALLOMORPHS = [
    (allomorph, *slot_of(suffix.slot, suffix.gloss, suffix.on))
    for suffix in read_suffixes()
    for allomorph in allomorphs(suffix, fusing=VERB in slot_of(suffix.slot, suffix.gloss, suffix.on)[0])
]
ENDINGS = sorted({allomorph.surface for allomorph, *_ in ALLOMORPHS})
STEMS = sorted({*read_roots(), *IRREGULARS.elisions, *IRREGULARS.possessed, *IRREGULARS.numerals, *IRREGULARS.soft})

Plain = tuple[str, str, tuple[str, ...], tuple[str, ...]]
"""A reading: stem, part of speech, glosses from the stem outwards, laws."""

endings = st.lists(st.sampled_from(ENDINGS), max_size=4).map("".join)


def with_ending(letter: str) -> st.SearchStrategy[str]:
    return endings.map(letter.__add__)


words = st.one_of(
    st.text(LETTERS, min_size=1, max_size=12),
    st.builds(str.__add__, st.sampled_from(STEMS), endings),
    st.builds(
        lambda stem, letter, ending: stem[:-1] + letter + ending,
        st.sampled_from(STEMS),
        st.sampled_from("бғгул"),
        endings,
    ),
)


@settings(max_examples=600)
@given(words)
def test_the_tree_of_endings_finds_what_trying_every_suffix_finds(word: str) -> None:
    found = [
        (each.stem, each.part, tuple(allomorph.suffix.gloss for allomorph in each.suffixes), each.laws)
        for each in read_peeler().readings(word)
    ]
    shortest = next((place + 1 for place, letter in enumerate(word) if letter in VOWELS), len(word))
    complete = set(STATES) - set(INCOMPLETE)
    assert sorted(found) == sorted([(word, "-", (), ()), *plain_readings(word, complete, (), (), False, shortest)])


def plain_readings(
    text: str, states: set[str], glosses: tuple[str, ...], laws: tuple[str, ...], looped: bool, shortest: int
) -> Iterator[Plain]:
    for allomorph, on, leaves in ALLOMORPHS:
        rest = text.removesuffix(allomorph.surface)
        if leaves in states and rest != text and len(rest) >= shortest and not (looped and leaves in LOOPS):
            more = (allomorph.suffix.gloss, *glosses)
            for stem, law in stems_before(rest, allomorph):
                more_laws = (law, *laws) if law else laws
                if NOUN in on and len(stem) > 1 and keeps_possessive(stem, allomorph, text):
                    yield text, "n", glosses, (*laws, KEPT_POSSESSIVE)
                elif NOUN in on and len(stem) > 1:
                    yield stem, "n", more, more_laws
                if NUMERAL in on and stem in IRREGULARS.numerals:
                    yield stem, "n", more, more_laws
                if VERB in on and len(stem) > 1 and stem[-1] in VERB_FINALS:
                    yield stem, "v", more, more_laws
                yield from plain_readings(stem, set(on), more, more_laws, looped or leaves in LOOPS, shortest)


def stems_before(rest: str, allomorph: Allomorph) -> Iterator[tuple[str, str]]:
    if allomorph.fusion is not None:
        stem = rest + allomorph.restored
        if fusion_holds(allomorph.fusion, rest) and find_profile(stem) & allomorph.after:
            yield stem, allomorph.fusion.name
        return
    if find_profile(rest) & allomorph.after:
        yield rest, ""
    if allomorph.surface[0] in VOWELS:
        changed = undo_changes(rest, allomorph.surface)
        if changed is not None and find_profile(changed[0]) & allomorph.after and is_soft(*changed):
            yield changed
        if rest in IRREGULARS.elisions:
            yield IRREGULARS.elisions[rest], ELISION


def is_soft(stem: str, law: str) -> bool:
    return law != "ль~л" or stem in IRREGULARS.soft or not find_profile(stem[:-1]) & FRONT


def keeps_possessive(stem: str, allomorph: Allomorph, whole: str) -> bool:
    is_kin = stem.endswith(PATRONYMICS) and len(stem) > 5
    return allomorph.suffix.slot == "possessive3" and (whole in IRREGULARS.possessed or is_kin)


@given(st.text(LETTERS, min_size=1, max_size=8))
def test_a_profile_is_remembered_for_stems_that_have_the_same(stem: str) -> None:
    assert profile(stem) == profile(stem) == find_profile(stem)


@given(st.text(LETTERS, max_size=5), st.text(LETTERS, min_size=3, max_size=3))
def test_a_vowel_among_the_last_three_letters_tells_the_profile(beginning: str, end: str) -> None:
    if not (BACK_VOWELS | FRONT_VOWELS).isdisjoint(end):
        assert find_profile(beginning + end) == find_profile(end)


@given(st.text(LETTERS, min_size=1, max_size=8), st.sampled_from(PARTS))
def test_the_ends_of_a_stem_are_all_that_have_a_cost(stem: str, part: str) -> None:
    features = read_choice().features(Reading(stem, part, WHOLE), stem)
    plain = stem.translate(HARMONIC)
    ends = {("ends", part, plain[start:]) for start in range(len(plain))}
    assert {feature for feature in features if feature[0] == "ends"} == ends & set(read_costs())


def test_endings_are_forgotten_when_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchkit_analyzers.kazakh.suffix_stripper._MOST_ENDINGS", 0)
    peeler = SuffixStripper(read_suffixes(), IRREGULARS)
    for word in ("балаларымызға", "кітабы", "балаларымызға"):
        again = [(reading.stem, reading.analysis) for reading in peeler.readings(word)]
        assert again == [(reading.stem, reading.analysis) for reading in KAZAKH.readings(word)]
