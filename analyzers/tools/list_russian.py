"""List frequent words with their Russian terms, so that short questions need no dictionary.

    python analyzers/tools/list_russian.py FILE...

A file is plain text or JSON lines; see ``count_words.py``. Listed are the function words, and the most frequent words
among those that Russian is asked for where they stand alone: Kazakh texts have some too (*бала*), and a question of one
such word is read in both languages. Listed, too, are the words of the word lists in
``searchkit/understanding/data``: nearly every
question has one that begins like some of them. The same input gives the same bytes.
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
MOST = 10_000
"""More would help little: of the words of XQuAD's Russian questions 68 % are among these, 73 % among twice as many."""
LISTS = sorted((Path(__file__).parents[2] / "searchkit" / "understanding" / "data").iterdir())
HEADER = f"""\
{frequent.DICTIONARY}{__version__}
# Frequent words with their lemmas and their stem, as russian/__init__.py finds them; read by frequent.py.
# Lemmas: pymorphy3's dictionary (OpenCorpora, CC BY-SA 3.0). Stems: Snowball. Which words: the most frequent ones of
# DaNetQA's passages (CC0), KazNERD news (CC BY 4.0, IS2AI) and the articles of this project, and those of its word
# lists (searchkit/understanding/data). Made by
#   python analyzers/tools/list_russian.py ru_danetqa_dev/corpus.jsonl kk_news.txt corpus/*/*.txt corpus/*/*.jsonl
#word\tlemmas\tstem
"""


def frequent_words(paths: Iterable[Path]) -> Iterator[str]:
    """Yield the function words and then the most frequent words, each once."""
    counted = sorted(count_words(paths).items(), key=lambda item: (-item[1], item[0]))
    candidates = (*sorted(LANGUAGES["ru"].function_words), *(word for word, _ in counted))
    for word in dict.fromkeys(candidates):
        if word.isalpha() and likelier([word]) != "kk":
            yield word


def words_of_lists() -> Iterator[str]:
    """Yield the words of the word lists that may be Russian, in small letters."""
    for text in texts(LISTS):
        for word in re.findall(r"[^\W\d_]+", text.lower()):
            if is_cyrillic(word) and not has_kazakh_letter(word):
                yield word


def line(word: str) -> str:
    """Return the line of one word."""
    lemmas, (stem,) = RUSSIAN.terms(word)
    return f"{word}\t{' '.join(lemmas)}\t{stem}\n"


def main(arguments: list[str]) -> None:
    """List the words of the files that the command line names."""
    words = {*islice(frequent_words(map(Path, arguments)), MOST), *words_of_lists()}
    DATA_FILE.write_text(f"{frequent.DICTIONARY}none\n", "utf-8")  # or the old list would answer for the dictionary
    DATA_FILE.write_text(HEADER + "".join(map(line, sorted(words))), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
