"""Measure the memory of a process that answers questions, each different from all before (Linux).

    python benchmarks/robustness/memory.py [--questions 20000] [--memory 256] [CORPUS...]

Without an index one is made of JSON lines, by default of generated articles. Questions are made of
words of its articles, as they are, cut, misspelt, in other letters, and of words that do not exist.
Four threads ask, as in a server. Prints a JSON line for each tenth: memory, and its growth.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import string
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from searchkit import Articles, Document, Index
from searchkit.engines.whoosh.engine import WhooshEngine

LETTERS = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщыіьэюя"
THREADS = 4
PARTS = 10
KEPT = 30_000
"""Words of articles that questions are made of."""


def questions(words: Sequence[str], seed: int = 1) -> Iterator[str]:
    """Yield questions without end, each another one.

    Args:
        words: The words of articles.
        seed: The seed of the generator.
    """
    chance, asked = random.Random(seed), set[str]()
    while True:
        question = " ".join(_word(chance, words) for _ in range(chance.randint(1, 5)))
        question = chance.choice(("{}", "{}", "{}", '"{}"', "{}*", "!{}", "-{} жаңа")).format(question)
        if question not in asked:
            asked.add(question)
            yield question


def _word(chance: random.Random, words: Sequence[str]) -> str:
    word, kind = chance.choice(words), chance.random()
    if kind < 0.5:
        return word
    if kind < 0.75:
        place = chance.randrange(len(word))
        return word[:place] + chance.choice(LETTERS) + word[place + chance.randint(0, 1) :]
    letters = LETTERS if kind < 0.95 else string.ascii_lowercase
    return "".join(chance.choices(letters, k=chance.randint(3, 12)))


def generated(count: int, seed: int = 2) -> Iterator[Document]:
    """Yield articles of words that look like words.

    Args:
        count: How many.
        seed: The seed of the generator.
    """
    chance = random.Random(seed)
    syllables = ["".join(pair) for pair in itertools.product("бвгдқлмнпрст", "аеиоуыіөұ")]
    words = ["".join(chance.choices(syllables, k=chance.randint(2, 5))) for _ in range(KEPT)]
    weights = [1 / rank for rank in range(1, KEPT + 1)]
    for number in range(count):
        chosen = chance.choices(words, weights, k=150)
        yield Document(id=str(number), title=" ".join(chosen[:6]), text=" ".join(chosen))


def words_of(index: Index) -> list[str]:
    """Return different words of the articles of an index."""
    words: dict[str, None] = {}
    for document in index:
        words |= dict.fromkeys(word for word in document.text.split() if word.isalpha())
        if len(words) > KEPT:
            break
    return list(words)


def main() -> None:
    """Ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="*", help="JSON lines to index")
    parser.add_argument("--questions", type=int, default=20_000)
    parser.add_argument("--memory", type=int, default=256, help="megabytes of the engine's cache")
    parser.add_argument("--index", type=Path, help="where to keep the index; an existing one is only searched")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.index or Path(folder) / "index"
        if not path.exists():
            _make(path, options.corpus)
        with Index.open(path, WhooshEngine.with_memory(options.memory * 2**20)) as index:
            _ask(index, options.questions)


def _make(path: Path, corpus: Sequence[str]) -> None:
    """Make an index in a process of its own, whose memory does not count."""
    if pid := os.fork():
        os.waitpid(pid, 0)
        return
    with Index.open(path) as index:
        index.update(Articles(corpus) if corpus else generated(5_000))
    os._exit(0)


def _ask(index: Index, count: int) -> None:
    stream = questions(words_of(index))
    began = memory()
    with ThreadPoolExecutor(THREADS) as pool:
        for part in range(1, PARTS + 1):
            before = memory()
            for _ in pool.map(index.search, itertools.islice(stream, count // PARTS)):
                pass
            figures = {"questions": part * count // PARTS, "MB": memory(), "more": round(memory() - before, 1)}
            print(json.dumps(figures | {"at first": began}), flush=True)


def memory() -> float:
    """Return the memory of this process, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * os.sysconf("SC_PAGESIZE") / 2**20, 1)


if __name__ == "__main__":
    sys.exit(main())
