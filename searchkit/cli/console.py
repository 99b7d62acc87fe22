"""What the command line prints: complaints, progress, articles, tokens, tables. Hits are in `listing`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from searchkit.document import Document
    from searchkit.results import Changes, Results
    from searchkit_analyzers import Token

TOKEN_FIELDS = ("surface", "start", "end", "position", "language", "lemmas", "coarse")

_UNDERSTOOD = {
    "kk": "«{}» сұрауы бойынша көрсетілді; дәл іздеу: {}",
    "ru": "Показано по запросу «{}»; искать точно: {}",
}

_ADDED = {"kk": "Бұлар да ізделді: {}", "ru": "Найдено и по другим названиям: {}"}

# An article must not be able to steer the terminal that it is shown on, nor to turn its writing around.
_TURNING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_STEERING = (*range(0x7F, 0xA0), 0x2028, 0x2029, *_TURNING)
_CONTROLS = {code: " " for code in (*range(0x20), *_STEERING) if chr(code) not in "\n\t"}
_IN_JSON = {code: f"\\u{code:04x}" for code in _STEERING}


def complain(sentence: str) -> None:
    """Tell the user what went wrong."""
    try:
        print(f"searchkit: {one_line(sentence)}", file=sys.stderr, flush=True)
    except OSError:
        sys.stderr = nowhere()  # or Python would try once more at its end, and change the exit code


def nowhere() -> TextIO:
    """Return a stream that leads nowhere."""
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123


def remark(sentence: str) -> None:
    """Tell the user something worth knowing."""
    complain(sentence)


def problems(changes: Changes, skipped: Collection[str]) -> None:
    """Name the files that could not be read, and the kinds of those that were not looked at."""
    for failure in changes.failures:
        complain(f"{failure.path}: {failure.error}")
    if skipped:
        remark(f"passed over files of other kinds: {', '.join(sorted(skipped))}")


def understood(results: Results) -> None:
    """Tell in the language of the question what was understood otherwise than typed, and how to avoid that."""
    from searchkit_analyzers import ANALYZER

    if not results.corrections:
        return
    shown, exactly = results.query, []
    for typed, meant, kind in ((c.typed, c.understood, c.kind) for c in results.corrections):
        shown = shown.replace(typed, f"{typed} ({meant})" if kind == "name" else meant)
        exactly += [f"!{word}" for word in typed.split() if word in results.query]
    print(one_line(_UNDERSTOOD[ANALYZER.language(shown) or "ru"].format(shown, " ".join(exactly))), file=sys.stderr)


def added(results: Results) -> None:
    """Tell in the language of the question by what else it is met."""
    from searchkit_analyzers import ANALYZER

    met: dict[str, list[str]] = {}
    for each in results.synonyms:
        if each.kind != "place":  # what is said of nearly every question, is noise
            met.setdefault(each.typed, []).append(each.added)
    if met:
        names = "; ".join(f"{typed} = {', '.join(others)}" for typed, others in met.items())
        print(one_line(_ADDED[ANALYZER.language(results.query) or "ru"].format(names)), file=sys.stderr)


@contextmanager
def progress() -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar for bytes on a terminal, and nothing elsewhere; yields ``advance(done, total)``."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("indexing"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("indexing", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)


def article(document: Document) -> None:
    """Print a whole article."""
    facts = document.to_dict()
    for name in ("id", "language", "date", "source", "author", "office", "url", "path"):
        if facts[name]:
            print(f"{name}: {one_line(facts[name])}")
    print(f"\n{one_line(document.title)}\n\n{printable(document.text)}")


def token(found: Token) -> str:
    """Return a token as one line: as written, language, lemmas, coarse keys."""
    coarse = " ".join(f"~{key}" for key in found.coarse)
    return printable(f"{found.surface}\t{found.language or '-'}\t{' '.join(found.lemmas)}\t{coarse}".rstrip())


def table(values: Mapping[str, Any]) -> None:
    """Print names and values, one a line."""
    for name, value in values.items():
        shown = ", ".join(f"{k or '-'} {v}" for k, v in value.items()) if isinstance(value, Mapping) else value
        print(one_line(f"{name.replace('_', ' ')}: {shown}"))


def as_json(value: Any) -> str:
    """Return JSON on one line; what could steer a terminal is spelled out, as JSON itself does for older controls."""
    import json

    return json.dumps(value, ensure_ascii=False).translate(_IN_JSON)


def one_line(text: str) -> str:
    """Return text for a line of its own."""
    return printable(text).replace("\n", " ")


def printable(text: str) -> str:
    """Return text that cannot steer a terminal."""
    return text.translate(_CONTROLS)
