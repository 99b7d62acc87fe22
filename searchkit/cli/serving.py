"""The verb that serves an index over HTTP."""

from __future__ import annotations

from pathlib import Path
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
    allow_origin: Annotated[
        list[str] | None, typer.Option(metavar="SITE", help="A site whose pages may ask the API; may be given again.")
    ] = None,
    token_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Answer only requests with one of its tokens, one a line.")
    ] = None,
    rate: Annotated[int, typer.Option(min=0, help="Requests a minute of one client; 0 for no limit.")] = 0,
    index_path: IndexOption = DEFAULT_INDEX,
) -> None:
    """Serve a search page and an API over HTTP, until Ctrl-C."""
    try:
        from searchkit.web import server
        from searchkit.web.settings import Settings
    except ImportError as error:
        raise SearchkitError("serve needs more: pip install 'searchkit-qazaq[web]'") from error

    settings = Settings(
        index_path.absolute(),
        url,
        memory=memory,
        origins=tuple(allow_origin or ()),
        token_file=str(token_file.absolute()) if token_file else "",
        rate=rate,
    )
    server.serve(settings, host, port, workers)
