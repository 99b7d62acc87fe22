"""List the names of searchkit's word lists with their words analyzed, so that a query need not.

    python analyzers/tools/list_names.py

It reads the lists in ``searchkit/understanding/data`` and writes the table that
``searchkit/understanding/expansion/name_tables.py`` reads, and the words that
``searchkit/understanding/spelling/listed_words.py`` looks up. Run it again when the lists or the
analyzers have changed. The same input gives the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from searchkit.understanding.expansion import aliases, law_references, name_tables
from searchkit.understanding.expansion.expressions import Expression, analyzed
from searchkit.understanding.expansion.name_tables import AMBIGUOUS, WORD, NameRow
from searchkit.understanding.expansion.thesaurus import ThesaurusEntry
from searchkit.understanding.spelling import listed_words

DATA_FILE = Path(name_tables.__file__).with_name(name_tables.DATA_FILE)
HEADER = f"""\
{name_tables.version_line()}
# Names of the lists in searchkit/understanding/data with their analyzed words, their thesaurus entries, and the
# numbers of the entries by first word; read by name_tables.py.
# Lemmas of Russian words: pymorphy3's dictionary (OpenCorpora, CC BY-SA 3.0). Made by
#   python analyzers/tools/list_names.py
"""
WORDS_FILE = Path(listed_words.__file__).with_name(listed_words.DATA_FILE)
_Numbers = Mapping[tuple[str, str], int]
"""The number of the line of a name, by its text and language."""


def name_rows(entries: Iterable[ThesaurusEntry]) -> list[NameRow]:
    """Return all names of entries and of laws, sorted as their lines are."""
    synonyms = {synonym.text for group in aliases.synonym_groups() for synonym in group}
    names = {name for entry in entries for name in (entry.expression, *entry.others)} | set(law_references.names())
    rows = {(name.text, name.language): analyzed(name) for name in names}
    listed = (NameRow(*key, key[0] in synonyms, words) for key, words in rows.items())
    return sorted(listed, key=lambda row: f"{row.text}\t{row.language}\t".encode())


def entry_lines(entries: Iterable[ThesaurusEntry], numbers: _Numbers) -> Iterator[str]:
    """Yield the lines of entries."""
    for expression, others, weight, kind in entries:
        names = " ".join(_marked(other, numbers) for other in others)
        yield f"{_marked(expression, numbers)}\t{weight!r}\t{kind}\t{names}"


def _marked(name: Expression, numbers: _Numbers) -> str:
    mark = WORD if name.is_word else AMBIGUOUS if name.ambiguity else ""
    return f"{numbers[name.text, name.language]}{mark}"


def first_word_lines(entries: Iterable[ThesaurusEntry]) -> list[str]:
    """Return for each term of a first word the numbers of the entries that it begins, sorted."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        first, *_ = analyzed(entry.expression)
        for term in dict.fromkeys((first.lemmas[0], *first.forms)):
            numbers[term].append(number)
    lines = (f"{term}\t{' '.join(map(str, of_term))}" for term, of_term in numbers.items())
    return sorted(lines, key=str.encode)


def content() -> str:
    """Return the table."""
    of_names, others = list(aliases.of_names(aliases.synonym_groups())), list(aliases.of_other_words())
    rows = name_rows((*of_names, *others))
    numbers = {(row.text, row.language): number for number, row in enumerate(rows)}
    names = list(map(name_tables.written_name, rows))
    entries = (entry_lines(part, numbers) for part in (of_names, others))
    parts = (names, *entries, first_word_lines((*of_names, *others)))
    return "\n".join((HEADER, *("\n".join(part) + "\n" for part in parts)))


if __name__ == "__main__":
    DATA_FILE.write_text(content(), "utf-8")
    words = [listed_words.version_line().encode(), *listed_words.all_words()]
    WORDS_FILE.write_bytes(b"\n".join(words) + b"\n")
