"""The prebuilt tables of names are what the analyzers make of the word lists."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.understanding.expansion import aliases, law_references, name_tables
from searchkit.understanding.expansion.expressions import Expression, analyzed
from searchkit.understanding.expansion.listed_entries import ListedEntries
from searchkit.understanding.expansion.name_tables import NameTables
from searchkit.understanding.expansion.thesaurus import FiledEntries, ThesaurusEntry, filed, first_letters

ENTRIES = [*aliases.of_names(aliases.synonym_groups()), *aliases.of_other_words()]
MAKE_AGAIN = "run: python analyzers/tools/list_names.py"


@pytest.fixture(scope="module")
def tables() -> NameTables:
    tables = name_tables.name_tables()
    assert tables, MAKE_AGAIN
    return tables


@pytest.fixture(params=["analysis_version", "checksum"])
def other_versions(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(name_tables, request.param, lambda *_: "others")
    name_tables.name_tables.cache_clear()
    yield
    name_tables.name_tables.cache_clear()


def found(tables: NameTables, first_word: str) -> list[ThesaurusEntry]:
    parts = (ListedEntries(tables, after_names) for after_names in (False, True))
    candidates = (part.candidates(first_letters(first_word), [first_word]) for part in parts)
    return [candidate.entry for part in candidates for candidate in part]


def test_each_name_has_the_words_that_the_analyzers_say(tables: NameTables) -> None:
    names = {name for entry in ENTRIES for name in (entry.expression, *entry.others)} | set(law_references.names())
    assert len(tables.names) == len({(name.text, name.language) for name in names}), MAKE_AGAIN
    assert [name for name in names if tables.words_of(name.text, name.language) != analyzed(name)] == [], MAKE_AGAIN


def test_each_entry_is_found_by_its_first_word(tables: NameTables) -> None:
    for entry in ENTRIES:
        first, *_ = analyzed(entry.expression)
        if first_letters(first.lemmas[0]) == first_letters(entry.expression.text):
            assert entry in found(tables, first.lemmas[0]), MAKE_AGAIN


def test_the_tables_have_no_other_entries_and_keep_their_order(tables: NameTables) -> None:
    assert len(ENTRIES) == len(tables.entries_of_names) + len(tables.other_entries)
    numbers = {entry: number for number, entry in enumerate(ENTRIES)}
    for word in ("алматы", "ассамблея", "казахстан", "қазақстан"):
        places = [numbers[entry] for entry in found(tables, word)]
        assert places == sorted(places)
        assert places


def test_nothing_but_whole_names_is_listed(tables: NameTables) -> None:
    assert tables.words_of("Алмат", "") is None
    assert tables.words_of("Алматы\tkk", "") is None
    assert tables.entries_beginning("алмат") == []
    assert tables.is_synonym("АҚШ")
    assert not tables.is_synonym("Абай")


@given(st.text("АБӘВЖИІКМОРТХУ", min_size=2, max_size=5))
def test_an_abbreviation_of_capitals_has_one_form(text: str) -> None:
    entry = ThesaurusEntry(Expression(text), (), 1.0, "learned")
    if filed(entry).has_one_form:
        (word,) = analyzed(entry.expression)
        assert word.lemmas == word.forms == (filed(entry).first,)
    else:
        assert set(text) <= set("ХІ")


@pytest.mark.usefixtures("other_versions")
def test_with_edited_lists_or_other_analyzers_the_names_are_analyzed() -> None:
    assert name_tables.name_tables() is None
    (source,) = aliases.sources((), ())
    assert isinstance(source, FiledEntries)
    assert Expression("Алматы", "kk") in [each.entry.expression for each in source.candidates("ал", ["алматы"])]
