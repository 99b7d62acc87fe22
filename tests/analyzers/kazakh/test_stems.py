"""Words and their stems: `stems.tsv`, the example of each suffix and law, each irregular form."""

from pathlib import Path

import pytest

from searchkit_analyzers.kazakh import KAZAKH
from searchkit_analyzers.kazakh.disambiguation import default_disambiguator, read_costs
from searchkit_analyzers.kazakh.irregular import read_irregulars
from searchkit_analyzers.kazakh.phonology import ALTERNATIONS, FUSIONS, Alternation, Fusion
from searchkit_analyzers.kazakh.roots import read_roots
from searchkit_analyzers.kazakh.suffixes import Suffix, read_suffixes

GOLDEN = [
    line.split("\t")[:2]
    for line in Path(__file__).with_name("stems.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
IRREGULARS = read_irregulars()


def analyses(word: str) -> list[str]:
    return [reading.analysis for reading in KAZAKH.explain(word)]


@pytest.mark.parametrize(("word", "expected"), GOLDEN)
def test_stem(word: str, expected: str) -> None:
    stems = KAZAKH.stems(word)
    wanted = expected.split()
    assert stems[0] in wanted and set(wanted) <= set(stems), KAZAKH.explain(word)[:3]


@pytest.mark.parametrize(
    ("word", "stems"),
    [
        ("қаламыз", ("қала", "қал")),  # our town; we stay
        ("жаттығу", ("жаттығу", "жаттық")),  # an exercise; the verbal noun
        ("балаларымызға", ("бала",)),
        ("сенің", ("сен",)),
    ],
)
def test_a_second_stem_where_the_choice_is_close(word: str, stems: tuple[str, ...]) -> None:
    assert KAZAKH.stems(word) == stems
    assert KAZAKH.terms(word).lemmas == stems


@pytest.mark.parametrize("suffix", read_suffixes(), ids=lambda suffix: suffix.gloss)
def test_the_example_of_a_suffix_has_its_analysis(suffix: Suffix) -> None:
    assert suffix.analysis in analyses(suffix.example)
    assert suffix.gloss in suffix.analysis.split("+")


@pytest.mark.parametrize("law", [*FUSIONS, *ALTERNATIONS], ids=lambda law: law.name)
def test_the_example_of_a_sound_law_undoes_it(law: Fusion | Alternation) -> None:
    word, morphs = law.example.split(" = ")
    stem = morphs.split("-")[0]
    assert any(reading.stem == stem and law.name in reading.laws for reading in KAZAKH.explain(word))


@pytest.mark.parametrize(("form", "stem"), IRREGULARS.forms.items())
def test_irregular_form(form: str, stem: str) -> None:
    assert KAZAKH.stem(form) == stem


@pytest.mark.parametrize(("short", "stem"), IRREGULARS.elisions.items())
def test_elided_stem_is_restored(short: str, stem: str) -> None:
    words = [short + ending for ending in ("ы", "і", "ады", "ылды")]
    assert stem in {reading.stem for word in words for reading in KAZAKH.explain(word)}


@pytest.mark.parametrize("stem", [root for root in read_roots() if root.endswith("ль")])
def test_soft_sign_is_restored(stem: str) -> None:
    assert KAZAKH.stem(stem[:-1] + "і") == stem


def test_a_listed_word_is_a_stem_of_itself() -> None:
    """Nouns in -у are left out, since verbs may win: сайлау -> сайла."""
    own = [
        root
        for root, pos in read_roots().items()
        if pos != "v" and root not in {**IRREGULARS.forms, **IRREGULARS.stems}
    ]
    assert [root for root in own if root.replace("ё", "е") not in KAZAKH.stems(root) and root[-1] != "у"] == []


def test_a_cost_is_the_sum_over_features() -> None:
    disambiguator, costs = default_disambiguator(), read_costs()
    for word, _ in GOLDEN:
        for reading in KAZAKH.readings(word):
            total = sum(costs.get(feature, 0.0) for feature in disambiguator.features(reading, word))
            assert disambiguator.cost(reading, word) == pytest.approx(total), reading.analysis
