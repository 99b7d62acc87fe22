"""Besiege a watched archive and its server with hostile clients and files, while people search.

    python benchmarks/robustness/siege.py [--minutes 10] [--articles 2000] [--hostile 6]

Real processes: one command watches the folder of the articles, one serves the index. Ordinary
clients ask for articles whose right answer is known, and for what has changed: it must be seen
within a minute. No answer may be wrong, and none may be 503; /health must answer within 2 s. At the
end the server must stop within 5 s of SIGTERM, and `searchkit verify` must find nothing.

Prints a row for each tenth of the time. The last line lists the problems; the exit code is 1 if
there are any.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.robustness.sieges import clients, hostile
from benchmarks.robustness.sieges.archive import COMMON_WORDS, Archive
from benchmarks.robustness.sieges.commands import Command, free_port, serving, verified, watching
from benchmarks.robustness.sieges.tally import HEAD, Tally, growth

PARTS = 10
ORDINARY = 2
"""Clients that ask ordinary questions."""
IDLE, SLOW = 200, 20
"""Connections on which nothing comes, and on which a byte comes each second."""
FILE_SHARE, FILE_SECONDS = 0.02, 7.0
"""The share of the size of hostile files, and the time between two of them."""
SEEN, HEALTHY, ENDED = 60.0, 2.0, 5.0
"""Seconds: until a change is seen, until /health answers, until the server ends."""

Job = Callable[[Event], None]
"""What a thread does until it is over."""


def main() -> int:
    """Besiege for the given minutes, and report problems."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        problems = list(_siege(options, Path(folder)))
    print(json.dumps({"problems": problems}, ensure_ascii=False))
    return int(bool(problems))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--hostile", type=int, default=6, help="clients that ask hostile questions")
    parser.add_argument("--patience", type=float, default=1, help="how many times longer all may take")
    return parser.parse_args()


def _siege(options: argparse.Namespace, folder: Path) -> Iterator[str]:
    archive, index, port = Archive(folder / "news", options.articles), folder / "index", free_port()
    tally = Tally()
    commands: list[Command] = []
    try:
        commands.append(watching(archive.folder, index))
        commands.append(serving(index, port))
        yield from _attack(options, _jobs(options, archive, port, tally), commands, tally)
        yield from tally.problems
        yield from commands[1].end(signal.SIGTERM, ENDED * options.patience)
        yield from commands[0].end(signal.SIGINT, SEEN * options.patience)
        yield from verified(index)
    finally:
        for command in commands:
            command.kill()


def _jobs(options: argparse.Namespace, archive: Archive, port: int, tally: Tally) -> Iterator[Job]:
    seen, healthy = SEEN * options.patience, HEALTHY * options.patience * 1000
    for seed in range(options.hostile):
        yield lambda is_over, seed=seed: hostile.ask(port, COMMON_WORDS, seed, tally, is_over)  # type: ignore[misc]
    for _ in range(ORDINARY):
        yield clients.OrdinaryClient(port, archive, tally, seen).run
    yield lambda is_over: clients.watch_health(port, tally, healthy, is_over)
    yield hostile.OpenConnections(port, IDLE).run
    yield hostile.OpenConnections(port, SLOW, hostile.SLOW_REQUEST).run
    yield lambda is_over: hostile.break_requests(port, tally, is_over)
    yield lambda is_over: hostile.drop_files(archive.folder / "hostile", FILE_SHARE, FILE_SECONDS, is_over)
    yield lambda is_over: _write(archive, is_over)


def _write(archive: Archive, is_over: Event) -> None:
    """Add, change and delete articles until it is over."""
    dice = random.Random(2)
    while not is_over.wait(dice.uniform(0.2, 2)):
        dice.choice((archive.add, archive.change, archive.delete))()


def _attack(options: argparse.Namespace, jobs: Iterator[Job], commands: list[Command], tally: Tally) -> Iterator[str]:
    is_over, parts = Event(), []
    threads = [Thread(target=_guarded(job, tally), args=(is_over,), daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    print(HEAD)
    for number in range(1, PARTS + 1):
        time.sleep(options.minutes * 60 / PARTS)
        parts.append(tally.next_part({command.name: command.memory for command in reversed(commands)}))
        print(parts[-1].row(number), flush=True)
    is_over.set()
    for thread in threads:
        thread.join()
    yield from growth(parts)


def _guarded(job: Job, tally: Tally) -> Job:
    """Return a job whose own failure is a problem, not silence."""

    def run(is_over: Event) -> None:
        try:
            job(is_over)
        except Exception as error:
            tally.problem(f"the siege itself failed: {error!r}")

    return run


if __name__ == "__main__":
    sys.exit(main())
