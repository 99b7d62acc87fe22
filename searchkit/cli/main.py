"""The command line: verbs, options, exit codes. Results go to stdout, everything else to stderr.

Exit codes are grep's: 0 found or done, 1 nothing found, 2 an error; 130 where the user interrupted.

A verb imports what it needs itself, since most of the time that a short command takes is spent on importing.
"""

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

import searchkit
from searchkit.cli import console, hits
from searchkit.errors import IndexWarning, SearchkitError
from searchkit.runtime.gc_policy import never_collected

if TYPE_CHECKING:
    from searchkit.results import Changes
    from searchkit_analyzers import Token

NOTHING_FOUND, ERROR, INTERRUPTED, TERMINATED = 1, 2, 130, 143

app = typer.Typer(
    help="Full-text search for Kazakh and Russian texts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Sort(StrEnum):
    """What comes first."""

    score = "score"
    date = "date"


class Language(StrEnum):
    """Languages to search in."""

    kk = "kk"
    ru = "ru"


class Reading(StrEnum):
    """Languages to analyse text in."""

    auto = "auto"
    kk = "kk"
    ru = "ru"


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
DEFAULT_INDEX = Path(".searchkit")
WaitOption = Annotated[
    float, typer.Option("--wait", min=0, metavar="SECONDS", help="How long to wait while another process is writing.")
]


def command(verb: Callable[..., None]) -> Callable[..., None]:
    """Register a verb; its errors become one sentence on stderr and an exit code, never a traceback."""

    @wraps(verb)
    def told(*args: Any, **kwargs: Any) -> None:
        try:
            verb(*args, **kwargs)
            sys.stdout.flush()
        except SearchkitError as error:
            console.complain(str(error))
            raise typer.Exit(ERROR) from error
        except BrokenPipeError:
            # The reader of a pipe (head, less) has seen enough.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            console.complain(
                f"{error.filename or 'a file could not be written'}: {(error.strerror or str(error)).lower()}"
            )
            raise typer.Exit(ERROR) from error
        except KeyboardInterrupt as error:
            console.complain("interrupted; what was committed before stays as it is")
            raise typer.Exit(INTERRUPTED) from error

    # A question may begin with a minus: -слово is no option.
    app.command(
        verb.__name__.rstrip("_"), context_settings={"ignore_unknown_options": verb.__name__ in ("search", "suggest")}
    )(told)
    return told


def _version(wanted: bool) -> None:
    if wanted:
        print(f"searchkit {searchkit.__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Full-text search for Kazakh and Russian texts."""


@command
def index(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Files, folders, archives, patterns, or - for JSON lines on stdin. [default: corpus]",
        ),
    ] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Remove articles that are gone from PATH.")] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Start over, and swap the new index in at the end.")
    ] = False,
    upgrade: Annotated[
        bool, typer.Option("--upgrade", help="Make the index anew from what it stores, without PATH.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on, and index what changes in PATH, until interrupted.")
    ] = False,
    columns: Annotated[
        str, typer.Option(metavar="FIELD=NAME,...", help="Names of columns in tables: text=body,title=head.")
    ] = "",
    workers: Annotated[
        int, typer.Option(min=0, help="Processes that work on many articles; 0: one for each core.")
    ] = 0,
    wait: WaitOption = 0,
    index: IndexOption = DEFAULT_INDEX,
    as_json: JsonOption = False,
) -> None:
    """Add new and changed articles to the index, and leave the rest untouched.

    A file in a folder that cannot be read is named, and the rest goes on; it is an error only if PATH itself cannot
    be read, or nothing in it can.
    """
    from searchkit.readers.sources.paths import real_path

    if watch and rebuild:
        raise SearchkitError("--watch and --rebuild do not go together: rebuild first, then watch")
    workers = workers or os.cpu_count() or 1
    if upgrade:
        if paths or watch or rebuild or prune:
            raise SearchkitError("--upgrade stands alone: it takes no PATH, and no other way to index")
        _restore(index, workers, wait, as_json)
        return
    paths = paths or ["corpus"]
    if watch:
        _watch(index, paths, _columns(columns), prune, workers, wait, as_json)
        return
    with console.progress() as advance, searchkit.Index.open(index, wait=wait) as target:
        articles = searchkit.Articles(paths, advance, _columns(columns))
        if rebuild:
            changes = target.rebuild(articles, workers=workers)
        else:
            changes = target.update(articles, prune=prune, workers=workers)
    console.problems(changes, articles.skipped)
    _tell(changes, as_json)
    named, failed = set(map(real_path, paths)), {real_path(failure.path) for failure in changes.failures}
    if named & failed or (failed and not changes.read):
        raise typer.Exit(ERROR)


