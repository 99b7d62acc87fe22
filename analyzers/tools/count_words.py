"""Count the words of plain text or JSON lines for other tools.

usage: python count_words.py FILE... > words.tsv

Prints a line ``word<TAB>count`` for each word, the most frequent first.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from searchkit_analyzers.normalize import clean, is_cyrillic, one_script
from searchkit_analyzers.tokenizer import find_words


def texts(paths: Iterable[Path]) -> Iterator[str]:
    """Yield the texts of files: lines, or the title and text of JSON lines."""
    for path in paths:
        with path.open(encoding="utf-8", errors="replace") as lines:  # some samples have other charsets
            for line in lines:
                if path.suffix == ".jsonl":
                    record = json.loads(line)
                    yield f"{record.get('title', '')}\n{record['text']}"
                else:
                    yield line


def count_words(paths: Iterable[Path]) -> Counter[str]:
    """Count the Cyrillic words without hyphens, lower-case and with look-alike letters repaired."""
    raw_counts: Counter[str] = Counter()
    for text in texts(paths):
        raw_counts.update(word.text for word in find_words(text) if word.kind == "word")
    counts: Counter[str] = Counter()
    for raw, count in raw_counts.items():
        for word in one_script(clean(raw)):
            if word.isalpha() and is_cyrillic(word):
                counts[word.lower()] += count
    return counts


def main(arguments: list[str]) -> None:
    """Count the words of the given files and print them."""
    for word, count in count_words(map(Path, arguments)).most_common():
        print(f"{word}\t{count}")


if __name__ == "__main__":
    main(sys.argv[1:])
