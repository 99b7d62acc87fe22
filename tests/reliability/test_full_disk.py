"""Processes on a full disk fail in one sentence, and succeed given room."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchkit import Articles, Index
from tests.conftest import Run
from tests.reliability.conftest import article, texts_in, times

SIZE = 8 * 2**20
RUNS = {
    "index": ("index", "feed.jsonl"),
    "prune": ("index", "--prune-all", "feed.jsonl"),
    "rebuild": ("index", "--rebuild", "feed.jsonl"),
    "upgrade": ("index", "--upgrade"),
    "repair": ("verify", "--repair"),
}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder that is a disk of some megabytes; only administrators can mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting a disk is not permitted here")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)  # closed files stay mapped until Python looks for garbage


def _feed(folder: Path, count: int, version: int) -> Path:
    texts = {str(n): article(str(n), version).text for n in range(count)}
    lines = [json.dumps({"id": id_, "text": text}, ensure_ascii=False) for id_, text in texts.items()]
    (folder / "feed.jsonl").write_text("\n".join(lines), "utf-8")
    return folder / "feed.jsonl"


def _fill(disk: Path, room: int) -> Path:
    """Fill the disk up to `room` bytes, and return the file that fills it."""
    free = os.statvfs(disk)
    (disk / "filler").write_bytes(bytes(max(free.f_bavail * free.f_frsize - room, 0)))
    return disk / "filler"


def _damage(folder: Path) -> None:
    """Change one byte, which can be repaired."""
    (segment, *_) = folder.glob("g*/*.seg")
    content = bytearray(segment.read_bytes())
    content[len(content) // 2] ^= 1
    segment.write_bytes(content)


@pytest.mark.parametrize("room", range(0, 600_000, times(300_000, 60_000)))
@pytest.mark.parametrize("command", RUNS)
def test_commands_succeed_once_there_is_room(command: str, room: int, disk: Path, tmp_path: Path, run: Run) -> None:
    folder = disk / "index"
    feed = _feed(tmp_path, count=300, version=0)
    with Index.open(folder) as index:
        index.update(Articles([str(feed)]))
    before = texts_in(folder)
    _feed(tmp_path, count=200, version=1)
    filler = _fill(disk, room)
    if command == "repair":
        _damage(folder)
    result = run(*RUNS[command], "--index", folder)
    if result.returncode:
        assert (result.returncode, result.stderr.count("\n")) == (2, 1)
        assert "no space left" in result.stderr
        assert command == "repair" or texts_in(folder) == before
    filler.unlink()
    assert run(*RUNS[command], "--index", folder).returncode == 0
    after = texts_in(folder)
    assert len(after) == (200 if command in ("prune", "rebuild") else 300)
    assert after.keys() <= before.keys()
    assert room or result.returncode


def test_a_disk_without_room_for_even_a_folder(disk: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "мақала.txt").write_text("Мақала\n\nАуылда мектеп ашылды.", "utf-8")
    filler = _fill(disk, 0)
    result = run("index", "мақала.txt", "--index", disk / "index")
    assert (result.returncode, result.stderr.count("\n")) == (2, 1)
    filler.unlink()
    assert run("index", "мақала.txt", "--index", disk / "index").returncode == 0
    assert len(texts_in(disk / "index")) == 1
