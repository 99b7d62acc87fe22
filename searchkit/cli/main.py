"""The command line put together: verbs, streams, signals, warnings.

Results go to stdout, everything else to stderr. A verb imports its libraries itself, since most of
the time of a short command is spent on importing.
"""

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any, TextIO

import typer

import searchkit
from searchkit.cli import console
from searchkit.cli.command import TERMINATED, app
from searchkit.errors import IndexWarning

VERBS = {
    "index": "indexing",
    "search": "searching",
    "suggest": "searching",
    "show": "articles",
    "open": "articles",
    "delete": "documents",
    "export": "documents",
    "analyze": "analyzing",
    "serve": "serving",
    "embed": "meaning.embedding",
    "model": "meaning.models",
    "stats": "maintenance",
    "verify": "maintenance",
    "evaluate": "maintenance",
}
"""Verbs in the order of the help, each with the module that registers it."""

_COMPLETION = "_SEARCHKIT_COMPLETE"
"""The environment variable by which a shell asks how a command may go on."""


def main() -> None:
    """Run the command line and exit with its code."""
    sys.unraisablehook = _ignore_failed_closing
    warnings.showwarning = _report_index_warning  # type: ignore[assignment]
    signal.signal(signal.SIGTERM, _terminate)
    sys.stdout, sys.stderr = (_tolerant(stream) for stream in (sys.stdout, sys.stderr))
    _register(sys.argv[1:])
    app(prog_name="searchkit")


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"searchkit {searchkit.__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Full-text search for Kazakh and Russian texts."""


def _register(arguments: list[str]) -> None:
    """Register the verb that `arguments` begin with, or all verbs.

    To build the options of all verbs takes 8 ms.
    """
    named = VERBS.keys() & arguments[:1]
    for module in {VERBS[verb] for verb in named or VERBS}:
        import_module(f"searchkit.cli.{module}")
    registered = {verb.name: verb for verb in app.registered_commands}
    app.registered_commands = [registered[verb] for verb in VERBS if verb in (named or VERBS)]
    if VERBS.keys().isdisjoint(arguments) and _COMPLETION not in os.environ:  # the help lists verbs without options
        for verb in app.registered_commands:
            verb.callback = _without_options(verb.callback)


def _without_options(verb: Callable[..., Any] | None) -> Callable[[], None]:
    """Return a function with the help text of `verb` and none of its options."""

    def listed() -> None: ...

    listed.__doc__ = verb.__doc__
    return listed


def _report_index_warning(message: Warning | str, category: type[Warning], *_: Any) -> None:
    """Print warnings about an index as one sentence; other warnings are for programmers."""
    if issubclass(category, IndexWarning):
        console.report(str(message))


def _ignore_failed_closing(failure: Any) -> None:
    """Drop errors of closing files after a failed write, which was reported."""
    if not isinstance(failure.exc_value, OSError):
        sys.__unraisablehook__(failure)


def _terminate(*_: object) -> None:
    """Exit as after Ctrl-C, with clean-up, with the code that shells give SIGTERM."""
    sys.exit(TERMINATED)


def _tolerant(stream: TextIO | None) -> TextIO:
    """Return a stream that takes every character; a closed one becomes a null stream."""
    if stream is None:
        return console.null_stream()
    stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[attr-defined]
    return stream
