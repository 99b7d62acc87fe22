"""List frequent words that ``searchkit/understanding/data/glossary.kk-ru.tsv`` lacks.

    python benchmarks/quality/glossary.py KAZAKH.txt RUSSIAN.txt
    python benchmarks/quality/glossary.py

Without texts it lists the words of the glossary, those of its expressions too, that the roots and
the Russian dictionary do not know: new words, and misspelt ones.

With texts it takes the most frequent content words of each. Prints the share that the glossary has,
the share with loans that both languages write alike (these need no line), and the missing words.
Function words, mostly capitalised words (names) and hyphenated words are left out. Multi-word
entries do not count.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pymorphy3

from searchkit.understanding.word_lists import glossary
from searchkit_analyzers import KAZAKH, RUSSIAN, analyze, is_function_word
from searchkit_analyzers.kazakh.tables import rows

KAZAKH_WORDS, RUSSIAN_WORDS = 3000, 2500
NAMES = 0.6
"""A word that is capitalised in a larger share of its occurrences counts as a name."""


def frequent(text: str, language: str, count: int) -> list[str]:
    """Return the most frequent content words of a text, by their likeliest lemma."""
    occurrences: Counter[str] = Counter()
    capitalised: Counter[str] = Counter()
    for token in analyze(text, language):
        if token.language == language and not is_function_word(token.surface):
            occurrences[token.lemmas[0]] += 1
            capitalised[token.lemmas[0]] += token.surface[0].isupper()
    words = (word for word, times in occurrences.most_common() if capitalised[word] <= NAMES * times)
    return [word for word in words if len(word) > 1 and "-" not in word and not is_function_word(word)][:count]


def kazakh_terms() -> set[str]:
    """Return the stems of the glossary's single Kazakh words."""
    return set(stems(entry.word for entry in glossary().entries))


def stems(words: Iterable[str]) -> Iterator[str]:
    """Yield single words with their stems."""
    for word in words:
        if " " not in word:
            yield from (word, *KAZAKH.terms(word).lemmas)


def russian_terms() -> set[str]:
    """Return the lemmas of the glossary's single Russian words."""
    words = (word for entry in glossary().entries for word in entry.translations if " " not in word)
    return {lemma for word in words for lemma in RUSSIAN.terms(word).lemmas}


def words_of_kazakh() -> set[str]:
    """Return the words of all Kazakh expressions."""
    return {word for entry in glossary().entries for word in entry.word.replace("-", " ").split()}


def words_of_russian() -> set[str]:
    """Return the words of all Russian expressions."""
    expressions = (expression for entry in glossary().entries for expression in entry.translations)
    return {word for expression in expressions for word in expression.replace("-", " ").split()}


def report_unknown() -> None:
    """Print the words of the glossary that no dictionary knows."""
    is_russian = pymorphy3.MorphAnalyzer().word_is_known
    print("Kazakh:", *sorted(word for word in words_of_kazakh() if not KAZAKH.knows(word)))
    print("Russian:", *sorted(word for word in words_of_russian() if not is_russian(word)))


def report(name: str, words: list[str], known: set[str], loans: set[str]) -> None:
    """Print the share of known `words`, the share with loans, and the missing words."""
    missing = [word for word in words if word not in known]
    lacking = [word for word in missing if word not in loans]
    shares = (1 - len(rest) / len(words) for rest in (missing, lacking))
    print(name, "in the glossary {:.1%}, with loans {:.1%}".format(*shares))
    print(" ".join(lacking), end="\n\n")


def main() -> None:
    """Read both texts and print a report of each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kazakh", type=Path, nargs="?")
    parser.add_argument("russian", type=Path, nargs="?")
    arguments = parser.parse_args()
    if not arguments.kazakh or not arguments.russian:
        report_unknown()
        return
    kazakh = frequent(arguments.kazakh.read_text("utf-8"), "kk", KAZAKH_WORDS)
    russian = frequent(arguments.russian.read_text("utf-8"), "ru", RUSSIAN_WORDS)
    is_russian = pymorphy3.MorphAnalyzer().word_is_known
    report("Kazakh", kazakh, kazakh_terms(), set(filter(is_russian, kazakh)))
    report("Russian", russian, russian_terms(), {root for root, _ in rows("roots.tsv")})


if __name__ == "__main__":
    main()
