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

import atheris

with atheris.instrument_imports(include=["searchkit", "searchkit_analyzers"]):
    from searchkit import Articles, Index, parse
    from searchkit.engines.whoosh.codec import postings_blocks
    from searchkit.engines.whoosh.directory import toc
    from searchkit_analyzers import analyze

_ROOT = Path(__file__).parents[2]
_TABLE_HEAD = bytes.fromhex("040804 ffffcfc7 ffffff91 020704 00 00000001 00000000")
"""The bytes before the list of segments, with an empty schema."""
_POSTINGS_HEAD = b"W3Bl"
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
        list(postings_blocks.decode_blocks(_POSTINGS_HEAD + data))


def tables(data: bytes) -> None:
    """Check that broken tables of contents raise, and run no code."""
    (_FOLDER / "_MAIN_1.toc").write_bytes(_TABLE_HEAD + data)
    with suppress(Exception):
        toc.read(_FOLDER, "MAIN", 1)


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
        (segment,) = folder.glob("g*/*.seg")
        yield from segment.read_bytes().split(_POSTINGS_HEAD)[1:500]
    else:
        (table,) = folder.glob("g*/*_1.toc")
        content = table.read_bytes()
        yield content[content.rindex(b"\x80") :]


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
