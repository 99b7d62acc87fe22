"""Counts the answers that clients get, part by part of a siege."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from threading import Lock

_TOLD = 20
"""Problems that are kept; the others are counted."""
BUSY = 503
GROWTH = 1.5
"""The largest ratio of the memory of the last parts to that of the third to fifth."""
_SPARE = 32
"""Megabytes that memory may grow in any case."""
_COLUMNS = ("part", "ordinary", "wrong", "503", "p50 ms", "p95 ms", "slowest health ms", "server MB", "watch MB")


@dataclass(slots=True)
class SiegePart:
    """Counts of one part of the time."""

    milliseconds: list[float] = field(default_factory=list)
    """How long ordinary questions took."""
    wrong: int = 0
    busy: int = 0
    health: float = 0.0
    hostile: Counter[str] = field(default_factory=Counter)
    """Answers to hostile clients by status."""
    memory: Mapping[str, float] = field(default_factory=dict)
    """Megabytes of each command at the end."""

    def row(self, number: int) -> str:
        """Return the line of a table."""
        p50, p95 = _percentiles(self.milliseconds)
        counts = (number, len(self.milliseconds), self.wrong, self.busy, p50, p95, round(self.health))
        memory = (round(megabytes) for megabytes in self.memory.values())
        hostile = ", ".join(f"{status} {count}" for status, count in sorted(self.hostile.items()))
        return f"| {' | '.join(map(str, (*counts, *memory)))} | {hostile} |"


HEAD = f"| {' | '.join(_COLUMNS)} | hostile by status |\n|{'---|' * (len(_COLUMNS) + 1)}"


class Tally:
    """Counts answers of many threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._part = SiegePart()
        self._untold = 0
        self._problems: list[str] = []

    def ordinary(self, milliseconds: float, status: int, problem: str = "") -> None:
        """Count the answer to an ordinary question.

        Args:
            milliseconds: How long it took.
            status: The status, or 0 if there was no answer.
            problem: Why the answer is wrong, if it is.
        """
        with self._lock:
            self._part.milliseconds.append(milliseconds)
            self._part.busy += status == BUSY
            self._part.wrong += bool(problem) and status != BUSY
        self.problem(problem)

    def hostile(self, status: str) -> None:
        """Count the answer to a hostile client."""
        with self._lock:
            self._part.hostile[status] += 1

    def health(self, milliseconds: float, problem: str) -> None:
        """Count an answer about health; arguments as for `ordinary`."""
        with self._lock:
            self._part.health = max(self._part.health, milliseconds)
        self.problem(problem)

    def problem(self, problem: str) -> None:
        """Keep a problem, if there is one."""
        with self._lock:
            self._untold += bool(problem) and len(self._problems) >= _TOLD
            if problem and len(self._problems) < _TOLD:
                self._problems.append(problem)

    def next_part(self, memory: Mapping[str, float]) -> SiegePart:
        """End a part, and begin the next.

        Args:
            memory: Megabytes of each command.
        """
        with self._lock:
            part, self._part = self._part, SiegePart()
        part.memory = memory
        return part

    @property
    def problems(self) -> list[str]:
        """The first problems, and how many others there are."""
        return self._problems + ([f"and {self._untold} more"] if self._untold else [])


def growth(parts: Sequence[SiegePart]) -> Iterator[str]:
    """Tell which command's memory grows: caches are full after some parts."""
    for name in parts[-1].memory:
        before, after = (max(part.memory[name] for part in some) for some in (parts[2:5], parts[-3:]))
        if after > before * GROWTH + _SPARE:
            yield f"memory of {name} grew from {before:.0f} to {after:.0f} MB"


def _percentiles(values: Sequence[float]) -> tuple[int, int]:
    if len(values) < 2:
        return (round(sum(values)),) * 2
    cuts = quantiles(values, n=20)
    return round(cuts[9]), round(cuts[18])
