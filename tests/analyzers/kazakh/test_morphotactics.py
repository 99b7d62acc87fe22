"""Words inflected by the grammar have their stems among their readings."""

from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit_analyzers.kazakh.irregular import read_irregulars
from searchkit_analyzers.kazakh.morphotactics import INCOMPLETE_STATES, LOOP_STATES, VERB_FINALS, transition
from searchkit_analyzers.kazakh.phonology import PROFILES, VOWELS, profile, profile_bit
from searchkit_analyzers.kazakh.roots import read_roots
from searchkit_analyzers.kazakh.suffix_stripper import default_stripper
from searchkit_analyzers.kazakh.suffixes import Suffix, read_suffixes, realize

ROOTS = read_roots()
NOUNS = [root for root, pos in ROOTS.items() if {"n", "a"} & set(pos) and root not in read_irregulars().forms]
VERBS = [root for root, pos in ROOTS.items() if "v" in pos and root[-1] in VERB_FINALS and root[-2:] != "уы"]
"""суы, жуы are left out: the и of суиды is not undone after у."""
SUFFIXES = read_suffixes()
VOICED = {"п": "б", "қ": "ғ", "к": "г"}


def inflections(stem: str, state: str) -> st.SearchStrategy[tuple[str, tuple[str, ...]]]:
    """Return inflected words with up to four suffixes, and their glosses."""
    return st.lists(st.integers(0, 200), max_size=4).map(lambda picks: inflect(stem, state, picks))


def inflect(word: str, state: str, picks: list[int]) -> tuple[str, tuple[str, ...]]:
    glosses: tuple[str, ...] = ()
    loops: set[str] = set()
    for pick in picks:
        following = [suffix for suffix in SUFFIXES if may_follow(suffix, word, state, loops)]
        if not following:
            break
        suffix = following[pick % len(following)]
        word, state = join(word, suffix), transition(suffix.slot, suffix.gloss, suffix.attaches_to)[1]
        glosses += (suffix.gloss,)
        loops |= {state} & set(LOOP_STATES)
    return (word, glosses) if state not in INCOMPLETE_STATES else inflect(word, state, [0])


def may_follow(suffix: Suffix, word: str, state: str, loops: set[str]) -> bool:
    sources, target = transition(suffix.slot, suffix.gloss, suffix.attaches_to)
    sound_class, _ = first_profile(word)
    repeats = target in loops
    return state in sources and sound_class in suffix.sound_classes and target not in INCOMPLETE_STATES and not repeats


def first_profile(stem: str) -> tuple[str, str]:
    return next(each for each in PROFILES if profile(stem) & profile_bit(*each))


def join(stem: str, suffix: Suffix) -> str:
    ending = realize(suffix.form, *first_profile(stem))
    if stem[-1] == "й" and ending[0] in "ау":
        return stem[:-1] + {"а": "я", "у": "ю"}[ending[0]] + ending[1:]
    if stem[-1] in "ыі" and ending[0] in "йу":
        return stem[:-1] + {"й": "и", "у": "у"}[ending[0]] + ending[1:]
    if stem[-1] == "и" and ending[0] in "ау":
        return stem + {"а": "я", "у": "ю"}[ending[0]] + ending[1:]
    if ending[0] in VOWELS and stem[-2] in VOWELS:
        stem = stem[:-1] + VOICED.get(stem[-1], stem[-1])
    return stem + ending


def test_joining_stem_and_suffix() -> None:
    assert join("кітап", next(suffix for suffix in SUFFIXES if suffix.gloss == "3.POSS")) == "кітабы"
    assert join("оқы", next(suffix for suffix in SUFFIXES if suffix.gloss == "CVB.IPFV")) == "оқи"


@settings(max_examples=400)
@given(st.data())
def test_an_inflected_noun_has_its_analysis_among_its_readings(data: st.DataObject) -> None:
    stem = data.draw(st.sampled_from(NOUNS))
    word, glosses = data.draw(inflections(stem, "noun"))
    assert "+".join((stem, *glosses)) in {reading.analysis for reading in default_stripper().readings(word)}


@settings(max_examples=400)
@given(st.data())
def test_an_inflected_verb_has_its_stem_among_its_readings(data: st.DataObject) -> None:
    stem = data.draw(st.sampled_from(VERBS))
    word, glosses = data.draw(inflections(stem, "verb"))
    assert stem in {reading.stem for reading in default_stripper().readings(word)}, (word, glosses)
