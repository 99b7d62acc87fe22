"""List frequent Russian words with their terms, so that short queries need no dictionary.

    python analyzers/tools/list_russian.py FILE...

A file is plain text or JSON lines; see ``count_words.py``. The list has the function words, the
most frequent words, and the words of the lists in ``searchkit/understanding/data``: nearly every
query has a word that begins like one of these. Words that alone are surely Kazakh are left out;
words of both languages (*бала*) are kept, since a query of one such word is read in both. The same
input gives the same bytes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from count_words import count_words, texts
from pymorphy3_dicts_ru import __version__

from searchkit_analyzers import LANGUAGES, RUSSIAN
from searchkit_analyzers.languages.detector import likelier
from searchkit_analyzers.normalize import has_kazakh_letter, is_cyrillic
from searchkit_analyzers.russian import frequent

DATA_FILE = Path(frequent.__file__).with_name(frequent.DATA_FILE)
MAX_WORDS = 10_000
"""More would help little: of the words of XQuAD's Russian queries 68 % are among these, 73 %
among twice as many."""
WORD_LISTS = sorted((Path(__file__).parents[2] / "searchkit" / "understanding" / "data").iterdir())
HEADER = f"""\
{frequent.DICTIONARY}{__version__}
# Frequent words with their lemmas and coarse keys, as russian/__init__.py finds them; read by frequent.py.
# Lemmas: pymorphy3's dictionary (OpenCorpora, CC BY-SA 3.0). Coarse keys: Snowball, and the perfective of a verb.
# Which words: the most frequent ones of DaNetQA's passages (CC0), KazNERD news (CC BY 4.0, IS2AI) and the articles
# of this project, and those of its word lists (searchkit/understanding/data). Made by
#   python analyzers/tools/list_russian.py ru_danetqa_dev/corpus.jsonl kk_news.txt corpus/*/*.txt corpus/*/*.jsonl
#word\tlemmas\tcoarse
"""


def frequent_words(paths: Iterable[Path]) -> Iterator[str]:
    """Yield the function words and then the most frequent words, each once."""
    counts = sorted(count_words(paths).items(), key=lambda item: (-item[1], item[0]))
    candidates = (*sorted(LANGUAGES["ru"].function_words), *(word for word, _ in counts))
    for word in dict.fromkeys(candidates):
        if word.isalpha() and likelier([word]) != "kk":
            yield word


def words_of_lists() -> Iterator[str]:
    """Yield the words of the word lists that may be Russian, lower-case."""
    for text in texts(WORD_LISTS):
        for word in re.findall(r"[^\W\d_]+", text.lower()):
            if is_cyrillic(word) and not has_kazakh_letter(word):
                yield word


def line(word: str) -> str:
    """Return the line of one word."""
    terms = RUSSIAN.terms(word)
    return f"{word}\t{' '.join(terms.lemmas)}\t{' '.join(terms.coarse)}\n"


def main(arguments: list[str]) -> None:
    """List the words of the given files."""
    words = {*islice(frequent_words(map(Path, arguments)), MAX_WORDS), *words_of_lists()}
    # Without this the old list would answer in place of the dictionary.
    DATA_FILE.write_text(f"{frequent.DICTIONARY}none\n", "utf-8")
    DATA_FILE.write_text(HEADER + "".join(map(line, sorted(words))), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