@command
@never_collected()
def search(
    query: Annotated[
        str | None, typer.Argument(help='Words; "a phrase"; !exact; pref*; -without; lang:kk; date:2022-09.')
    ] = None,
    similar: Annotated[
        str | None, typer.Option(metavar="ID", help="Instead of QUERY: find articles like this one.")
    ] = None,
    limit: Annotated[int, typer.Option("-n", "--limit", min=0, help="How many articles to show.")] = 10,
    offset: Annotated[int, typer.Option(min=0, help="How many to pass over.")] = 0,
    sort: Annotated[Sort, typer.Option(help="What comes first: the best or the newest.")] = Sort.score,
    lang: Annotated[Language | None, typer.Option(help="Only articles in this language.")] = None,
    all_copies: Annotated[bool, typer.Option("--all-copies", help="Show all copies of an article, not one.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Tell what each word adds to the score.")] = False,
    across: AcrossOption = False,
    synonyms: SynonymsOption = None,
    index: IndexOption = DEFAULT_INDEX,
    as_json: JsonOption = False,
) -> None:
    """Find articles; a word is found in all its forms."""
    from searchkit.query.nodes import FieldFilter

    if (query is None) == (similar is None):
        raise SearchkitError("search takes a QUERY or --similar ID, one of them")
    with searchkit.Index.open(index, synonyms=synonyms) as target:
        question = target.question_like(similar) if similar is not None else searchkit.parse(query or "")
        if lang:
            question = question.within(FieldFilter("language", lang.value))
        results = target.search(
            question,
            limit=limit,
            offset=offset,
            sort=sort.value,
            options=searchkit.SearchOptions(
                searchkit.Rewrite(synonyms=similar is None, translations=across),
                collapse_duplicates=not all_copies,
                explain=explain,
            ),
        )
    for hint in results.hints:
        console.remark(hint)
    console.understood(results)
    console.added(results)
    if as_json:
        print(console.as_json(results.to_dict()))
    else:
        hits.show(results)
    if not results.total:
        raise typer.Exit(NOTHING_FOUND)


@command
@never_collected()
def suggest(
    prefix: Annotated[str, typer.Argument(help="The beginning of a question; its last word may be unfinished.")],
    limit: Annotated[int, typer.Option("-n", "--limit", min=0, help="How many to print.")] = 8,
    index: IndexOption = DEFAULT_INDEX,
    as_json: JsonOption = False,
) -> None:
    """Print what a question may go on as: words and titles that begin so."""
    with searchkit.Index.open(index) as target:
        found = target.suggest(prefix, limit=limit)
    if as_json:
        print(console.as_json({"prefix": prefix, "suggestions": found}))
    else:
        for suggestion in found:
            print(console.one_line(suggestion))
    if not found:
        raise typer.Exit(NOTHING_FOUND)


@command
@never_collected()
def show(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The id of an article, as a search prints it.")],
    raw: Annotated[
        bool, typer.Option("--raw", help="Print the page as it was read, with what is not in the article.")
    ] = False,
    index: IndexOption = DEFAULT_INDEX,
    as_json: JsonOption = False,
) -> None:
    """Print one article as it was indexed."""
    with searchkit.Index.open(index) as target:
        document = target.document(id_)
    facts = document.to_dict()
    del facts["cut"]
    if as_json:
        print(console.as_json(facts | ({"raw": document.raw} if raw else {})))
    elif raw:
        print(console.printable(document.raw))
    else:
        console.article(document)


@command
def analyze(
    text: Annotated[str, typer.Argument(help="Text, or - for stdin.")] = "-",
    language: Annotated[Reading, typer.Option(help="Read all of it in one language.")] = Reading.auto,
    as_json: JsonOption = False,
) -> None:
    """Print the tokens of a text with their lemmas, line by line."""
    from searchkit_analyzers import ANALYZER

    for number, line in enumerate(_lines(text), 1):
        for token in ANALYZER.analyze(line, language.value):
            print(_token_json(number, token) if as_json else console.token(token))


@command
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer.")] = 1,
    url: Annotated[str, typer.Option(help="The address that readers use, where that is another one.")] = "",
    memory: Annotated[int, typer.Option(min=1, help="Megabytes that each may take for what it has read.")] = 256,
    index: IndexOption = DEFAULT_INDEX,
) -> None:
    """Serve a search page and an API over HTTP, until Ctrl-C."""
    try:
        from searchkit.web import server
        from searchkit.web.settings import Settings
    except ImportError as error:
        raise SearchkitError("serve needs more: pip install 'searchkit-qazaq[web]'") from error

    server.serve(Settings(index.absolute(), url, memory=memory), host, port, workers)


@command
@never_collected()
def stats(index: IndexOption = DEFAULT_INDEX, as_json: JsonOption = False) -> None:
    """Print what is in the index."""
    with searchkit.Index.open(index) as target:
        found = asdict(target.stats())
    if as_json:
        print(console.as_json(found))
    else:
        console.table(found)


