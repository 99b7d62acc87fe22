"""Properties: the stem is never empty, nothing raises, and what the grammar inflects it can peel."""

from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit_analyzers.kazakh import KAZAKH
from searchkit_analyzers.kazakh.disambiguation import read_roots
from searchkit_analyzers.kazakh.irregular import read_irregulars
from searchkit_analyzers.kazakh.morphotactics import VERB_FINALS, slot_of
from searchkit_analyzers.kazakh.phonology import PROFILES, VOWELS, profile, profile_bit
from searchkit_analyzers.kazakh.suffix_stripper import read_peeler
from searchkit_analyzers.kazakh.suffixes import Suffix, read_suffixes, realise

LETTERS = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
ROOTS = read_roots()
NOUNS = [root for root, parts in ROOTS.items() if {"n", "a"} & set(parts) and root not in read_irregulars().forms]
VERBS = [root for root, parts in ROOTS.items() if "v" in parts and root[-1] in VERB_FINALS and root[-2:] != "уы"]
"""Not суы, жуы: the и of суиды is not undone after у."""
SUFFIXES = read_suffixes()
VOICED = {"п": "б", "қ": "ғ", "к": "г"}


words = st.one_of(st.text(max_size=60), st.text(LETTERS, max_size=60), st.sampled_from(list(ROOTS)))


@given(words)
def test_any_text_has_one_or_two_stems_and_one_coarse_key(word: str) -> None:
    stems = KAZAKH.stems(word)
    assert 1 <= len(stems) == len(set(stems)) <= 2
    assert KAZAKH.terms(word) == (stems, (stems[0][:5] + "-",))


@settings(max_examples=500)
@given(st.text(LETTERS, min_size=1, max_size=48))
def test_the_stem_of_a_word_is_never_empty(word: str) -> None:
    stem = KAZAKH.stem(word)
    assert stem and len(stem) <= len(word) + 2


def inflections(stem: str, state: str) -> st.SearchStrategy[tuple[str, tuple[str, ...]]]:
    """Words that the grammar makes of a stem: up to four suffixes, with their glosses."""
    return st.lists(st.integers(0, 200), max_size=4).map(lambda picks: inflect(stem, state, picks))


def inflect(word: str, state: str, picks: list[int]) -> tuple[str, tuple[str, ...]]:
    glosses: tuple[str, ...] = ()
    looped = False
    for pick in picks:
        following = [s for s in SUFFIXES if may_follow(s, word, state, looped)]
        if not following:
            break
        suffix = following[pick % len(following)]
        word, state = joined(word, suffix), slot_of(suffix.slot, suffix.gloss, suffix.on)[1]
        glosses += (suffix.gloss,)
        looped = looped or state in ("attributive", "similative")
    return (word, glosses) if state != "desiderative" else inflect(word, state, [0])


def may_follow(suffix: Suffix, word: str, state: str, looped: bool) -> bool:
    on, leaves = slot_of(suffix.slot, suffix.gloss, suffix.on)
    sound = next(name for name, harmony in PROFILES if profile(word) & profile_bit(name, harmony))
    repeats = looped and leaves in ("attributive", "similative")
    return state in on and sound in suffix.sounds and leaves != "desiderative" and not repeats


def joined(stem: str, suffix: Suffix) -> str:
    sound, harmony = next((n, h) for n, h in PROFILES if profile(stem) & profile_bit(n, h))
    ending = realise(suffix.form, sound, harmony)
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
    assert joined("кітап", next(s for s in SUFFIXES if s.gloss == "3.POSS")) == "кітабы"
    assert joined("оқы", next(s for s in SUFFIXES if s.gloss == "CVB.IPFV")) == "оқи"


@settings(max_examples=400)
@given(st.data())
def test_an_inflected_noun_has_its_stem_among_its_readings(data: st.DataObject) -> None:
    stem = data.draw(st.sampled_from(NOUNS))
    word, glosses = data.draw(inflections(stem, "noun"))
    assert "+".join((stem, *glosses)) in {reading.analysis for reading in read_peeler().readings(word)}


@settings(max_examples=400)
@given(st.data())
def test_an_inflected_verb_has_its_stem_among_its_readings(data: st.DataObject) -> None:
    stem = data.draw(st.sampled_from(VERBS))
    word, glosses = data.draw(inflections(stem, "verb"))
    assert stem in {reading.stem for reading in read_peeler().readings(word)}, (word, glosses)


def test_a_listed_word_is_a_stem_of_itself() -> None:
    """Of nouns, adjectives and invariable words; nouns in -у may go to the verb (сайлау -> сайла), listed or not."""
    own = [root for root, parts in ROOTS.items() if parts != "v" and root not in read_irregulars().forms]
    assert [root for root in own if root.replace("ё", "е") not in KAZAKH.stems(root) and root[-1] != "у"] == []
