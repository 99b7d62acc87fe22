"""A small siege of real processes ends well, and its clients notice wrong answers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.robustness.sieges.archive import Archive
from benchmarks.robustness.sieges.clients import OrdinaryClient
from benchmarks.robustness.sieges.tally import SiegePart, Tally, growth
from tests.conftest import TESTS
from tests.web.connecting import saying, serving


def test_a_small_siege_ends_well() -> None:
    command = [sys.executable, str(TESTS.parent / "benchmarks" / "robustness" / "siege.py")]
    size = ("--minutes", "0.05", "--articles", "40", "--hostile", "1", "--patience", "30")
    ended = subprocess.run([*command, *size], capture_output=True, encoding="utf-8", check=False)
    *table, last = ended.stdout.splitlines() or [ended.stderr]
    assert json.loads(last) == {"problems": []}, ended.stdout
    assert len(table) == 12
    assert ended.returncode == 0


class SoonOver:
    """Lets a client ask once."""

    def __init__(self) -> None:
        self._is_over = False

    def wait(self, _: float) -> bool:
        was_over, self._is_over = self._is_over, True
        return was_over


def problems_of(body: str, tmp_path: Path, within: float = 0.0) -> list[str]:
    """Return the problems that a client notices where all answers have one body."""
    archive, tally = Archive(tmp_path / "news", 1), Tally()
    archive.add()
    with serving(saying(body.encode())) as port:
        OrdinaryClient(port, archive, tally, within).run(SoonOver())  # type: ignore[arg-type]
    return tally.problems


def test_wrong_answers_are_noticed(tmp_path: Path) -> None:
    found = problems_of('{"hits": [], "text": "Ашылды."}', tmp_path)
    assert ["wrongly" in problem for problem in found] == [True] * 4 + [False]
    assert found[-1].startswith("1.txt is not found after")


def test_other_articles_are_wrong_answers(tmp_path: Path) -> None:
    found = problems_of('{"hits": [{"id": "0.txt"}, {"id": "1.txt"}], "text": ""}', tmp_path)
    assert ["wrongly" in problem for problem in found] == [True] * 4


def test_changes_may_take_their_time(tmp_path: Path) -> None:
    assert len(problems_of('{"hits": [], "text": ""}', tmp_path, within=1e9)) == 4


@pytest.mark.parametrize("last, problem", [(220.0, False), (1_000.0, True)])
def test_growth_is_noticed(last: float, problem: bool) -> None:
    parts = [SiegePart(memory={"server": megabytes}) for megabytes in [100.0] * 2 + [200.0] * 5 + [last] * 3]
    assert bool(list(growth(parts))) is problem


def test_refused_questions_are_counted() -> None:
    tally = Tally()
    tally.ordinary(1.0, 503, "busy")
    tally.ordinary(1.0, 200)
    part = tally.next_part({})
    assert (part.busy, part.wrong, len(part.milliseconds), tally.problems) == (1, 0, 2, ["busy"])
