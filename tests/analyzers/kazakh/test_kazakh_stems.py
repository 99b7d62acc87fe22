"""Words and their stems: `stems.tsv`, the example of every suffix, and every irregular form."""

from pathlib import Path

import pytest

from searchkit_analyzers.kazakh import KAZAKH
from searchkit_analyzers.kazakh.disambiguation import read_choice, read_costs
from searchkit_analyzers.kazakh.irregular import read_irregulars
from searchkit_analyzers.kazakh.morphotactics import SLOTS
from searchkit_analyzers.kazakh.phonology import CHANGES, FUSIONS, Change, Fusion
from searchkit_analyzers.kazakh.suffixes import Suffix, read_suffixes
from searchkit_analyzers.kazakh.tables import rows

GOLDEN = [
    line.split("\t")[:2]
    for line in Path(__file__).with_name("stems.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
SUFFIXES = read_suffixes()
IRREGULARS = read_irregulars()


def analyses(word: str) -> list[str]:
    return [reading.analysis for reading in KAZAKH.explain(word)]


@pytest.mark.parametrize(
    ("word", "stems"),
    [
        ("қаламыз", ("қала", "қал")),  # our town; we stay
        ("жаттығу", ("жаттық", "жаттығу")),  # the verbal noun; an exercise
        ("балаларымызға", ("бала",)),
        ("сенің", ("сен",)),
    ],
)
def test_a_second_stem_where_the_choice_is_close(word: str, stems: tuple[str, ...]) -> None:
    assert KAZAKH.stems(word) == stems
    assert KAZAKH.terms(word).lemmas == stems


@pytest.mark.parametrize(("word", "expected"), GOLDEN)
def test_stem(word: str, expected: str) -> None:
    stems = KAZAKH.stems(word)
    wanted = expected.split()
    assert stems[0] in wanted and set(wanted) <= set(stems), KAZAKH.explain(word)[:3]


@pytest.mark.parametrize("suffix", SUFFIXES, ids=lambda suffix: suffix.gloss)
def test_the_example_of_a_suffix_has_its_analysis(suffix: Suffix) -> None:
    assert suffix.analysis in analyses(suffix.example)
    assert suffix.gloss in suffix.analysis.split("+")


def test_every_slot_has_a_suffix() -> None:
    assert set(SLOTS) == {suffix.slot for suffix in SUFFIXES}


@pytest.mark.parametrize(("form", "stem"), IRREGULARS.forms.items())
def test_irregular_form(form: str, stem: str) -> None:
    assert KAZAKH.stem(form) == stem


@pytest.mark.parametrize(("short", "stem"), IRREGULARS.elisions.items())
def test_shortened_stem_is_restored(short: str, stem: str) -> None:
    words = [short + ending for ending in ("ы", "і", "ады", "ылды")]
    assert stem in {reading.stem for word in words for reading in KAZAKH.explain(word)}


@pytest.mark.parametrize("stem", sorted(IRREGULARS.soft))
def test_soft_sign_is_restored(stem: str) -> None:
    assert KAZAKH.stem(stem[:-1] + "і") == stem


@pytest.mark.parametrize("law", [*FUSIONS, *CHANGES], ids=lambda law: law.name)
def test_the_example_of_a_sound_law_undoes_it(law: Fusion | Change) -> None:
    word, parts = law.example.split(" = ")
    stem = parts.split("-")[0]
    assert any(reading.stem == stem and law.name in reading.laws for reading in KAZAKH.explain(word))


def test_costs_are_of_known_features() -> None:
    glosses = {suffix.gloss for suffix in SUFFIXES}
    for kind, what, *costs in rows("costs.tsv"):
        assert kind in {"suffix", "chain", "law", "length", "ends", "root", "family", "verb family"}
        assert kind != "suffix" or what in glosses
        assert len(costs) in (1, 3)


def test_roots_are_sorted_and_marked() -> None:
    table = rows("roots.tsv")
    assert [root for root, _ in table] == sorted({root for root, _ in table})
    assert {letter for _, parts in table for letter in parts} == set("anvx")


def test_a_cost_is_the_sum_over_features() -> None:
    choice, costs = read_choice(), read_costs()
    for word, _ in GOLDEN:
        for reading in KAZAKH.readings(word):
            total = sum(costs.get(feature, 0.0) for feature in choice.features(reading, word))
            assert choice.cost(reading, word) == pytest.approx(total), reading.analysis
