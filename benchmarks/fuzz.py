"""Fuzzing guided by coverage: what the tokenizer, the Kazakh grammar, the parser and the readers make of odd input.

    pip install atheris && python benchmarks/fuzz.py [--seconds 60] [tokens|kazakh|questions|pages|postings|tables]

Ends with an error, and the input that led to it, where something raises what it should not, or offsets are not valid.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["searchkit", "searchkit_analyzers"]):
    from searchkit import Articles, parse
    from searchkit.engines.whoosh import blocks, contents
    from searchkit_analyzers import analyze

_TABLE_HEAD = bytes.fromhex("040804 ffffcfc7 ffffff91 020704 00")
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
        list(blocks.decoded(b"W3Bl" + data))


def tables(data: bytes) -> None:
    """What is no table of contents raises, and runs nothing."""
    (_FOLDER / "_MAIN_1.toc").write_bytes(_TABLE_HEAD + data)
    with suppress(Exception):
        contents.read(_FOLDER, "MAIN", 1)


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (tokens, kazakh, questions, pages, postings, tables)
}


def main() -> None:
    """Fuzz one target for so many seconds."""
    arguments = sys.argv[1:]
    seconds = arguments[arguments.index("--seconds") + 1] if "--seconds" in arguments else "60"
    (target,) = [TARGETS[name] for name in arguments if name in TARGETS] or [tokens]
    options = [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2048", "-verbosity=1", "-max_len=4096"]
    atheris.Setup([sys.argv[0], *options], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
