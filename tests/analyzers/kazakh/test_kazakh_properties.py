"""Properties: the stem is never empty, nothing raises, and what the grammar inflects it can peel."""

from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit_analyzers.kazakh import KAZAKH
from searchkit_analyzers.kazakh.grammar import slot_of
from searchkit_analyzers.kazakh.sounds import PROFILES, VOWELS, profile, profile_bit
from searchkit_analyzers.kazakh.suffixes import Suffix, read_suffixes, realise

LETTERS = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
NOUNS = "бала ат үй қыз мектеп кітап жүрек балық адам тау тіл көл өзен айғақ сөз дос ағаш түлкі қасқыр партия".split()
VERBS = "бар кел оқы сөйле жаз айт қой жи тап көр сүй қон бер тыңда".split()
SUFFIXES = read_suffixes()
VOICED = {"п": "б", "қ": "ғ", "к": "г"}


@given(st.text(max_size=60))
def test_any_text_has_terms(word: str) -> None:
    terms = KAZAKH.terms(word)
    assert len(terms.lemmas) == 1 and len(terms.coarse) == 1


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
    if ending[0] in VOWELS:
        stem = stem[:-1] + VOICED.get(stem[-1], stem[-1])
    return stem + ending


def test_joining_stem_and_suffix() -> None:
    assert joined("кітап", next(s for s in SUFFIXES if s.gloss == "3.POSS")) == "кітабы"
    assert joined("оқы", next(s for s in SUFFIXES if s.gloss == "CVB.IPFV")) == "оқи"


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_an_inflected_noun_has_its_stem_among_its_readings(data: st.DataObject) -> None:
    stem = data.draw(st.sampled_from(NOUNS))
    word, glosses = data.draw(inflections(stem, "noun"))
    assert "+".join((stem, *glosses)) in {reading.analysis for reading in KAZAKH.explain(word)}


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_an_inflected_verb_has_its_stem_among_its_readings(data: st.DataObject) -> None:
    stem = data.draw(st.sampled_from(VERBS))
    word, glosses = data.draw(inflections(stem, "verb"))
    assert stem in {reading.stem for reading in KAZAKH.explain(word)}, (word, glosses)
