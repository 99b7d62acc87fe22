"""Damaged or missing index files give right answers or helpful errors."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import chdir, nullcontext
from pathlib import Path

import pytest

from searchkit import Index, SearchOptions
from searchkit.errors import IndexWarning, SearchkitError
from tests.conftest import Run
from tests.reliability.conftest import article, texts_in, times

IDS = ("1", "2", "3")
LONGEST = 60
"""Seconds after which a test hangs, on a pipe that nobody writes to, say."""
KINDS = {
    "description": "searchkit.json",
    "copy": "g*/searchkit.copy",
    "lock": "write.lock",
    "table": "g*/*_2.toc",
    "table's copy": "g*/*_2.copy",
    "older table": "g*/*_1.toc",
    "segment": "g*/*.seg",
}
CLOSED = ("", "searchkit.json", "write.lock", "g*", "g*/*_2.toc", "g*/searchkit.copy", "g*/*.seg")
"""Closed to all but the owner: the whole folder, or one thing in it."""


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])


def _gone(file: Path) -> None:
    file.unlink()


def _longer(file: Path) -> None:
    file.write_bytes(2 * file.read_bytes())


def _nested(file: Path) -> None:
    file.write_text("[" * 100_000)


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _socket(file: Path) -> None:
    file.unlink()
    with chdir(file.parent), socket.socket(socket.AF_UNIX) as made:
        made.bind(file.name)


def _endless(file: Path) -> None:
    file.unlink()
    file.symlink_to("/dev/zero")


def _no_rights(file: Path) -> None:
    file.chmod(0)


DAMAGES: dict[str, Callable[[Path], None]] = {
    damage.__name__[1:].replace("_", " "): damage
    for damage in (_empty, _cut, _gone, _longer, _nested, _folder, _pipe, _socket, _endless, _no_rights)
}


@pytest.fixture(autouse=True)
def _no_hang() -> Iterator[None]:
    signal.alarm(LONGEST)
    yield
    signal.alarm(0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / ".searchkit"
    with Index.open(folder) as index:
        index.update([article("1"), article("2")])
        index.update([article("3")])
    return folder


def _damaged(folder: Path, kind: str, damage: str) -> Path:
    file = sorted(folder.glob(KINDS[kind]))[0]
    DAMAGES[damage](file)
    return file


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_answers_are_right_or_an_error_is_reported(kind: str, damage: str, folder: Path) -> None:
    _damaged(folder, kind, damage)
    with warnings.catch_warnings(record=True) as reported, Index.open(folder) as index:
        warnings.simplefilter("always", IndexWarning)
        try:
            found_ids = {hit.id for hit in index.search("мақала", options=SearchOptions(collapse_duplicates=False))}
        except SearchkitError as error:
            assert "\n" not in str(error)
        else:
            assert found_ids == {*IDS} or (reported and found_ids == {"1", "2"} and kind == "segment")


@pytest.mark.filterwarnings("ignore::searchkit.errors.IndexWarning")
@pytest.mark.parametrize("damage", list(DAMAGES)[:: times(3, 1)])
@pytest.mark.parametrize("kind", KINDS)
def test_following_the_error_message_helps(kind: str, damage: str, folder: Path) -> None:
    """Removing things that are no files, and repairing, gives an index that loses nothing new."""
    file = _damaged(folder, kind, damage)
    try:
        with Index.open(folder) as index:
            index.restore()
    except SearchkitError:
        if file.is_dir():
            file.rmdir()
        else:
            file.unlink(missing_ok=True)
        with Index.open(folder) as index:
            index.rebuild(map(article, IDS))
    with Index.open(folder) as index:
        index.update(map(article, IDS))
    assert {*texts_in(folder)} == {*IDS}


@pytest.mark.filterwarnings("ignore::searchkit.errors.IndexWarning")
@pytest.mark.parametrize("damage", ["empty", "cut", "gone", "longer", "folder", "pipe", "no rights"])
def test_a_lost_segment_takes_no_other_with_it(damage: str, folder: Path) -> None:
    """Both commits need the segment, so there is none to fall back to."""
    with Index.open(folder) as index:
        index.update([article("4")])
    segment = max(folder.glob("g*/*.seg"), key=lambda file: file.stat().st_size)
    DAMAGES[damage](segment)
    with Index.open(folder) as index:
        changes = index.restore()
    lost = 0 if damage == "longer" or (damage == "no rights" and os.getuid() == 0) else 2
    assert (changes.added, changes.failed) == (4 - lost, lost)
    assert {"3", "4"} <= {*texts_in(folder)}


def test_an_index_without_description_is_kept(folder: Path, tmp_path: Path, run: Run) -> None:
    (folder / "searchkit.json").unlink()
    (tmp_path / "жаңа.txt").write_text("Жаңа мақала\n\nБұл жаңа мақала.", "utf-8")
    result = run("index", "жаңа.txt")
    assert (result.returncode, result.stderr.count("\n")) == (0, 1)
    assert {*IDS} < {*texts_in(folder)}


def test_description_and_copy_lost(folder: Path) -> None:
    """Without both, nothing says where the index lies."""
    for kind in ("description", "copy"):
        _damaged(folder, kind, "empty")
    with Index.open(folder) as index, pytest.raises(SearchkitError, match="--rebuild"):
        index.search("мақала")
    with Index.open(folder) as index:
        index.rebuild([article("1")])
    assert {*texts_in(folder)} == {"1"}


@pytest.mark.parametrize("damage", ["gone", "folder", "pipe", "socket", "endless", "dangling"])
def test_the_engines_lock(damage: str, folder: Path, tmp_path: Path) -> None:
    """A lock that is no file is replaced, followed by nobody, and waited for by nobody."""
    (lock,) = folder.glob("g*/*_WRITELOCK")
    if damage == "dangling":
        lock.unlink()
        lock.symlink_to(tmp_path / "outside")
    else:
        DAMAGES[damage](lock)
    with Index.open(folder) as index, nullcontext() if damage != "folder" else pytest.raises(SearchkitError):
        index.update([article("4")])
    assert not (tmp_path / "outside").exists()
    assert {*IDS} <= {*texts_in(folder)}


@pytest.mark.parametrize("path", ["file", "file/deeper", "pipe"])
def test_a_file_in_place_of_an_index(path: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "file").write_text("")
    os.mkfifo(tmp_path / "pipe")
    for verb in (("search", "мектеп"), ("index", "."), ("stats",), ("verify", "--repair"), ("index", "--rebuild", ".")):
        result = run(*verb, "--index", path)
        assert (result.returncode, result.stderr.count("\n")) == (2, 1)
        assert not result.stdout


@pytest.mark.skipif(
    not shutil.which("setpriv") or os.getuid() != 0, reason="only root can become a root without rights"
)
@pytest.mark.parametrize("path", CLOSED[:: times(3, 1)])
def test_files_of_others(path: str, folder: Path, tmp_path: Path) -> None:
    """An index of another user, with a file or folder that only that user may read."""
    (closed, *_) = sorted(folder.glob(path)) if path else [folder]
    for file in (folder, *folder.rglob("*")):
        os.chown(file, 65534, 65534)
    closed.chmod(0)
    drop = ["setpriv", "--bounding-set", "-all", "--inh-caps=-all", sys.executable, "-m", "searchkit"]
    for verb in (["search", "мақала", "--all-copies"], ["verify"], ["index", "."], ["stats"]):
        result = subprocess.run([*drop, *verb], capture_output=True, encoding="utf-8", cwd=tmp_path, timeout=LONGEST)
        assert "Traceback" not in result.stderr
        assert result.returncode in (0, 2)
        assert result.stderr.count("\n") == 1 or result.stdout
        assert verb[0] != "index" or "permission denied" in result.stderr
        assert verb[0] != "search" or result.returncode == 2 or "3 articles" in result.stderr


def test_a_copy_of_an_index_is_an_index(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    assert texts_in(tmp_path / "copy") == texts_in(folder)
