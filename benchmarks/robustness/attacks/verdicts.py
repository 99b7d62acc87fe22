"""Verdicts: the cost of an attack, beside the cost that it may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Verdict(NamedTuple):
    """The cost of one kind of attack."""

    kind: str
    inputs: int
    seconds: float
    """The most processor time of one input."""
    megabytes: float
    """The most memory of one process; 0 where it was not measured."""
    problem: str = ""
    """What did not hold; empty where all did."""


def table(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """Yield the lines of a table."""
    yield f"{'kind':52} {'inputs':>6} {'seconds':>8} {'MB':>6}  verdict"
    for each in verdicts:
        verdict = each.problem or "holds"
        yield f"{each.kind:52} {each.inputs:6} {each.seconds:8.2f} {each.megabytes:6.0f}  {verdict}"
