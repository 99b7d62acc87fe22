"""Processes killed (`kill -9`) at random moments lose nothing that they acknowledged."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchkit import Articles, Document, Index
from tests.reliability.conftest import article, texts, texts_in, times

COMMAND = [sys.executable, "-m", "searchkit"]
FIRST = "urn:article:0"
"""Ids that are the same in every file: others are scoped by the file that they stand in."""
RUNS = {"index": [], "rebuild": ["--rebuild"], "prune": ["--prune-all"], "watch": ["--watch"]}


def _write(file: Path, documents: list[Document]) -> None:
    """Write a feed in one step, so that no reader sees a part of it."""
    lines = [json.dumps({"id": d.id, "title": d.title, "text": d.text}, ensure_ascii=False) for d in documents]
    temporary = file.with_suffix(".part")
    temporary.write_text("\n".join(lines), "utf-8")
    temporary.replace(file)


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    (tmp_path / "feed").mkdir()
    return tmp_path / "feed"


def _run_and_kill(command: list[str], after: float) -> str:
    """Run a process, kill it after some seconds, and return its output."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8") as process:
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        return process.communicate(timeout=60)[0]


@pytest.mark.parametrize("run", RUNS)
def test_a_killed_process_loses_and_doubles_nothing(run: str, feed: Path, tmp_path: Path) -> None:
    chance, folder = random.Random(run), tmp_path / "index"
    command = [*COMMAND, "index", str(feed), "--index", str(folder), *RUNS[run]]
    kept = {f"б{n}": article(f"б{n}").text for n in range(5)}
    with Index.open(folder) as index:
        index.update([article(id_) for id_ in kept] if run in ("index", "watch") else [article(FIRST, 99)])
    for round_ in range(times(3, 75)):
        documents = [article(f"urn:article:{n}", round_) for n in range(chance.choice((20, 300)))]
        _write(feed / "feed.jsonl", documents)
        before, output = texts_in(folder), _run_and_kill(command, chance.uniform(0.3, 3.0))
        state = texts_in(folder)
        incoming = {document.id: document.text for document in documents}
        after = incoming if run in ("rebuild", "prune") else before | incoming
        changed = before | incoming  # --prune commits what is new, then what is gone
        assert state in (before, after, changed)
        assert state == after or "added" not in output
    if run in ("index", "watch"):
        assert kept.items() <= texts_in(folder).items()
    with Index.open(folder) as index:
        index.update([article("соңғы")])
        assert "соңғы" in texts(index)


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_killed_workers_leave_nothing_behind(end: signal.Signals, feed: Path, tmp_path: Path) -> None:
    """When the main process ends while both write, the other one ends with it or before."""
    folder = tmp_path / "index"
    _write(feed / "feed.jsonl", [article(str(n)) for n in range(8_000)])
    with Index.open(folder) as index:
        index.update([article("бұрынғы", 99)])
    (generation,), before = folder.glob("g*"), texts_in(folder)
    command = [*COMMAND, "index", str(feed), "--index", str(folder), "--workers", "2"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        while len(list(generation.glob("*.seg"))) < 3 and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(end)
        process.communicate(timeout=60)  # until nobody holds the other end any more
    assert process.returncode == (-signal.SIGKILL if end == signal.SIGKILL else 130)
    assert texts_in(folder) == before
    assert len(list(generation.glob("*.seg"))) == (3 if end == signal.SIGKILL else 1)
    with Index.open(folder) as index:
        assert index.update(Articles([str(feed)])).added == 8_000
        assert not list(index.verify())
    assert len(list(generation.glob("*.seg"))) == 2


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Return a process that holds the lock for writing."""
    code = f"""
import time
from pathlib import Path
from searchkit.storage.index_folder import IndexFolder
with IndexFolder(Path({str(tmp_path / "index")!r})).writing():
    print("writing", flush=True)
    time.sleep(600)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        yield process
        process.kill()


def test_the_lock_of_a_dead_process_is_taken_over(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    holder.kill()
    holder.wait()
    with Index.open(tmp_path / "index") as index:
        assert index.update([article("1")]).added == 1


def test_a_second_writer_gives_up_in_one_sentence(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    command = [*COMMAND, "index", "--index", str(tmp_path / "index"), "--wait", "1", str(tmp_path)]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert "another process is writing" in result.stderr


def test_a_second_writer_goes_on_when_the_first_is_done(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    _write(tmp_path / "feed.jsonl", [article(FIRST)])
    command = [*COMMAND, "index", "--index", str(tmp_path / "index"), "--wait", "60", str(tmp_path / "feed.jsonl")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as second:
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(1)
        holder.kill()
        output, _ = second.communicate(timeout=60)
    assert output.startswith("added 1,")
    assert set(texts_in(tmp_path / "index")) == {FIRST}
