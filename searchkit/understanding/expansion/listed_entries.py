"""Finds the thesaurus entries of the word lists by bisection in the prebuilt tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from searchkit.understanding.expansion.expressions import Expression
from searchkit.understanding.expansion.name_tables import AMBIGUOUS, WORD, NameTables
from searchkit.understanding.expansion.thesaurus import FiledEntry, ThesaurusEntry, filed, first_letters


class ListedEntries:
    """The entries of names, or `after_names` those of places and of related words."""

    def __init__(self, tables: NameTables, after_names: bool) -> None:
        self._tables = tables
        names, others = len(tables.entries_of_names), len(tables.other_entries)
        self._numbers = range(names, names + others) if after_names else range(names)

    def candidates(self, key: str, lemmas: Sequence[str]) -> Iterator[FiledEntry]:
        """Yield the entries with these first letters whose first word has one of the lemmas."""
        numbers = {number for lemma in lemmas for number in self._tables.entries_beginning(lemma)}
        for entry in map(self._entry, sorted(filter(self._numbers.__contains__, numbers))):
            if first_letters(entry.expression.text) == key:
                yield filed(entry)

    def _entry(self, number: int) -> ThesaurusEntry:
        name, weight, kind, others = self._tables.entry(number)
        return ThesaurusEntry(self._expression(name), tuple(map(self._expression, others)), float(weight), kind)

    def _expression(self, name: str) -> Expression:
        is_word = name.endswith(WORD)
        text, language = self._tables.name(int(name.rstrip(AMBIGUOUS + WORD)))
        return Expression(text, language, is_word or name.endswith(AMBIGUOUS), is_word)
