from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import Document, Snippet, parse
from searchkit.analysis.token_offsets import Occurrence
from searchkit.highlighting.highlighter import LENGTH, LENGTHS_OF_TWO, Highlighter
from searchkit.query.nodes import Prefix
from tests.conftest import TESTS, cases

FILLER = "Мәтіннің бұл бөлігінде ештеңе жоқ. " * 20


def snippet(text: str, query: str) -> Snippet:
    leaves = parse(query).leaves
    highlighter = Highlighter(leaves, [1.0] * len(leaves))
    return highlighter.mark(Document(id="1", text=text))[1]


@pytest.mark.parametrize(("text", "query", "expected"), cases(TESTS / "highlighting" / "snippets.txt"))
def test_marks(text: str, query: str, expected: str) -> None:
    assert snippet(text, query).render("[", "]") == expected


def blocks(path: Path) -> list[tuple[str, str, str]]:
    """Return the query, text and snippet of each block; comments begin with ``#``."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    found = []
    for block in "\n".join(lines).strip().split("\n\n"):
        query, *text, expected = block.strip().splitlines()
        found.append((query, "\n".join(text), expected))
    return found


@pytest.mark.parametrize(("query", "text", "expected"), blocks(TESTS / "highlighting" / "passages.txt"))
def test_passages(query: str, text: str, expected: str) -> None:
    assert snippet(text, query).render("[", "]") == expected


def test_the_passage_with_more_of_the_query_wins() -> None:
    text = f"Театр ашылды. {FILLER}Театрда опера қойылды, спектакль өтті. {FILLER}Опера."
    found = snippet(text, "театрдағы опера спектаклі")
    assert found.render("[", "]").startswith("[Театрда] [опера] қойылды, [спектакль] өтті.")


def test_the_passage_where_the_words_are_closer_wins() -> None:
    text = f"Опера туралы көп айтылды, көп жазылды, соңында театр туралы сөз болды. {FILLER}Театр мен опера."
    assert "[Театр] мен [опера]" in snippet(text, "опера театр").render("[", "]")


def test_passages_that_meet_are_one() -> None:
    text = f"Театр {'сөз ' * 36}соңы. Ол {'сөз ' * 20}опера."
    assert LENGTH < len(text) < sum(LENGTHS_OF_TWO)
    assert snippet(text, "театр опера").text == text


def test_cut_at_sentences() -> None:
    text = f"{FILLER}Бұл театр жақсы. {FILLER}"
    found = snippet(text, "театр")
    assert len(found.text) <= LENGTH * 1.2
    assert found.text.endswith(".")
    assert found.text[0].isupper()


def test_a_long_sentence_is_cut_between_words() -> None:
    text = "сөз " * 200 + "театр " + "сөз " * 200
    found = snippet(text, "театр")
    assert found.text.startswith("…сөз")
    assert found.text.endswith("сөз…")
    assert len(found.text) <= LENGTH * 1.2


def test_abbreviations_end_no_sentence() -> None:
    text = f"{FILLER}Акционерное общество им. А. Кунанбаева в 2022 г. открыло театр. {FILLER}"
    assert "Акционерное общество им. А. Кунанбаева в 2022 г. открыло" in snippet(text, "театр").text


def test_a_passage_keeps_to_its_paragraph_where_enough_is_said() -> None:
    paragraph = "Бұл абзацта театр туралы айтылады, ол жеткілікті ұзын, сондықтан одан әрі созудың қажеті болмайды."
    assert snippet(f"Басы.\n\n{paragraph}\n\nФото: автор\n\nСоңы.", "театр").text.endswith("болмайды.")


def test_a_long_first_sentence_is_shown_where_only_the_title_is_met() -> None:
    found = snippet("сөз " * 200, "театр")
    assert found.text.startswith("сөз сөз")
    assert found.text.endswith("сөз…")


def test_a_sentence_may_run_a_tenth_over() -> None:
    sentence = "Бұл сөйлем екі жүз қырық әріптен сәл ғана ұзағырақ болғандықтан бүтін көрсетіледі, " * 3
    text = f"Театр. {sentence[: LENGTH + 5]}. {FILLER}"
    assert snippet(text, "театр").text == f"Театр. {sentence[: LENGTH + 5]}."


def test_an_endless_word_is_cut() -> None:
    found = snippet("театр" + "а" * 100_000, "театр*")
    assert len(found.text) <= 2 * LENGTH
    assert found.marks


def test_white_space_is_one_space() -> None:
    assert snippet("Театр.\n\n  Ол  мен\tопера", "театр опера").render("[", "]") == "[Театр]. Ол мен [опера]"


def test_a_heading_does_not_run_into_the_text() -> None:
    assert snippet("Театр\n\nОпера қойылды.", "театр опера").render("[", "]") == "[Театр] … [Опера] қойылды."


def test_a_phrase_is_shown_where_it_stands() -> None:
    far = "Ассамблея көп жылдан бері халық дәстүрін бағалайды."
    text = f"{far} {FILLER}Қазақстан халқы Ассамблеясының сессиясы өтті. Ассамблея жұмысын жалғастырады."
    assert "[халқы] [Ассамблеясының] сессиясы" in snippet(text, '"халқы Ассамблеясы"').render("[", "]")


@given(st.text(st.sampled_from("абв театр.!?«» \n-1Ә\u0301\u00ad"), max_size=700), st.sampled_from(["театр", "а", "1"]))
def test_marks_lie_in_the_snippet(text: str, query: str) -> None:
    found = snippet(text, query)
    assert len(found.text) <= LENGTH * 1.2 + 700 * ("\u00ad" in text)
    at = 0
    for start, end in found.marks:
        assert at <= start < end <= len(found.text)
        at = end


SENTENCES = [
    "Театр ашылды.",
    "Опера қойылды.",
    "Бұл жерде ештеңе жоқ.",
    "Мәтіннің бұл бөлігі ұзақ созылып барады, бірақ",
]


@given(st.lists(st.sampled_from(SENTENCES), max_size=30).map(" ".join))
def test_two_words_are_both_shown_wherever_they_stand(text: str) -> None:
    found = snippet(text, "театр опера")
    shown = {found.text[start:end] for start, end in found.marks}
    assert shown == {word for word in ("Театр", "Опера") if word in text}
    assert len(found.text) <= 1.2 * sum(LENGTHS_OF_TWO)


def test_render() -> None:
    found = Snippet("Сен & <мен> «біз»", ((6, 11),))
    assert found.render() == "Сен &amp; <mark>&lt;мен&gt;</mark> «біз»"
    assert found.render("[", "]") == "Сен & [<мен>] «біз»"
    assert found.render("<b>", "</b>", html=False) == "Сен & <b><мен></b> «біз»"
    assert found.render("*", "*", html=True) == "Сен &amp; *&lt;мен&gt;* «біз»"


@given(st.text(), st.data())
def test_render_without_marks_gives_the_text_back(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    marks = tuple((a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False))
    assert Snippet(text, marks).render("", "") == text


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 12), st.integers(0, 2)), max_size=80), st.integers(1, 3))
def test_runs_that_are_skipped_score_no_higher(words: list[tuple[int, int, int]], asked: int) -> None:
    """`words` are how far each is from the one before, how long it is, and which of the query's it
    is.
    """
    leaves = [Prefix(letter) for letter in "абв"[:asked]]
    highlighter = Highlighter(leaves, [1.0 + i for i in range(asked)])
    found, at = [], 0
    for position, (gap, length, leaf) in enumerate(words):
        found.append(Occurrence(at + gap, at + gap + length, leaf % asked, position))
        at += gap + length
    span = highlighter._windows.best(found, LENGTH)
    highlighter._windows._max_score_apart = math.inf  # nothing is passed over
    assert span == highlighter._windows.best(found, LENGTH)
