"""The verb that analyses text: tokens with their lemmas, without an index."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from searchkit.cli import console, languages
from searchkit.cli.command import command
from searchkit.cli.options import JsonOption
from searchkit.printable import printable

if TYPE_CHECKING:
    from searchkit_analyzers import Token

TOKEN_FIELDS = ("surface", "start", "end", "position", "language", "lemmas", "coarse")


@command("analyze")
def analyze(
    text: Annotated[str, typer.Argument(help="Text, or - for stdin.")] = "-",
    language: Annotated[
        languages.LanguageCodeOrAuto, typer.Option(help="Read all of it in one language.")
    ] = languages.AUTO,
    as_json: JsonOption = False,
) -> None:
    """Print the tokens of a text with their lemmas, line by line."""
    from searchkit_analyzers import ANALYZER

    for line_number, line in enumerate(_lines(text), 1):
        for token in ANALYZER.analyze(line, str(language)):
            print(_as_json(line_number, token) if as_json else _as_text(token))


def _lines(text: str) -> Iterator[str]:
    if text != "-":
        yield from text.split("\n")
        return
    for i, line in enumerate(sys.stdin.buffer):
        yield line.decode("utf-8" if i else "utf-8-sig", "replace").rstrip("\r\n")


def _as_json(line_number: int, token: Token) -> str:
    return console.to_json({"line": line_number} | {name: getattr(token, name) for name in TOKEN_FIELDS})


def _as_text(token: Token) -> str:
    """Return one line: surface form, language, lemmas, coarse keys."""
    coarse = " ".join(f"~{key}" for key in token.coarse)
    columns = (token.surface, token.language or "-", " ".join(token.lemmas), coarse)
    return printable("\t".join(columns).rstrip())
