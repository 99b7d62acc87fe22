"""Archives on disks that are not mounted, real ones: no prune and no rebuild loses them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability.conftest import texts_in

COMMAND = [sys.executable, "-m", "searchkit", "index"]


def mount(*arguments: str | Path) -> bool:
    """Whether a mount succeeded."""
    command = shutil.which(arguments[0])
    return bool(command) and not subprocess.run([str(command), *arguments[1:]], capture_output=True).returncode


class Share:
    """A folder where a memory disk is mounted, or not."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def mount(self) -> bool:
        return mount("mount", "-t", "tmpfs", "none", self.folder)

    def unmount(self) -> None:
        mount("umount", "--lazy", self.folder)

    def write(self, *numbers: int) -> None:
        for number in numbers:
            (self.folder / f"{number}.txt").write_text(f"Мақала {number}\n\nМәтін {number}.", "utf-8")


@pytest.fixture
def share(tmp_path: Path) -> Iterator[Share]:
    share = Share(tmp_path / "share")
    if sys.platform != "linux" or not share.mount():
        pytest.skip("disks cannot be mounted here")
    share.write(*range(10))
    yield share
    share.unmount()


def index(tmp_path: Path, *arguments: str, code: int = 0) -> tuple[str, str]:
    """Run the command, and return the counts and what is told."""
    command = [*COMMAND, *arguments, "--index", "index"]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=tmp_path, timeout=120)
    assert (result.returncode, "Traceback" in result.stderr) == (code, False), result.stderr
    return result.stdout, result.stderr


@pytest.mark.parametrize(("named", "options"), [
    ("share", ["--prune"]), ("share/", ["--prune-all"]), ("./share", ["--rebuild"]), ("share", []),
    ("share/*.txt", ["--prune"]),
])  # fmt: skip
def test_an_unmounted_share(share: Share, tmp_path: Path, named: str, options: list[str]) -> None:
    index(tmp_path, named)
    share.unmount()
    counts, told = index(tmp_path, named, *options, code=2)
    assert counts.startswith("added 0, changed 0, removed 0,")
    assert told.count("\n") == 1
    assert len(texts_in(tmp_path / "index")) == 10


@pytest.mark.parametrize("kept", [range(10), range(8), range(1), range(20, 40)])
def test_another_disk_in_its_place(share: Share, tmp_path: Path, kept: range) -> None:
    """The system gives the new disk the number of the old one."""
    index(tmp_path, "share")
    share.unmount()
    assert share.mount()
    share.write(*kept)
    before = texts_in(tmp_path / "index")
    counts, told = index(tmp_path, "share", "--prune", code=0 if kept == range(10) else 2)
    assert "removed 0" in counts
    assert before.items() <= texts_in(tmp_path / "index").items()
    assert kept == range(10) or "another device" in told
    index(tmp_path, "share", "--prune-all")
    assert len(texts_in(tmp_path / "index")) == len(kept)


def test_a_disk_below_the_named_folder(share: Share, tmp_path: Path) -> None:
    Share(tmp_path / "all").write(*range(100, 200))
    inner = Share(tmp_path / "all" / "2024")
    assert inner.mount()
    try:
        inner.write(1, 2)
        index(tmp_path, "all")
    finally:
        inner.unmount()
    _, told = index(tmp_path, "all", "--prune", code=2)
    assert "another device" in told
    assert len(texts_in(tmp_path / "index")) == 102


def test_a_disk_that_goes_while_it_is_read(share: Share, tmp_path: Path) -> None:
    """Some articles are read, the others fail; none of them is gone."""
    index(tmp_path, "share")
    code = f"""
import subprocess
from searchkit import Articles, Index
articles = Articles("share")
def unmount(done, total):
    subprocess.run(["umount", "--lazy", {str(share.folder)!r}])
articles._on_progress = unmount
with Index.open("index") as index:
    print(index.update(articles, prune=True, workers=1).removed)
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=tmp_path)
    assert (result.stdout, result.returncode) == ("0\n", 0), result.stderr
    assert len(texts_in(tmp_path / "index")) == 10


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that somebody else may reach; those of pytest are for root."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may run as somebody else")
def test_a_closed_folder(open_folder: Path) -> None:
    """A folder that the user may not read, or whose parent is closed, is there."""
    tmp_path = open_folder
    shared = Share(tmp_path / "share")
    shared.write(*range(10))
    Share(tmp_path / "share" / "closed" / "2024").write(20, 21)
    shutil.make_archive(str(tmp_path / "share" / "closed" / "news"), "zip", tmp_path / "share" / "closed" / "2024")
    index(tmp_path, "share")
    before = texts_in(tmp_path / "index")
    code = """
import os
from pathlib import Path
from searchkit import Articles, Index
with Index.open("index") as index:
    index.update(Articles("share"))
    for path in (Path(), *Path().rglob("*")):
        os.chown(path, 65534, 65534)
    Path("share/closed").chmod(0)
    os.seteuid(65534)
    for named in ("share", "share/*/*.txt", "share/**/*.txt"):
        print(index.update(Articles(named), prune=True).removed)
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=tmp_path)
    (tmp_path / "share" / "closed").chmod(0o755)
    assert (result.stdout, result.returncode) == ("0\n0\n0\n", 0), result.stderr
    assert texts_in(tmp_path / "index") == before
