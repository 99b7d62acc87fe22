"""Options that several verbs share: the index, JSON output, query rewriting, waiting."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DEFAULT_INDEX = Path(".searchkit")

IndexOption = Annotated[
    Path,
    typer.Option(
        "--index", envvar="SEARCHKIT_INDEX", help="The folder of the index.", show_envvar=True, readable=False
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AcrossOption = Annotated[bool, typer.Option("--across", help="Find articles of the other language, too.")]
SynonymsOption = Annotated[
    Path | None,
    typer.Option("--synonyms", metavar="FILE", help="Further names that mean the same: АНК = Ассамблея народа."),
]
MeaningOption = Annotated[
    bool, typer.Option("--meaning", help="Order the best articles by meaning, too; see searchkit embed.")
]
ModelOption = Annotated[
    Path | None,
    typer.Option("--model", metavar="DIR", envvar="SEARCHKIT_MODEL", help="The folder of the model."),
]
WaitOption = Annotated[
    float, typer.Option("--wait", min=0, metavar="SECONDS", help="How long to wait while another process is writing.")
]
