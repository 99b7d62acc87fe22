"""Measure the speed of text analysis.

    python benchmarks/speed/analysis.py TEXT [--language kk]

TEXT is plain text with a sentence or paragraph a line. Prints JSON, all figures per second on one
core, each the best of three new processes:

- ``words``: distinct Kazakh words stemmed, each for the first time;
- ``terms``: tokens of the text looked up in the Kazakh morphology, for the first time (``cold``)
  and from its cache
  (``warm``);
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

from searchkit_analyzers import ANALYZER, KAZAKH, LANGUAGES
from searchkit_analyzers.tokenizer import find_words

PROCESSES = 3


def per_second(work: Callable[[], int]) -> int:
    """Return the rate of `work`, which returns the number of things done."""
    began = time.perf_counter()
    done = work()
    return round(done / (time.perf_counter() - began))


def measure_words(lines: Iterable[str]) -> dict[str, int]:
    """Return the speed of stemming words for the first time."""
    words = {word.text.lower() for line in lines for word in find_words(line) if word.text.isalpha()}
    KAZAKH.stems("балалар")  # the tables are read at the first word

    def stem_all() -> int:
        for word in words:
            KAZAKH.stems(word)
        return len(words)

    return {"distinct_words": len(words), "words": per_second(stem_all)}


def measure_terms(lines: Iterable[str]) -> dict[str, int]:
    """Return the speed of looking up every token in the morphology, cold and warm."""
    words = [word.text.lower() for line in lines for word in find_words(line) if word.kind == "word"]
    KAZAKH.terms("балалар")

    def look_up_all() -> int:
        terms = KAZAKH.terms
        for word in words:
            terms(word)
        return len(words)

    return {"terms_cold": per_second(look_up_all), "terms_warm": per_second(look_up_all)}


def measure_tokens(lines: Iterable[str], language: str) -> dict[str, int]:
    """Return the speed of analysing running text, cold and warm."""
    list(ANALYZER.analyze("бала школа", language))

    def analyze_all() -> int:
        return sum(1 for line in lines for _ in ANALYZER.analyze(line, language))

    return {"tokens_cold": per_second(analyze_all), "tokens_warm": per_second(analyze_all)}


def best_of_new_processes(arguments: list[str]) -> dict[str, int]:
    """Return the best of each figure over several processes with these arguments."""
    command = [sys.executable, __file__, *arguments]
    runs = [json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout) for _ in range(PROCESSES)]
    return {name: max(run[name] for run in runs) for name in runs[0]}


def main() -> None:
    """Measure in new processes and print the best of each figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", type=Path)
    parser.add_argument("--language", default="kk", choices=[*LANGUAGES, "auto"])
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
