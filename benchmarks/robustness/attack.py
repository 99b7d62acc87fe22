"""Attack searchkit with generated inputs of all kinds, and print the cost of each.

usage: python benchmarks/robustness/attack.py [files] [questions] [--only TEXT] [--share 1.0]

Hostile files are indexed by the command, beside a good file, which must be found. A kind holds if
no input takes more than 10 s of processor time or 500 MB, all processes counted.

Hostile questions are asked of 160,000 generated articles, with nothing of the index read before. A
kind holds if no question takes more than 1 s of processor time, nor when it is asked again.

The exit code is 1 if a kind does not hold.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.robustness.attacks import file_verdicts, question_verdicts
from benchmarks.robustness.attacks.verdicts import Verdict, table

ROOMS: Mapping[str, Callable[[str, float], Iterator[Verdict]]] = {
    "files": file_verdicts.verdicts,
    "questions": question_verdicts.verdicts,
}
"""What is attacked, by name."""


def main() -> int:
    """Attack the given rooms, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="*", choices=[*ROOMS, []], metavar="ROOM")
    parser.add_argument("--only", default="", help="kinds whose names contain this")
    parser.add_argument("--share", type=float, default=1.0, help="the share of the size of each attack")
    options = parser.parse_args()
    failed = 0

    def noted(verdicts: Iterator[Verdict]) -> Iterator[Verdict]:
        nonlocal failed
        for verdict in verdicts:
            failed += bool(verdict.problem)
            yield verdict

    for room in options.rooms or ROOMS:
        for line in table(noted(ROOMS[room](options.only, options.share))):
            print(line, flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
