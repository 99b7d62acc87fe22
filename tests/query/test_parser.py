from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.query import parser, periods
from searchkit.query.nodes import Boolean, DateRange, Exact, FieldFilter, InTitle, Node, Phrase, Prefix, WordGroup
from searchkit.query.parser import MAX_WORDS, parse
from searchkit_analyzers.dates.iso import period_of
from tests.conftest import TESTS, cases


def shown(node: Node) -> str:
    """Return a tree in the notation of ``queries.txt``."""
    match node:
        case WordGroup(text=text):
            return text
        case Exact(form=form):
            return f"!{form}"
        case Prefix(prefix=prefix):
            return f"{prefix}*"
        case Phrase(words=words, slop=slop):
            return f'"{" ".join(map(shown, words))}"' + (f"~{slop}" if slop else "")
        case InTitle(words=words):
            return f"title:{shown(words)}"
        case FieldFilter(field=field, value=value):
            return f"[{field}={value}]"
        case DateRange(first=first, last=last):
            return f"[date={first}..{last}]"
        case Boolean(should=should, must=must, must_not=must_not, optional=optional):
            signed = [("", n) for n in should] + [("+", n) for n in must] + [("-", n) for n in must_not]
            signed += [("?", n) for n in optional]
            return " ".join(sign + (f"({shown(n)})" if isinstance(n, Boolean) else shown(n)) for sign, n in signed)


@pytest.mark.parametrize(("typed", "tree", "hint"), cases(TESTS / "query" / "queries.txt"))
def test_queries_are_parsed(typed: str, tree: str, hint: str) -> None:
    query = parse(typed.replace("\\", "|"))
    assert shown(query.root) == tree
    assert hint in " ".join(query.hints)
    assert bool(query.hints) == bool(hint)


def test_a_word_group_has_lemma_form_and_coarse_key() -> None:
    (group,) = parse("министрлерге").root.should
    assert isinstance(group, WordGroup)
    assert {"министр", "министрлерге"} <= set(group.lemmas)
    assert group.coarse


@given(st.text(max_size=80) | st.text(st.sampled_from('абв "()!*+-~:|ORNT date:lang:20221.'), max_size=60))
def test_no_query_is_invalid(typed: str) -> None:
    query = parse(typed)
    assert all(hint.strip() for hint in query.hints)


@given(st.text(st.sampled_from("абв АЖқi12_ \t\n²") | st.characters(categories=["L", "N", "Z"]), max_size=60))
def test_plain_words_parse_like_clauses(typed: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parser, "_MAY_BE_OPERATOR", re.compile(""))
        by_clauses = parse(typed)
    assert parse(typed) == by_clauses


@pytest.mark.parametrize(
    "typed",
    [
        "слово " * 10_000,
        "(" * 500 + "а" + ")" * 500,
        '"' * 999,
        "-" * 5000,
        " ".join(f"а{n}*" for n in range(3000)),
        "!" * 3000,
        "\x00\x1b[31m",
    ],
)
def test_absurd_queries_stay_small(typed: str) -> None:
    assert len(parse(typed).leaves) <= MAX_WORDS


@pytest.mark.parametrize(
    "piece", ["дата:1-1-1 ", "date:- 2022 ", "күні:2022-2023-2024-2025-", "1.1.2022 ", "2022 жылғы "]
)
def test_dates_take_few_steps(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0

    def counted(text: str) -> str:
        nonlocal calls
        calls += 1
        return period_of(text)

    monkeypatch.setattr(periods, "period_of", counted)
    parse(piece * 100)
    few, calls = calls, 0
    parse(piece * 400)
    assert calls <= 2 * few + 400


@pytest.mark.parametrize(
    "text", ["(а " * 900 + ") ЕМЕС " * 900, "(" + "а " * 5000 + ")" + " ЕМЕС" * 2000, "а ЕМЕС " * 2000]
)
def test_negations_behind_are_found_in_one_pass(text: str) -> None:
    assert len(parse(text).leaves) <= MAX_WORDS


def test_a_word_is_negated_once() -> None:
    assert shown(parse("сайлау партия ЕМЕС ЕМЕС").root) == "сайлау -партия ?ЕМЕС"
