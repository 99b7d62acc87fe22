"""The application that verbs register with, its exit codes, and errors as one sentence.

Exit codes are grep's: 0 found or done, 1 nothing found, 2 an error; 130 where the user interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import typer

from searchkit.cli import console
from searchkit.errors import SearchkitError

NOTHING_FOUND, ERROR, INTERRUPTED, TERMINATED = 1, 2, 130, 143

Verb = Callable[..., None]

app = typer.Typer(
    help="Full-text search for Kazakh and Russian texts.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def command(name: str, *, takes_query: bool = False, help_text: str | None = None) -> Callable[[Verb], Verb]:
    """Return a decorator that registers a function as a verb of the command line.

    With `takes_query` unknown options are arguments, since a query may begin with a minus: -слово.
    The help text is the function's docstring unless `help_text` is given.
    """

    def register(verb: Verb) -> Verb:
        @wraps(verb)
        def run(*args: Any, **kwargs: Any) -> None:
            with _errors_as_sentences():
                verb(*args, **kwargs)
                sys.stdout.flush()

        app.command(name, help=help_text, context_settings={"ignore_unknown_options": takes_query})(run)
        return run

    return register


@contextmanager
def _errors_as_sentences() -> Iterator[None]:
    """Turn errors into one sentence on stderr and an exit code, never a traceback."""
    try:
        yield
    except SearchkitError as error:
        console.report(str(error))
        raise typer.Exit(ERROR) from error
    except BrokenPipeError:
        # The reader of the pipe (head, less) has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        console.report(f"{error.filename or 'a file could not be written'}: {reason}")
        raise typer.Exit(ERROR) from error
    except KeyboardInterrupt as error:
        console.report("interrupted; what was committed before stays as it is")
        raise typer.Exit(INTERRUPTED) from error