@command
def verify(
    repair: Annotated[
        bool,
        typer.Option("--repair", help="If anything is wrong, make the index anew from the articles that are whole."),
    ] = False,
    wait: WaitOption = 0,
    index: IndexOption = DEFAULT_INDEX,
) -> None:
    """Read the whole index back, and list what is wrong with it."""
    with searchkit.Index.open(index) as target:
        problems = list(target.verify())
    for problem in problems:
        print(console.one_line(problem))
    if problems and repair:
        _restore(index, os.cpu_count() or 1, wait, as_json=False)
    elif problems:
        raise typer.Exit(ERROR)
    else:
        print("all is well")


@command
def evaluate_(
    queries: Annotated[Path, typer.Argument(metavar="QUERIES.jsonl", help='Questions: {"_id", "text"} a line.')],
    qrels: Annotated[Path, typer.Argument(metavar="QRELS.tsv", help="Judgements: question, article, relevance.")],
    across: AcrossOption = False,
    synonyms: SynonymsOption = None,
    index: IndexOption = DEFAULT_INDEX,
    as_json: JsonOption = False,
) -> None:
    """Measure the ranking on questions with known answers."""
    from searchkit.evaluation import evaluate, read_qrels, read_queries

    with searchkit.Index.open(index, synonyms=synonyms) as target:
        found = evaluate(
            target, read_queries(queries), read_qrels(qrels), rewrite=searchkit.Rewrite(translations=across)
        )
    if as_json:
        print(console.as_json(found))
    else:
        console.table(found)


def _restore(index: Path, workers: int, wait: float, as_json: bool) -> None:
    """Make an index anew from what it stores; that articles are lost is an error."""
    with searchkit.Index.open(index, wait=wait) as target:
        changes = target.restore(workers=workers)
    console.problems(changes, ())
    _tell(changes, as_json)
    if changes.failures:
        raise typer.Exit(ERROR)


def _watch(
    index: Path, paths: list[str], columns: dict[str, str], prune: bool, workers: int, wait: float, as_json: bool
) -> None:
    """Index what changes in folders until Ctrl-C, which is the way to end it and no error."""
    from searchkit.watch import Watch

    def tell(changes: Changes) -> None:
        console.problems(changes, ())
        _tell(changes, as_json)

    with searchkit.Index.open(index, wait=wait) as target, suppress(KeyboardInterrupt):
        Watch(target, paths, tell, columns=columns, prune=prune).run(workers)


def _tell(changes: Changes, as_json: bool) -> None:
    print(console.as_json(changes.to_dict()) if as_json else changes, flush=True)


def _columns(text: str) -> dict[str, str]:
    """Read ``text=body,title=head``; raises `SearchkitError`."""
    from searchkit.readers.formats.records import FIELD_NAMES

    pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
    for field, _, name in pairs:
        if field.strip() not in FIELD_NAMES or not name.strip():
            raise SearchkitError(
                f"--columns takes FIELD=NAME, as in text=body,title=head; a FIELD is {', '.join(FIELD_NAMES)}"
            )
    return {field.strip(): name.strip() for field, _, name in pairs}


def _lines(text: str) -> Iterator[str]:
    if text != "-":
        yield from text.split("\n")
        return
    for number, line in enumerate(sys.stdin.buffer):
        yield line.decode("utf-8" if number else "utf-8-sig", "replace").rstrip("\r\n")


def _token_json(line: int, token: Token) -> str:
    found = {"line": line} | {name: getattr(token, name) for name in console.TOKEN_FIELDS}
    return console.as_json(found)


def _warned(message: Warning | str, category: type[Warning], *where: Any) -> None:
    """Tell in one sentence what an index warns of; other warnings are for programmers."""
    if issubclass(category, IndexWarning):
        console.remark(str(message))


def _unraisable(problem: Any) -> None:
    """Files that Whoosh left open after a failed write fail again when they are closed: the user knows already."""
    if not isinstance(problem.exc_value, OSError):
        sys.__unraisablehook__(problem)


def _terminate(*_: object) -> None:
    """End as after Ctrl-C, putting everything back in order, with the code that shells give it."""
    sys.exit(TERMINATED)


def _whole(stream: TextIO | None) -> TextIO:
    """Return a stream that takes every letter; one that leads nowhere where the caller has closed it."""
    if stream is None:
        return console.nowhere()
    stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[attr-defined]
    return stream


def _pass_over_other_verbs() -> None:
    """Where a verb is named first, make no command of the others: to look at all their options takes 8 ms."""
    named = [verb for verb in app.registered_commands if verb.name in sys.argv[1:2]]
    app.registered_commands = named or app.registered_commands


def main() -> None:
    """Run the command line."""
    sys.unraisablehook = _unraisable
    warnings.showwarning = _warned  # type: ignore[assignment]
    signal.signal(signal.SIGTERM, _terminate)
    sys.stdout, sys.stderr = (_whole(stream) for stream in (sys.stdout, sys.stderr))
    _pass_over_other_verbs()
    app(prog_name="searchkit")
