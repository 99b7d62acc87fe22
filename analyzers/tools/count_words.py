"""Count the distinct words of plain text or JSON lines, as the Kazakh tools need them.

usage: python count_words.py FILE... > words.tsv        a line: word<TAB>times, the most frequent first
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
    """Yield the lines of plain files, and title and text of each line of ``.jsonl`` files."""
    for path in paths:
        with path.open(encoding="utf-8", errors="replace") as lines:  # some samples are in other charsets
            for line in lines:
                if path.suffix == ".jsonl":
                    record = json.loads(line)
                    yield f"{record.get('title', '')}\n{record['text']}"
                else:
                    yield line


def count_words(paths: Iterable[Path]) -> Counter[str]:
    """Count the Cyrillic words without hyphens, lower-cased, look-alike letters repaired."""
    raw: Counter[str] = Counter()
    for text in texts(paths):
        raw.update(word.text for word in find_words(text) if word.kind == "word")
    found: Counter[str] = Counter()
    for word, times in raw.items():
        for piece in one_script(clean(word)):
            if piece.isalpha() and is_cyrillic(piece):
                found[piece.lower()] += times
    return found


def main(arguments: list[str]) -> None:
    """Count and print."""
    for word, times in count_words(map(Path, arguments)).most_common():
        print(f"{word}\t{times}")


if __name__ == "__main__":
    main(sys.argv[1:])
