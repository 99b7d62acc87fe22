"""The verb that gives vectors to articles: embed."""

from __future__ import annotations

import re
from typing import Annotated

import typer

import searchkit
from searchkit.cli import console
from searchkit.cli.command import command
from searchkit.cli.options import DEFAULT_INDEX, IndexOption, JsonOption, ModelOption, WaitOption
from searchkit.errors import SearchkitError

_DURATION = re.compile(r"(?:(?P<hours>\d{1,4})h)?(?:(?P<minutes>\d{1,6})m)?(?:(?P<seconds>\d{1,8})s?)?")


@command("embed")
def embed(
    duration: Annotated[
        str | None,
        typer.Option("--for", metavar="TIME", help="Stop after so long: 90s, 30m, 2h. The next run goes on."),
    ] = None,
    model: ModelOption = None,
    wait: WaitOption = 0,
    index_path: IndexOption = DEFAULT_INDEX,
    as_json: JsonOption = False,
) -> None:
    """Prepare articles for search --meaning, the newest first."""
    seconds = _seconds(duration) if duration is not None else float("inf")
    with (
        console.progress_bar("embedding") as advance,
        searchkit.Index.open(index_path, model=model, wait=wait) as index,
    ):
        progress = index.embed(seconds=seconds, report=lambda now: advance(now.done, now.total))
    if as_json:
        print(console.to_json({"embedded": progress.done, "articles": progress.total}))
    else:
        print(f"{progress.done} of {progress.total} articles are embedded")
    if 0 < progress.done < progress.total:
        console.report(f"the rest will take about {_shown(progress.seconds_left)}")


def _shown(seconds: float) -> str:
    """Return a time in the largest unit of which there are at least two."""
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 7200 else f"{seconds / 3600:.0f} hours"


def _seconds(duration: str) -> float:
    """Return the seconds of a time as people write it; raises `SearchkitError` for others."""
    match = _DURATION.fullmatch(duration.strip().lower())
    if not match or not any(match.groups()):
        raise SearchkitError(f"--for takes a time such as 90s, 30m or 2h, not {duration[:50]}")
    hours, minutes, seconds = (int(match[name] or 0) for name in ("hours", "minutes", "seconds"))
    return hours * 3600 + minutes * 60 + seconds
