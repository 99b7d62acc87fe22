"""Forms of loans, names, numerals and more meet: a sample of the words of the benchmark."""

import pytest

from benchmarks.quality.paradigms import HALVES, Paradigm, by_kind, measure, read_paradigms

PARADIGMS = by_kind(read_paradigms())


@pytest.mark.parametrize("kind", PARADIGMS)
@pytest.mark.parametrize("half", HALVES)
def test_nearly_all_pairs_of_forms_meet(kind: str, half: str) -> None:
    assert measure(each for each in PARADIGMS[kind] if each.half == half)["recall"] >= 0.95


def test_forms_that_do_not_meet_are_counted() -> None:
    paradigm = Paradigm("nouns", HALVES[0], ("кітап", "кітаптар", "кітабы", "тас"), "kk")
    assert len(paradigm.misses()) == 3
    assert measure([paradigm]) == {"words": 1, "forms": 4, "off the stem": 0.25, "recall": 0.5}
