"""The folder of an index names the current generation at every call."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import filelock
import pytest

from searchkit.errors import IndexLocked, IndexNotFound, StorageError
from searchkit.storage.index_folder import IndexFolder


@pytest.fixture
def folder(tmp_path: Path) -> IndexFolder:
    """Return a folder with one generation."""
    folder = IndexFolder(tmp_path)
    folder.publish(folder.begin())
    return folder


def test_what_another_publishes_is_seen_at_once(folder: IndexFolder) -> None:
    other = IndexFolder(folder.path)
    for number in range(1, 20):
        assert folder.current() == other.current()
        assert folder.current().name.startswith(f"g{number:06}-")
        other.publish(other.begin())


def test_an_index_that_is_gone_is_missed(folder: IndexFolder) -> None:
    assert folder.current().is_dir()
    shutil.rmtree(folder.path)
    with pytest.raises(IndexNotFound):
        folder.current()


@pytest.mark.filterwarnings("ignore::searchkit.errors.IndexWarning")
def test_a_generation_that_was_never_published_takes_no_ones_place(folder: IndexFolder) -> None:
    """A description is gone, and beside the generation that it named lies what a rebuild that was
    killed has left.
    """
    current = folder.current()
    folder.begin()
    (folder.path / "searchkit.json").unlink()
    assert IndexFolder(folder.path).current() == current
    with IndexFolder(folder.path).writing():
        assert [entry.name for entry in folder.path.glob("g*")] == [current.name]


def test_a_writer_waits_for_another_as_long_as_it_is_told(folder: IndexFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    timeouts: list[float] = []

    def locked(lock: filelock.BaseFileLock, **_: object) -> None:
        timeouts.append(lock.timeout)
        raise filelock.Timeout(lock.lock_file)

    monkeypatch.setattr(filelock.BaseFileLock, "acquire", locked)
    with pytest.raises(IndexLocked), IndexFolder(folder.path, wait=7).writing():
        pass
    assert timeouts == [7]


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_file_system_without_locks_is_told(
    number: int, folder: IndexFolder, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    def flock(file: int, operation: int) -> None:
        raise OSError(number, os.strerror(number))

    before = sorted(folder.path.iterdir())
    monkeypatch.setattr("fcntl.flock", flock)
    with pytest.raises(StorageError, match=f"no locks \\({os.strerror(number)}\\).*another disk"), folder.writing():
        pytest.fail("written without a lock")
    assert not list(recwarn)
    assert sorted(folder.path.iterdir()) == sorted({*before, folder.path / "write.lock"})
