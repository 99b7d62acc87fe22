"""Near-duplicates are found, and a search shows them once."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import Document, Index, SearchOptions
from searchkit.analysis.near_duplicates import (
    NO_SIGNATURES,
    KnownSignatures,
    as_rows,
    assign_clusters,
    minhash_signature,
)
from tests.conftest import TESTS, Run, cases

ARTICLE = " ".join(f"Қаланың {n} мектебінде жаңа оқу жылы басталды." for n in range(20))
OTHER = " ".join(f"Өзеннің {n} көпірі жөндеуден кейін ашылды." for n in range(20))


def long(text: str) -> str:
    """Repeat what stands in ``<>``, each time with a number."""
    return re.sub("<(.*?)>", lambda found: " ".join(f"{found[1]} {n}." for n in range(30)), text)


def document(id_: str, text: str, **facts: str) -> Document:
    return Document(id=id_, text=text, language="kk", **facts)  # type: ignore[arg-type]


def are_copies(*texts: str) -> bool:
    documents = [document(str(number), text) for number, text in enumerate(texts)]
    return len(set(assign_clusters(documents, list(map(minhash_signature, documents)), NO_SIGNATURES))) == 1


@pytest.mark.parametrize(("answer", "first", "second"), cases(TESTS / "analysis" / "copies.txt"))
def test_what_is_a_copy(answer: str, first: str, second: str) -> None:
    assert are_copies(long(first), long(second)) == (answer == "yes")


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        ("Погода на 17 мая", "Погода на 18 мая", False),
        ("2018-2020 жылдарға арналған бюджет", "2024-2026 жылдарға арналған бюджет", False),
        ("17 мамырдағы ауа райы", "17 мамырға ауа райы", True),
        ("Жаңа мектеп ашылды", "Қалада мектеп ашылды", True),
    ],
)
def test_a_number_in_the_title_makes_another_article(first: str, second: str, answer: bool) -> None:
    documents = [document("a", ARTICLE, title=first), document("b", ARTICLE, title=second)]
    clusters = assign_clusters(documents, list(map(minhash_signature, documents)), NO_SIGNATURES)
    assert (clusters[0] == clusters[1]) == answer


@given(st.lists(st.sampled_from("бір екі үш төрт бес алты жеті сегіз тоғыз он".split()), min_size=8, max_size=300))
def test_every_text_is_a_copy_of_itself(words: list[str]) -> None:
    assert are_copies(" ".join(words), "  ".join(words).upper())


@given(st.lists(st.text(max_size=30), max_size=8), st.integers(0, 8))
def test_it_makes_no_difference_when_copies_come(texts: list[str], cut: int) -> None:
    documents = [document(str(number), text) for number, text in enumerate(texts)]
    signatures = list(map(minhash_signature, documents))
    at_once = assign_clusters(documents, signatures, NO_SIGNATURES)
    before = assign_clusters(documents[:cut], signatures[:cut], NO_SIGNATURES)
    rows = as_rows(signatures[:cut])
    known = KnownSignatures(rows, np.array(before, np.uint64))
    assert before + assign_clusters(documents[cut:], signatures[cut:], known) == at_once


def test_a_book_is_a_copy_of_itself() -> None:
    book = " ".join(f"сөз{n * n % 10_007}" for n in range(50_000))
    assert are_copies(book, book + " Соңы")


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """Return an index of five articles in two commits; three are copies of one another."""
    index = Index.open(tmp_path / "index")
    index.update([document("a", ARTICLE, date="2024-05-17"), document("b", OTHER + " мектеп", date="2024-05-18")])
    later = ARTICLE + " Бөлісу Басып шығару"
    index.update([document("c", later, date="2024-05-19"), document("d", ARTICLE), document("e", "Мектеп туралы.")])
    return index


def test_copies_are_shown_once(index: Index) -> None:
    results = index.search("мектептер", limit=10)
    shown = {hit.id: hit.copies for hit in results}
    assert len(shown) == 3
    assert results.total == 5
    assert sorted(shown.values()) == [0, 0, 2]
    assert [hit.to_dict()["copies"] for hit in results] == [hit.copies for hit in results]
    everything = index.search("мектептер", options=SearchOptions(collapse_duplicates=False))
    assert {hit.id: hit.copies for hit in everything} == dict.fromkeys("abcde", 0)
    assert everything[0].id == results[0].id


def test_pages_go_on_over_copies(index: Index) -> None:
    whole = [hit.id for hit in index.search("мектептер", limit=10)]
    assert [hit.id for place in range(4) for hit in index.search("мектептер", limit=1, offset=place)] == whole
    assert index.search("мектептер", limit=0).hits == []


def test_the_newest_copy_is_shown_where_the_newest_come_first(index: Index) -> None:
    assert index.search("мектептер", sort="date")[0].id == "c"


def test_only_copies_that_match_are_counted(index: Index) -> None:
    assert [hit.copies for hit in index.search("мектептер date:2024")] == [1, 0]


def test_an_article_that_changes_leaves_its_cluster(index: Index) -> None:
    index.update([document("a", OTHER.replace("көпірі", "мұражай") + " мектеп")])
    shown = {hit.id: hit.copies for hit in index.search("мектептер")}
    assert shown["a"] == 0
    assert sorted(shown.values()) == [0, 0, 0, 1]


def test_the_command_line(run: Run, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"Мектеп\n\n{ARTICLE}", "utf-8")
    run("index", ".")
    assert "a.txt · and 1 copy" in run("search", "мектеп").stdout
    assert run("search", "мектеп", "--all-copies").stdout.count(".txt") == 2
