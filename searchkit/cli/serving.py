"""The verb that serves an index over HTTP."""

from __future__ import annotations

from typing import Annotated

import typer

from searchkit.cli.command import command
from searchkit.cli.options import DEFAULT_INDEX, IndexOption
from searchkit.errors import SearchkitError


@command("serve")
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer.")] = 1,
    url: Annotated[str, typer.Option(help="The address that readers use, where that is another one.")] = "",
    memory: Annotated[int, typer.Option(min=1, help="Megabytes that each may take for what it has read.")] = 256,
    index_path: IndexOption = DEFAULT_INDEX,
) -> None:
    """Serve a search page and an API over HTTP, until Ctrl-C."""
    try:
        from searchkit.web import server
        from searchkit.web.settings import Settings
    except ImportError as error:
        raise SearchkitError("serve needs more: pip install 'searchkit-qazaq[web]'") from error

    server.serve(Settings(index_path.absolute(), url, memory=memory), host, port, workers)
