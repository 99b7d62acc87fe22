"""Verbs that look after an index: stats, verify, evaluate."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

import searchkit
from searchkit.cli import console
from searchkit.cli.command import ERROR, command
from searchkit.cli.options import DEFAULT_INDEX, AcrossOption, IndexOption, JsonOption, SynonymsOption, WaitOption
from searchkit.printable import one_line
from searchkit.runtime.gc_policy import never_collected


@command("stats", help_text="Count the articles, terms and bytes of the index.")
@never_collected()
def stats(index_path: IndexOption = DEFAULT_INDEX, as_json: JsonOption = False) -> None:
    """Print the size and the contents of an index."""
    with searchkit.Index.open(index_path) as index:
        figures = asdict(index.stats())
    _print_figures(figures, as_json)


@command("verify", help_text="Read the whole index back, and list its errors.")
def verify(
    repair: Annotated[
        bool,
        typer.Option("--repair", help="If anything is damaged, rebuild the index from the articles that are whole."),
    ] = False,
    wait: WaitOption = 0,
    index_path: IndexOption = DEFAULT_INDEX,
) -> None:
    """Read the whole index back, and list its problems."""
    with searchkit.Index.open(index_path) as index:
        problems = list(index.verify())
    for problem in problems:
        print(one_line(problem))
    if problems and repair:
        from searchkit.cli.indexing import IndexJob

        IndexJob(index_path, os.cpu_count() or 1, wait, as_json=False).restore()
    elif problems:
        raise typer.Exit(ERROR)
    else:
        print("all is well")


@command("evaluate")
def evaluate(
    queries: Annotated[Path, typer.Argument(metavar="QUERIES.jsonl", help='Queries: {"_id", "text"} a line.')],
    qrels: Annotated[Path, typer.Argument(metavar="QRELS.tsv", help="Judgements: query, article, relevance.")],
    across: AcrossOption = False,
    synonyms: SynonymsOption = None,
    index_path: IndexOption = DEFAULT_INDEX,
    as_json: JsonOption = False,
) -> None:
    """Measure the ranking on queries with known answers."""
    from searchkit import evaluation

    rewrite = searchkit.Rewrite(translations=across)
    with searchkit.Index.open(index_path, synonyms=synonyms) as index:
        judged = evaluation.read_queries(queries), evaluation.read_qrels(qrels)
        figures = evaluation.evaluate(index, *judged, rewrite=rewrite)
    _print_figures(figures, as_json)


def _print_figures(figures: Mapping[str, Any], as_json: bool) -> None:
    if as_json:
        print(console.to_json(figures))
    else:
        console.print_table(figures)
