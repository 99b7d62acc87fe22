"""The suffix trie finds the same readings as trying each suffix at each offset."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit_analyzers.kazakh import KAZAKH
from searchkit_analyzers.kazakh.disambiguation import POS, default_disambiguator, read_costs
from searchkit_analyzers.kazakh.irregular import read_irregulars
from searchkit_analyzers.kazakh.morphotactics import (
    INCOMPLETE_STATES,
    KEPT_POSSESSIVE,
    LOOP_STATES,
    NOUN,
    NUMERAL,
    PATRONYMICS,
    STATES,
    VERB,
    VERB_FINALS,
    transition,
)
from searchkit_analyzers.kazakh.phonology import (
    BACK_VOWELS,
    ELISION,
    FRONT_VOWELS,
    VOWELS,
    compute_profile,
    profile,
    undo_alternation,
)
from searchkit_analyzers.kazakh.roots import read_roots
from searchkit_analyzers.kazakh.stem_endings import IGNORE_HARMONY
from searchkit_analyzers.kazakh.suffix_stripper import (
    Reading,
    SuffixStripper,
    default_stripper,
    may_alternate,
    may_fuse,
)
from searchkit_analyzers.kazakh.suffix_trie import EMPTY_CHAIN
from searchkit_analyzers.kazakh.suffixes import Allomorph, allomorphs, read_suffixes

LETTERS = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
IRREGULARS = read_irregulars()
ALLOMORPHS = [
    (allomorph, *transition(suffix.slot, suffix.gloss, suffix.attaches_to))
    for suffix in read_suffixes()
    for allomorph in allomorphs(suffix, fusing=VERB in transition(suffix.slot, suffix.gloss, suffix.attaches_to)[0])
]
ENDINGS = sorted({allomorph.surface for allomorph, *_ in ALLOMORPHS})
STEMS = sorted(
    {
        *read_roots(),
        *IRREGULARS.elisions,
        *IRREGULARS.inherent_possessives,
        *IRREGULARS.numerals,
    }
)

PlainReading = tuple[str, str, tuple[str, ...], tuple[str, ...]]
"""Stem, part of speech, glosses from the stem outwards, laws of a reading."""

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
def test_the_trie_finds_the_readings_of_an_exhaustive_search(word: str) -> None:
    found = [
        (each.stem, each.pos, tuple(allomorph.suffix.gloss for allomorph in each.suffixes), each.laws)
        for each in default_stripper().readings(word)
    ]
    shortest = next((index + 1 for index, letter in enumerate(word) if letter in VOWELS), len(word))
    complete = set(STATES) - set(INCOMPLETE_STATES)
    assert sorted(found) == sorted([(word, "-", (), ()), *plain_readings(word, complete, (), (), set(), shortest)])


def plain_readings(
    text: str, states: set[str], glosses: tuple[str, ...], laws: tuple[str, ...], loops: set[str], shortest: int
) -> Iterator[PlainReading]:
    for allomorph, sources, target in ALLOMORPHS:
        rest = text.removesuffix(allomorph.surface)
        if target in states and rest != text and len(rest) >= shortest and target not in loops:
            more = (allomorph.suffix.gloss, *glosses)
            for stem, law in stems_before(rest, allomorph):
                more_laws = (law, *laws) if law else laws
                if NOUN in sources and len(stem) > 1 and keeps_possessive(stem, allomorph, text):
                    yield text, "n", glosses, (*laws, KEPT_POSSESSIVE)
                elif NOUN in sources and len(stem) > 1:
                    yield stem, "n", more, more_laws
                if NUMERAL in sources and stem in IRREGULARS.numerals:
                    yield stem, "n", more, more_laws
                if VERB in sources and len(stem) > 1 and stem[-1] in VERB_FINALS:
                    yield stem, "v", more, more_laws
                yield from plain_readings(
                    stem, set(sources), more, more_laws, loops | {target} & set(LOOP_STATES), shortest
                )


def stems_before(rest: str, allomorph: Allomorph) -> Iterator[tuple[str, str]]:
    if allomorph.fusion is not None:
        stem = rest + allomorph.restored
        if allomorph.fusion.applies_to(rest) and may_fuse(rest) and compute_profile(stem) & allomorph.stem_profiles:
            yield stem, allomorph.fusion.name
        return
    if compute_profile(rest) & allomorph.stem_profiles:
        yield rest, ""
    if allomorph.surface[0] in VOWELS:
        undone = undo_alternation(rest, allomorph.surface)
        if undone is not None and compute_profile(undone[0]) & allomorph.stem_profiles and may_alternate(*undone):
            yield undone
        if rest in IRREGULARS.elisions:
            yield IRREGULARS.elisions[rest], ELISION


def keeps_possessive(stem: str, allomorph: Allomorph, possessed: str) -> bool:
    is_patronymic = stem.endswith(PATRONYMICS) and len(stem) > 5
    return allomorph.suffix.slot == "possessive3" and (possessed in IRREGULARS.inherent_possessives or is_patronymic)


@given(st.text(LETTERS, min_size=1, max_size=8))
def test_a_profile_is_remembered_for_stems_that_have_the_same(stem: str) -> None:
    assert profile(stem) == profile(stem) == compute_profile(stem)


@given(st.text(LETTERS, max_size=5), st.text(LETTERS, min_size=3, max_size=3))
def test_a_vowel_among_the_last_three_letters_decides_the_profile(beginning: str, end: str) -> None:
    if not (BACK_VOWELS | FRONT_VOWELS).isdisjoint(end):
        assert compute_profile(beginning + end) == compute_profile(end)


@given(st.text(LETTERS, min_size=1, max_size=8), st.sampled_from(POS))
def test_the_ending_features_of_a_stem_are_all_with_a_cost(stem: str, pos: str) -> None:
    features = default_disambiguator().features(Reading(stem, pos, EMPTY_CHAIN), stem)
    plain = stem.translate(IGNORE_HARMONY)
    ends = {("ends", pos, plain[start:]) for start in range(len(plain))}
    assert {feature for feature in features if feature[0] == "ends"} == ends & set(read_costs())


def test_a_full_trie_is_begun_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchkit_analyzers.kazakh.suffix_stripper._MAX_TRIE_SIZE", 0)
    stripper = SuffixStripper(read_suffixes(), IRREGULARS)
    for word in ("балаларымызға", "кітабы", "балаларымызға"):
        again = [(reading.stem, reading.analysis) for reading in stripper.readings(word)]
        assert again == [(reading.stem, reading.analysis) for reading in KAZAKH.readings(word)]
