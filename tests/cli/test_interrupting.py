"""Ctrl-C and kill: exit codes, and an index that stays whole."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import COMMAND
from tests.conftest import CORPUS

INTERRUPTED_AT_IMPORT = """
import os, signal, sys

class CtrlC:
    def find_spec(self, name, *_):
        if name == "MODULE":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, CtrlC())
from searchkit.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("module", "stderr"),
    [
        ("searchkit.cli.main", ""),
        ("typer", ""),
        ("numpy", "searchkit: interrupted; what was committed before stays as it is\n"),
    ],
)
def test_interrupting_while_modules_are_imported(index: Path, module: str, stderr: str) -> None:
    code = INTERRUPTED_AT_IMPORT.replace("MODULE", module)
    command = [sys.executable, "-c", code, "search", "тасқын", "--index", str(index)]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    assert (result.returncode, result.stdout, result.stderr) == (130, "", stderr)


def test_interrupting_keeps_the_index_whole(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"id": str(n), "text": f"Мақала {n} туралы мәтін"}) for n in range(20_000))
    (tmp_path / "feed.jsonl").write_text(lines, "utf-8")
    folder = tmp_path / "index"
    first = [*COMMAND, "index", str(CORPUS), "--index", str(folder)]
    subprocess.run(first, check=True, capture_output=True, timeout=120)
    command = [*COMMAND, "index", str(tmp_path / "feed.jsonl"), "--index", str(folder)]
    files = len(list(folder.glob("g*/*")))
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as process:
        while len(list(folder.glob("g*/*"))) == files and process.poll() is None:
            time.sleep(0.05)  # until it has begun to write
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors == "searchkit: interrupted; what was committed before stays as it is\n"
    found = subprocess.run([*COMMAND, "search", "тасқын", "--index", str(folder)], capture_output=True, timeout=60)
    assert found.returncode == 0


def test_killing_a_writer_loses_nothing(tmp_path: Path) -> None:
    """A writer killed at any moment leaves the last commit whole, and the index unlocked."""
    folder, feed = tmp_path / "index", tmp_path / "feed.jsonl"
    subprocess.run(
        [*COMMAND, "index", str(CORPUS), "--index", str(folder)], check=True, capture_output=True, timeout=120
    )
    feed.write_text("\n".join(json.dumps({"id": str(n), "text": f"Мақала {n}"}) for n in range(3000)), "utf-8")
    for delay in (0.6, 1.0, 1.4, 1.8, 2.2):
        with subprocess.Popen(
            [*COMMAND, "index", str(feed), "--index", str(folder)], stdout=subprocess.DEVNULL
        ) as process:
            time.sleep(delay)
            process.kill()
        checked = subprocess.run([*COMMAND, "verify", "--index", str(folder)], capture_output=True, timeout=120)
        assert checked.returncode == 0, checked.stdout
    last = subprocess.run([*COMMAND, "index", str(feed), "--index", str(folder)], capture_output=True, timeout=120)
    assert last.returncode == 0
    stats = subprocess.run([*COMMAND, "stats", "--json", "--index", str(folder)], capture_output=True, timeout=60)
    assert json.loads(stats.stdout)["documents"] >= 3040
