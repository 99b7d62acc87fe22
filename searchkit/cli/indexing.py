"""The verb that writes an index: update, rebuild, upgrade, or watch folders for changes."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import searchkit
from searchkit.cli import console
from searchkit.cli.command import ERROR, command
from searchkit.cli.options import DEFAULT_INDEX, IndexOption, JsonOption, WaitOption
from searchkit.errors import OlderIndex, SearchkitError

if TYPE_CHECKING:
    from searchkit.changes import Changes

PathsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH]...", help="Files, folders, archives, patterns, or - for JSON lines on stdin. [default: corpus]"
    ),
]
PruneOption = Annotated[bool, typer.Option("--prune", help="Remove articles that are gone from PATH.")]
PruneAllOption = Annotated[bool, typer.Option("--prune-all", help="The same, even if more than a quarter is gone.")]
RebuildOption = Annotated[bool, typer.Option("--rebuild", help="Start over, and swap the new index in at the end.")]
UpgradeOption = Annotated[
    bool, typer.Option("--upgrade", help="Rebuild the index from its stored articles, without PATH.")
]
WatchOption = Annotated[bool, typer.Option("--watch", help="Go on, and index what changes in PATH, until interrupted.")]
WalkOption = Annotated[
    float, typer.Option("--walk-every", min=1, metavar="SECONDS", help="With --watch: how often to look at all files.")
]
ColumnsOption = Annotated[
    str, typer.Option(metavar="FIELD=NAME,...", help="Names of columns in tables: text=body,title=head.")
]
ByDayOption = Annotated[bool, typer.Option("--by-day", help="Make one article of a chat's messages of a day.")]
LinksOption = Annotated[
    bool, typer.Option("--follow-links", help="Also read what links in PATH lead to outside of it.")
]
SecondsOption = Annotated[
    float, typer.Option("--file-seconds", min=1, help="The most processor time that an article of a file may take.")
]
MegabytesOption = Annotated[
    int, typer.Option("--file-megabytes", min=100, help="The most memory that the reading of a file may take.")
]
WorkersOption = Annotated[
    int, typer.Option(min=0, help="Processes that work on many articles, 4 at most; 0: one for each core.")
]


@command("index")
def index_articles(
    paths: PathsArgument = None,
    prune: PruneOption = False,
    prune_all: PruneAllOption = False,
    rebuild: RebuildOption = False,
    upgrade: UpgradeOption = False,
    watch: WatchOption = False,
    walk_every: WalkOption = 600,
    columns: ColumnsOption = "",
    by_day: ByDayOption = False,
    follow_links: LinksOption = False,
    file_seconds: SecondsOption = 8,
    file_megabytes: MegabytesOption = 480,
    workers: WorkersOption = 0,
    wait: WaitOption = 0,
    index_path: IndexOption = DEFAULT_INDEX,
    as_json: JsonOption = False,
) -> None:
    """Add new and changed articles to the index, and leave the rest untouched.

    A file in a folder that cannot be read is named, and the rest goes on; it is an error only if
    PATH itself cannot be read, or nothing in it can.
    """
    if watch and rebuild:
        raise SearchkitError("--watch and --rebuild do not go together: rebuild first, then watch")
    pruning = {"prune": prune or prune_all, "prune_all": prune_all}
    limits = searchkit.FileLimits(file_seconds, file_megabytes)
    reading = {"by_day": by_day, "follow_links": follow_links, "limits": limits}
    job = IndexJob(index_path, workers or _all_cores(), wait, as_json, reading)
    if upgrade:
        if paths or watch or rebuild or pruning["prune"]:
            raise SearchkitError("--upgrade stands alone: it takes no PATH, and no other way to index")
        job.restore()
    elif watch:
        job.watch(paths or ["corpus"], parse_columns(columns), pruning, walk_every)
    else:
        job.read(paths or ["corpus"], parse_columns(columns), pruning, rebuild=rebuild)


@dataclass(frozen=True, slots=True)
class IndexJob:
    """One run that writes an index and prints the changes it made."""

    index_path: Path
    workers: int
    """Processes that analyse documents."""
    wait: float
    """Seconds to wait for another writer."""
    as_json: bool
    reading: Mapping[str, Any] = field(default_factory=dict)
    """The options of `Articles`: how files are read."""

    def read(
        self, paths: Sequence[str], columns: Mapping[str, str], pruning: Mapping[str, bool], *, rebuild: bool
    ) -> None:
        """Index the documents at `paths`, in a new index with `rebuild`."""
        with (
            console.progress_bar("indexing", "writing") as advance,
            searchkit.Index.open(self.index_path, wait=self.wait) as index,
        ):
            articles = searchkit.Articles(paths, advance, columns, **self.reading)
            if rebuild:
                changes = index.rebuild(articles, workers=self.workers)
            else:
                self._upgrade(index)
                changes = index.update(articles, **pruning, workers=self.workers)
        self._print(changes, articles.skipped)
        if _is_failure(paths, changes, articles.partly_read):
            raise typer.Exit(ERROR)

    def _upgrade(self, index: searchkit.Index) -> None:
        """Bring an index of an older version to today's format, and say so in one sentence."""
        try:
            len(index)
        except OlderIndex:
            changes = index.restore(workers=self.workers)
            console.report(f"the index of an older version was upgraded from its {changes.added} stored articles")
            console.report_failures(changes, ())
        except SearchkitError:
            pass  # the run that follows tells of it, or makes the index

    def restore(self) -> None:
        """Write the index again from its stored documents; a lost document is an error."""
        with searchkit.Index.open(self.index_path, wait=self.wait) as index:
            changes = index.restore(workers=self.workers)
        self._print(changes)
        if changes.failures:
            raise typer.Exit(ERROR)

    def watch(
        self, paths: Sequence[str], columns: Mapping[str, str], pruning: Mapping[str, bool], walk_seconds: float
    ) -> None:
        """Index changes in folders until Ctrl-C, which ends the run without an error."""
        from searchkit.watch.watch import Watch

        with searchkit.Index.open(self.index_path, wait=self.wait) as index, suppress(KeyboardInterrupt):
            self._upgrade(index)
            console.report(f"watching {', '.join(paths)}; Ctrl-C ends it")
            watch = Watch(
                index,
                list(paths),
                self._print,
                columns=columns,
                **pruning,
                **self.reading,
                walk_seconds=walk_seconds,
            )
            watch.run(self.workers)

    def _print(self, changes: Changes, skipped: Collection[str] = ()) -> None:
        console.report_failures(changes, skipped)
        print(console.to_json(changes.to_dict()) if self.as_json else changes, flush=True)


def _is_failure(paths: Iterable[str], changes: Changes, partly_read: Collection[str]) -> bool:
    """Whether a path given by the user failed as a whole, or nothing at all was readable."""
    from searchkit.changes import RefusedPrune
    from searchkit.readers.sources.paths import real_path

    failed = {real_path(failure.path) for failure in changes.failures if failure.path not in partly_read}
    is_refused = any(isinstance(failure, RefusedPrune) for failure in changes.failures)
    return is_refused or not failed.isdisjoint(map(real_path, paths)) or bool(changes.failures and not changes.read)


def _all_cores() -> int:
    return os.cpu_count() or 1


def parse_columns(text: str) -> dict[str, str]:
    """Parse ``text=body,title=head`` into field names and column names; raises `SearchkitError`."""
    from searchkit.readers.formats.records import FIELD_NAMES

    pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
    for key, _, name in pairs:
        if key.strip() not in FIELD_NAMES or not name.strip():
            raise SearchkitError(
                f"--columns takes FIELD=NAME, as in text=body,title=head; a FIELD is {', '.join(FIELD_NAMES)}"
            )
    return {key.strip(): name.strip() for key, _, name in pairs}
