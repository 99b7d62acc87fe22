"""Measure the accuracy of language detection by text length, and its speed.

    python benchmarks/quality/languages.py --kazakh kk.jsonl --russian ru.jsonl \
        [--other tatar.txt ...]

A file holds a sentence a line; in a ``.jsonl`` file each line has it under ``text``. Prints JSON:
percentages of right answers (no answer counts as wrong) on whole sentences, on three adjacent
words of a sentence, on single words; for Kazakh also on text typed without Kazakh letters. For
sentences in other languages it counts the languages detected.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from searchkit_analyzers import ANALYZER, analyze

_WORD = re.compile("[\u0400-\u052f]+")
_TYPED_IN_RUSSIAN = str.maketrans("әғқңөұүіһӘҒҚҢӨҰҮІҺ", "агкноууихАГКНОУУИХ")


def sentences(paths: Iterable[Path]) -> list[str]:
    """Return the sentences of all files, in order."""
    return [sentence for path in paths for sentence in _sentences(path)]


def _sentences(path: Path) -> Iterator[str]:
    for line in filter(str.strip, path.read_text("utf-8").splitlines()):
        yield json.loads(line)["text"] if path.suffix == ".jsonl" else line


def windows(texts: Iterable[str], length: int) -> list[str]:
    """Return the Cyrillic words of each text in disjoint groups of `length`."""
    cut = (_WORD.findall(text) for text in texts)
    return [" ".join(words[i : i + length]) for words in cut for i in range(0, len(words) - length + 1, length)]


def accuracy(texts: list[str], language: str) -> float:
    """Return the percentage of texts that are detected as `language`."""
    return round(100 * sum(ANALYZER.language(text) == language for text in texts) / len(texts), 2)


def measure(texts: list[str], language: str) -> dict[str, float]:
    """Return the accuracy by text length, and without Kazakh letters."""
    three = windows(texts, 3)
    found = {
        "sentence": accuracy(texts, language),
        "three words": accuracy(three, language),
        "one word": accuracy(windows(texts, 1), language),
    }
    if language == "kk":
        found["sentence without Kazakh letters"] = accuracy(_typed_in_russian(texts), language)
        found["three words without Kazakh letters"] = accuracy(_typed_in_russian(three), language)
    return found


def _typed_in_russian(texts: Iterable[str]) -> list[str]:
    return [text.translate(_TYPED_IN_RUSSIAN) for text in texts]


def words_per_second(texts: list[str]) -> int:
    """Return the number of words a second, with all words cached."""
    text = "\n".join(texts)
    ANALYZER.language(text)
    begin = time.perf_counter()
    ANALYZER.language(text)
    return round(len(_WORD.findall(text)) / (time.perf_counter() - begin))


def detected_languages(path: Path) -> dict[str, int]:
    """Count the detected languages of a file, by sentences and by words."""
    texts = sentences([path])
    tokens = (token for text in texts for token in analyze(text))
    languages = Counter(ANALYZER.language(text) or "none" for text in texts)
    return languages | Counter(f"words {token.language or 'none'}" for token in tokens)


def main() -> None:
    """Measure the files of the command line and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kazakh", type=Path, nargs="+", required=True, metavar="FILE")
    parser.add_argument("--russian", type=Path, nargs="+", required=True, metavar="FILE")
    parser.add_argument("--other", type=Path, nargs="*", default=[], metavar="FILE", help="other languages")
    files = parser.parse_args()
    kazakh, russian = sentences(files.kazakh), sentences(files.russian)
    report = {
        "kazakh": measure(kazakh, "kk"),
        "russian": measure(russian, "ru"),
        "other": {path.name: detected_languages(path) for path in files.other},
        "words per second": words_per_second(kazakh + russian),
    }
    print(json.dumps(report, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
