"""The data files are well formed: sorted, distinct, of known kinds."""

from pathlib import Path

import searchkit_analyzers.kazakh as kazakh
from searchkit_analyzers.kazakh.morphotactics import SLOTS
from searchkit_analyzers.kazakh.suffixes import read_suffixes
from searchkit_analyzers.kazakh.tables import DATA_FILES, rows


def test_every_table_is_in_the_fingerprint() -> None:
    assert {table.name for table in Path(kazakh.__file__).parent.glob("*.tsv")} == set(DATA_FILES)


def test_every_slot_has_a_suffix() -> None:
    assert set(SLOTS) == {suffix.slot for suffix in read_suffixes()}


def test_costs_are_of_known_features() -> None:
    glosses = {suffix.gloss for suffix in read_suffixes()}
    for kind, value, *costs in rows("costs.tsv"):
        assert kind in {"suffix", "chain", "law", "length", "ends", "root", "family", "verb family"}
        assert kind != "suffix" or value in glosses
        assert len(costs) in (1, 3)


def test_roots_are_sorted_and_have_a_part_of_speech() -> None:
    table = rows("roots.tsv")
    assert [root for root, _ in table] == sorted({root for root, _ in table})
    assert {letter for _, pos in table for letter in pos} == set("anvx")


def test_stop_words_are_distinct_lower_case_words() -> None:
    lines = (Path(kazakh.__file__).with_name("stopwords.txt")).read_text("utf-8").splitlines()
    words = [line for line in lines if line and not line.startswith("#")]
    assert len(words) == len(set(words)) > 250
    assert all(word.isalpha() and word.islower() for word in words)
