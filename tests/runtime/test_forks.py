"""Processes forked while threads search: none waits for a thread that it does not have."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from searchkit import Index
from searchkit_analyzers.forks import ForkSafeLock
from tests.reliability.conftest import article, times

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")

SEARCH = """
import itertools, os, signal, sys, threading, time, warnings
from searchkit import Document, Index

warnings.simplefilter("ignore")
path, forks = sys.argv[1], int(sys.argv[2])
numbers = itertools.count()
asked = threading.Event()

def questions():
    while True:
        number = next(numbers)
        yield f"мектеп {number} ауылдағы мектебб{number} шкоал", f"нұсқа{number % 50}*", "жаңа мектеп ашылды"

def search(index):
    for several in questions():
        for question in several:
            index.search(question)
            asked.set()

def scores_in(index):
    return [(hit.id, hit.score) for hit in index.search("жаңа мектеп ашылды", limit=3)]

index = Index.open(path)
for _ in range(4):
    threading.Thread(target=search, args=[index], daemon=True).start()
failures = 0
for number in range(forks):
    if number:
        asked.wait()
    process = os.fork()
    if not process:
        signal.alarm(60)
        with Index.open(path) as fresh:
            same = scores_in(index) == scores_in(fresh) != []
        index.update([Document(id=f"fork{number}", text="Қызыл алма піскен")])
        os._exit(0 if same and index.document(f"fork{number}").text else 3)
    _, status = os.waitpid(process, 0)
    failures += status != 0
print(failures, flush=True)
os._exit(0)
"""


def test_forks_beside_searching_threads(tmp_path: Path) -> None:
    """The first fork comes while modules are imported and files are opened."""
    with Index.open(tmp_path / "index") as index:
        index.update(article(str(number)) for number in range(500))
    command = [sys.executable, "-c", SEARCH, str(tmp_path / "index"), str(times(12, 200))]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=1200)
    assert result.stdout == "0\n", result.stderr


def test_a_lock_is_free_in_a_forked_process() -> None:
    lock = ForkSafeLock()
    with lock:
        process = os.fork()
        if not process:
            with lock:
                os._exit(7)
        assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 7
