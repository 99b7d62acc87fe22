"""Fuzz the tokenizer, the Kazakh morphology, the query parser and the readers, guided by coverage.

    pip install atheris
    python benchmarks/robustness/fuzz.py [--seconds 60] \
        [tokens|kazakh|queries|pages|postings|tables]

Starts from parts of the bundled articles, of the tests' queries, and of an index. Ends with an
error and the input that caused it where an unexpected exception is raised or an offset is invalid.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from zlib import crc32

import atheris

with atheris.instrument_imports(include=["searchkit", "searchkit_analyzers"]):
    from searchkit import Articles, Index, parse
    from searchkit.engines.whoosh.codec import term_blocks
    from searchkit.engines.whoosh.commit.commits import newest_commit
    from searchkit.engines.whoosh.commit.safe_index import SafeIndex
    from searchkit.engines.whoosh.directory import toc
    from searchkit.engines.whoosh.older import w3_table
    from searchkit.engines.whoosh.segment.core import SegmentCore
    from searchkit_analyzers import analyze

_ROOT = Path(__file__).parents[2]
_MAX_INPUT = 4_096
_MAX_MEMORY = 2**29
"""Bytes that a target may allocate: a short pickle can ask for any amount."""
_FOLDER = Path(tempfile.mkdtemp())


def tokens(data: bytes, language: str = "auto") -> None:
    """Check that offsets are of the text as given."""
    text = data.decode("utf-8", "surrogateescape")
    last = 0
    for token in analyze(text, language):
        assert last <= token.start <= token.end <= len(text), token
        assert token.surface == text[token.start : token.end], token
        last = token.start


def kazakh(data: bytes) -> None:
    """Check offsets of Kazakh words: each byte stands for a letter of the alphabet."""
    letters = "аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшщыіьэюяё -'"
    tokens("".join(letters[byte % len(letters)] for byte in data).encode(), "kk")


def queries(data: bytes) -> None:
    """Check that every query parses."""
    parse(data.decode("utf-8", "surrogateescape"))


def pages(data: bytes) -> None:
    """Check that no HTML page stops the others."""
    (_FOLDER / "page.html").write_bytes(data)
    list(Articles([str(_FOLDER)]))


def postings(data: bytes) -> None:
    """Check that broken posting lists raise, and run no code."""
    with suppress(Exception):
        block = term_blocks.TermBlock(0, data)
        block.postings(0, len(block.terms))
    with suppress(Exception):
        term_blocks.decode_occurrences(memoryview(data))


def tables(data: bytes) -> None:
    """Check that broken tables of contents raise, and run no code."""
    checked = data + b"searchkit CRC32 " + 2 * crc32(data).to_bytes(4)
    (_FOLDER / "_MAIN_1.toc").write_bytes(checked)
    with suppress(Exception):
        toc.read(_FOLDER, "MAIN", 1)
    with suppress(Exception):
        w3_table.newest_segments(_FOLDER, "MAIN")


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (tokens, kazakh, queries, pages, postings, tables)
}


def _seeds(target: str) -> Iterator[bytes]:
    """Yield valid inputs of a target, or parts of them."""
    if target == "tokens":
        yield from (file.read_bytes() for file in (_ROOT / "corpus").rglob("*.txt"))
    elif target == "pages":
        yield from (file.read_bytes() for file in (_ROOT / "corpus").rglob("*.html"))
    elif target == "queries":
        lines = (_ROOT / "tests" / "query" / "queries.txt").read_text("utf-8").splitlines()
        yield from (line.partition("|")[0].encode() for line in lines)
    elif target in ("postings", "tables"):
        yield from _parts_of_an_index(target)


def _parts_of_an_index(target: str) -> Iterator[bytes]:
    folder = _FOLDER / "index"
    with Index.open(folder) as index:
        index.update(Articles([str(_ROOT / "corpus")]))
    if target == "postings":
        (generation,) = folder.glob("g*")
        for info in newest_commit(SafeIndex(generation))[1]:
            dictionary = SegmentCore(generation, info).dictionary
            yield from (bytes(piece) for number in range(len(dictionary)) for piece in dictionary.pieces(number))
    else:
        (table,) = folder.glob("g*/*_1.toc")
        yield table.read_bytes()[:-24]


def _limit_memory() -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + _MAX_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def main() -> None:
    """Fuzz one target for the given seconds."""
    arguments = sys.argv[1:]
    seconds = arguments[arguments.index("--seconds") + 1] if "--seconds" in arguments else "60"
    (target,) = [TARGETS[name] for name in arguments if name in TARGETS] or [tokens]
    seeds = _FOLDER / "seeds"
    seeds.mkdir()
    for i, seed in enumerate(_seeds(target.__name__)):
        (seeds / str(i)).write_bytes(seed[:_MAX_INPUT])
    if target in (postings, tables):
        _limit_memory()
    options = [f"-max_total_time={seconds}", "-timeout=60", "-rss_limit_mb=0", "-verbosity=1", f"-max_len={_MAX_INPUT}"]
    atheris.Setup([sys.argv[0], *options, str(seeds)], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
