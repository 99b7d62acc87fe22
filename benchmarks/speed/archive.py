"""Generate an archive of any size from the sentences of passages, with their word frequencies.

Usage: python benchmarks/speed/archive.py 100000 kk_kazqad_dev/corpus.jsonl > archive.jsonl
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

WORDS = 150
"""Words in the text of an article."""
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


class Source(NamedTuple):
    """Titles and sentences that articles are made from."""

    titles: list[str]
    sentences: list[str]


def read_source(paths: Sequence[Path]) -> Source:
    """Read the titles and sentences of passages in JSON lines."""
    passages = [json.loads(line) for path in paths for line in path.open(encoding="utf-8")]
    sentences = [sentence for passage in passages for sentence in _SENTENCE_END.split(passage["text"])]
    return Source([passage.get("title", "") for passage in passages], sentences)


def articles(source: Source, count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield `count` articles; another seed gives other articles under the same ids."""
    randomness = random.Random(seed)
    for i in range(count):
        words: list[str] = []
        while len(words) < WORDS:
            words += randomness.choice(source.sentences).split()
        yield {"id": f"a{i}", "title": randomness.choice(source.titles), "text": " ".join(words[:WORDS])}


def main() -> None:
    """Write an archive to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("corpus", nargs="+", type=Path, help="JSON lines with title and text")
    options = parser.parse_args()
    for article in articles(read_source(options.corpus), options.count):
        sys.stdout.write(json.dumps(article, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
