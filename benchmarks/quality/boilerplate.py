"""Measure the separation of articles from boilerplate, and their metadata.

    python benchmarks/quality/boilerplate.py [FOLDER ...]

A folder holds marked pages, as `tests/readers/boilerplate/marked.py` explains; by default those of
the tests. The script prints JSON: precision and recall of kept paragraphs over all pages, and the
share of pages on which each field of the metadata is right. ``--wrong`` names every mistake.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # the marked pages belong to the tests

from searchkit import Document
from tests.readers.boilerplate.marked import FOLDER, MarkedPage, found_metadata, pages


def measure(results: Iterable[tuple[MarkedPage, Document]]) -> dict[str, object]:
    """Return precision and recall of paragraphs, and the accuracy of each field."""
    kept_count = expected_count = right_count = page_count = 0
    right_fields: Counter[str] = Counter()
    for page, document in results:
        kept, expected = _paragraphs(document), Counter(page.article)
        right_count += (kept & expected).total()
        kept_count += kept.total()
        expected_count += expected.total()
        page_count += 1
        right_fields.update({name: value == page.metadata[name] for name, value in found_metadata(document).items()})
    return {
        "pages": page_count,
        "precision": round(right_count / max(kept_count, 1), 4),
        "recall": round(right_count / max(expected_count, 1), 4),
        "facts": {name: round(count / max(page_count, 1), 4) for name, count in right_fields.items()},
    }


def mistakes(page: MarkedPage, document: Document) -> Iterator[str]:
    """Yield a sentence for each mistake on a page."""
    kept, expected = _paragraphs(document), Counter(page.article)
    yield from (f"{page.path.stem}: not the article: {line}" for line in kept - expected)
    yield from (f"{page.path.stem}: lost: {line}" for line in expected - kept)
    for name, value in found_metadata(document).items():
        if value != page.metadata[name]:
            yield f"{page.path.stem}: {name} is {value!r}, not {page.metadata[name]!r}"


def _paragraphs(document: Document) -> Counter[str]:
    return Counter(line for line in document.text.split("\n") if line.strip())


def main() -> None:
    """Measure the folders of the command line, and print the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", default=[FOLDER], metavar="FOLDER")
    parser.add_argument("--wrong", action="store_true", help="name every mistake, on stderr")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        results = [(page, page.read(Path(folder))) for marked in arguments.folders for page in pages(marked)]
    if arguments.wrong:
        for page, document in results:
            for mistake in mistakes(page, document):
                print(mistake, file=sys.stderr)
    print(json.dumps(measure(results), ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
