"""How fast text is analysed.

usage: python benchmarks/speed/analysis.py TEXT [--language kk]        TEXT: plain text, a sentence or paragraph a line

Prints JSON, all per second, on one core, each figure the best of three new processes:

- ``words``: distinct Kazakh words stemmed, each asked for the first time;
- ``terms``: tokens of the text for which the Kazakh morphology is asked, the first time (``cold``) and when it
  remembers all words (``warm``);
- ``tokens``: the whole analysis, from text to tokens with offsets, cold and warm.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from searchkit_analyzers import ANALYZER, KAZAKH
from searchkit_analyzers.tokenizer import find_words

PROCESSES = 3


def per_second(work: Callable[[], int]) -> int:
    """Return how many things `work`, which returns their number, does in a second."""
    began = time.perf_counter()
    done = work()
    return round(done / (time.perf_counter() - began))


def measure_words(lines: Iterable[str]) -> dict[str, int]:
    """Return the speed of stemming words that were never asked for."""
    words = {word.text.lower() for line in lines for word in find_words(line) if word.text.isalpha()}
    KAZAKH.stems("балалар")  # the tables are read at the first word

    def stem_all() -> int:
        for word in words:
            KAZAKH.stems(word)
        return len(words)

    return {"distinct_words": len(words), "words": per_second(stem_all)}


def measure_terms(lines: Iterable[str]) -> dict[str, int]:
    """Return the speed of asking the morphology for every token, the first time and the second."""
    words = [word.text.lower() for line in lines for word in find_words(line) if word.kind == "word"]
    KAZAKH.terms("балалар")

    def ask_all() -> int:
        terms = KAZAKH.terms
        for word in words:
            terms(word)
        return len(words)

    return {"terms_cold": per_second(ask_all), "terms_warm": per_second(ask_all)}


def measure_tokens(lines: Iterable[str], language: str) -> dict[str, int]:
    """Return the speed of analysing running text, the first time and the second."""
    list(ANALYZER.analyze("бала школа", language))

    def analyze_all() -> int:
        return sum(1 for line in lines for _ in ANALYZER.analyze(line, language))

    return {"tokens_cold": per_second(analyze_all), "tokens_warm": per_second(analyze_all)}


def best_of_new_processes(arguments: list[str]) -> dict[str, int]:
    """Return the greatest of each figure that processes with these arguments print."""
    command = [sys.executable, __file__, *arguments]
    runs = [json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout) for _ in range(PROCESSES)]
    return {name: max(run[name] for run in runs) for name in runs[0]}


def main() -> None:
    """Measure in processes of their own and print the best of each figure."""
    parser = argparse.ArgumentParser(description="How fast text is analysed.")
    parser.add_argument("text", type=Path)
    parser.add_argument("--language", default="kk", choices=["kk", "ru", "auto"])
    parser.add_argument("--only", choices=["words", "terms", "tokens"], help="measure this, in this process")
    options = parser.parse_args()
    if options.only:
        lines = options.text.read_text("utf-8").splitlines()
        measures = {
            "words": lambda: measure_words(lines),
            "terms": lambda: measure_terms(lines),
            "tokens": lambda: measure_tokens(lines, options.language),
        }
        found = measures[options.only]()
    else:
        kinds = ["words", "terms", "tokens"] if options.language == "kk" else ["tokens"]
        found = {}
        for kind in kinds:
            found |= best_of_new_processes([str(options.text), "--language", options.language, "--only", kind])
    print(json.dumps(found))


if __name__ == "__main__":
    main()
