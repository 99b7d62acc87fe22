"""Hostile files of all kinds cost work as their length, and never stop the run."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.robustness.attacks.files import ATTACKS, FileAttack
from searchkit import Articles
from tests.readers.reading import RUSSIAN
from tests.steps import steps_of

MOST = 40
_DEEP = "deep pages are extracted in several ways"
SUPERLINEAR = {
    "Markdown: nested lists": "each list lies in all lists around it, and so does its text",
    "Markdown: back-ticks": "so many more bytes",
    "HTML: nested blocks": _DEEP,
    "HTML: nested lists": _DEEP,
    "HTML: nested bold": _DEEP,
    "HTML: tables in tables": _DEEP,
    "HTML: open formatting": _DEEP,
    "HTML: quotations": _DEEP,
    "HTML: forms": _DEEP,
    "mail: mails in mails": "the standard library looks for the end of every mail around a line",
}
"""Kinds whose work grows faster than their size, which only the limits of the child bound."""


def work(attack: FileAttack, size: int, folder: Path) -> int:
    """Return the steps of reading a hostile file beside a good one."""
    (folder / attack.name).write_bytes(attack.make(size))
    (folder / "good.txt").write_text(RUSSIAN, "utf-8")
    found = Articles(folder, limits=None)
    ids: list[str] = []
    steps = steps_of(lambda: ids.extend(document.id for document in found))
    assert "good.txt" in ids
    assert len(found.failures) <= 2
    return steps


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.kind)
def test_work_grows_as_the_file(attack: FileAttack, tmp_path: Path) -> None:
    size = max(2, min(MOST, attack.size // 16))
    work(attack, 4 * size, tmp_path)  # reads word lists and modules
    few, many = (work(attack, each, tmp_path) for each in (size, 4 * size))
    limit = 16 if attack.kind in SUPERLINEAR else 4.5
    assert many < limit * few


def test_a_run_over_hostile_files_ends_well(tmp_path: Path) -> None:
    for number, attack in enumerate(ATTACKS):
        (tmp_path / f"{number}{attack.name}").write_bytes(attack.make(20))
    (tmp_path / "good.txt").write_text(RUSSIAN, "utf-8")
    found = Articles(tmp_path)
    assert "good.txt" in [document.id for document in found]
    assert all("\n" not in failure.error for failure in found.failures)
