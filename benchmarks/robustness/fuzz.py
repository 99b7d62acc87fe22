"""Fuzzing guided by coverage: what the tokenizer, the Kazakh grammar, the parser and the readers make of odd input.

    pip install atheris && python benchmarks/robustness/fuzz.py [--seconds 60]
    [tokens|kazakh|questions|pages|postings|tables]

Begins with pieces of the bundled articles, of the tests' questions, and of an index. Ends with an error,
and the input that led to it, where something raises what it should not, or offsets are not valid.
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
"""All that stands before the list of segments, with no schema."""
_POSTINGS_HEAD = b"W3Bl"
_LARGEST = 4_096
_MOST_MEMORY = 2**29
"""Bytes that may be asked for, as a pickle can do in a few letters; of more, `MemoryError` is raised."""
_FOLDER = Path(tempfile.mkdtemp())


def tokens(data: bytes, language: str = "auto") -> None:
    """Offsets are of the text as given."""
    text = data.decode("utf-8", "surrogateescape")
    at = 0
    for token in analyze(text, language):
        assert at <= token.start <= token.end <= len(text), token
        assert token.surface == text[token.start : token.end], token
        at = token.start


def kazakh(data: bytes) -> None:
    """The same, all words being read by the Kazakh grammar: bytes are letters of its alphabet."""
    letters = "аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшщыіьэюяё -'"
    tokens("".join(letters[byte % len(letters)] for byte in data).encode(), "kk")


def questions(data: bytes) -> None:
    """No question is wrong."""
    parse(data.decode("utf-8", "surrogateescape"))


def pages(data: bytes) -> None:
    """No page stops the others."""
    (_FOLDER / "page.html").write_bytes(data)
    list(Articles([str(_FOLDER)]))


def postings(data: bytes) -> None:
    """What is no posting list raises, and runs nothing."""
    with suppress(Exception):
        list(postings_blocks.decode_blocks(_POSTINGS_HEAD + data))


def tables(data: bytes) -> None:
    """What is no table of contents raises, and runs nothing."""
    (_FOLDER / "_MAIN_1.toc").write_bytes(_TABLE_HEAD + data)
    with suppress(Exception):
        toc.read(_FOLDER, "MAIN", 1)


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (tokens, kazakh, questions, pages, postings, tables)
}


def _seeds(target: str) -> Iterator[bytes]:
    """Yield pieces of what a target reads in earnest."""
    if target == "tokens":
        yield from (file.read_bytes() for file in (_ROOT / "corpus").rglob("*.txt"))
    elif target == "pages":
        yield from (file.read_bytes() for file in (_ROOT / "corpus").rglob("*.html"))
    elif target == "questions":
        lines = (_ROOT / "tests" / "query" / "questions.txt").read_text("utf-8").splitlines()
        yield from (line.partition("|")[0].encode() for line in lines)
    elif target in ("postings", "tables"):
        yield from _pieces_of_an_index(target)


def _pieces_of_an_index(target: str) -> Iterator[bytes]:
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


def _bound_memory() -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + _MOST_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def main() -> None:
    """Fuzz one target for so many seconds."""
    arguments = sys.argv[1:]
    seconds = arguments[arguments.index("--seconds") + 1] if "--seconds" in arguments else "60"
    (target,) = [TARGETS[name] for name in arguments if name in TARGETS] or [tokens]
    seeds = _FOLDER / "seeds"
    seeds.mkdir()
    for number, seed in enumerate(_seeds(target.__name__)):
        (seeds / str(number)).write_bytes(seed[:_LARGEST])
    if target in (postings, tables):
        _bound_memory()
    options = [f"-max_total_time={seconds}", "-timeout=60", "-rss_limit_mb=0", "-verbosity=1", f"-max_len={_LARGEST}"]
    atheris.Setup([sys.argv[0], *options, str(seeds)], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
