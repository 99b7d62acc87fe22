"""How well the article is told from the furniture of pages, and how often the facts about it are right.

    python benchmarks/quality/boilerplate.py [FOLDER ...]

A folder holds marked pages, as `tests/readers/boilerplate/marked.py` explains; by default those of the tests. What
comes out is
JSON: precision and recall of kept paragraphs over all pages, the share of pages on which each fact is right, and with
``--wrong`` what is wrong on which page.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # the marked pages are the tests'

from searchkit import Document
from tests.readers.boilerplate.marked import FOLDER, MarkedPage, found_facts, pages


def measure(read: Iterable[tuple[MarkedPage, Document]]) -> dict[str, object]:
    """Return precision and recall of paragraphs, and the accuracy of facts."""
    kept = wanted = right = number = 0
    facts: Counter[str] = Counter()
    for page, document in read:
        found, expected = _paragraphs(document), Counter(page.article)
        right += (found & expected).total()
        kept, wanted, number = kept + found.total(), wanted + expected.total(), number + 1
        facts.update({name: value == page.facts[name] for name, value in found_facts(document).items()})
    return {
        "pages": number,
        "precision": round(right / max(kept, 1), 4),
        "recall": round(right / max(wanted, 1), 4),
        "facts": {name: round(count / max(number, 1), 4) for name, count in facts.items()},
    }


def mistakes(page: MarkedPage, document: Document) -> Iterator[str]:
    """Yield what is wrong on a page."""
    found, expected = _paragraphs(document), Counter(page.article)
    yield from (f"{page.path.stem}: not the article: {line}" for line in found - expected)
    yield from (f"{page.path.stem}: lost: {line}" for line in expected - found)
    for name, value in found_facts(document).items():
        if value != page.facts[name]:
            yield f"{page.path.stem}: {name} is {value!r}, not {page.facts[name]!r}"


def _paragraphs(document: Document) -> Counter[str]:
    return Counter(line for line in document.text.split("\n") if line.strip())


def main() -> None:
    """Measure what the command line names, and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", default=[FOLDER], metavar="FOLDER")
    parser.add_argument("--wrong", action="store_true", help="say what is wrong on which page, on stderr")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        read = [(page, page.read(Path(folder))) for place in arguments.folders for page in pages(place)]
    if arguments.wrong:
        for pair in read:
            print(*mistakes(*pair), sep="\n", end="\n" if list(mistakes(*pair)) else "", file=sys.stderr)
    print(json.dumps(measure(read), ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
