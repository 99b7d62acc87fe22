"""A limit that strikes is one sentence; the child is replaced, and the run goes on."""

from __future__ import annotations

import io
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.robustness.attacks.made_files import record
from searchkit import Articles, Document, FileLimits, Index
from searchkit.readers.formats.registry import FORMATS
from searchkit.readers.reading import child, child_process, children, limits
from searchkit.readers.reading.events import FileEnd, MemberBegun, PassedOver, Reply, Unread, decoded, encoded
from searchkit.readers.sources.files import File
from tests.readers.reading import KAZAKH, RUSSIAN

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems know fewer limits")

PAGE = f"<html><body><article><h1>Мектеп</h1><p>{KAZAKH}</p></article></body></html>"
HUGE = PAGE.replace("<p>", "<p>мәтін</p>" * 300_000 + "<p>")
"""A page that takes more than half a second, and more than 100 MB."""


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")


def only_failure(found: Articles) -> str:
    (failure,) = found.failures
    return f"{Path(failure.path).name} {failure.error}"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (FileLimits(seconds=0.3), "b.html takes more than 0.3 s of processor time, and was given up"),
        (FileLimits(megabytes=120), "b.html needs more than 120 MB of memory, and was given up"),
    ],
)
def test_a_limit_strikes(given: FileLimits, sentence: str, tmp_path: Path) -> None:
    write(tmp_path, a_html=PAGE, b_html=HUGE, c_html=PAGE, d_txt=RUSSIAN, e_html=PAGE)
    found = Articles(tmp_path, limits=given)
    assert [document.id for document in found] == ["a.html", "c.html", "d.txt", "e.html"]
    assert only_failure(found) == sentence
    changes = Index.open(tmp_path / "index").update(found, prune=True)
    assert (changes.added, changes.failed) == (4, 1)


def test_members_behind_one_that_is_given_up_are_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {"1.html": PAGE, "2.html": HUGE, "3.jpg": "", "4.html": PAGE, "5.txt": ""}.items():
            archive.writestr(name, text)
    found = Articles(tmp_path, limits=FileLimits(seconds=0.3))
    assert [document.id for document in found] == ["a.zip/1.html", "a.zip/4.html"]
    assert [Path(failure.path).name for failure in found.failures] == ["2.html", "5.txt"]
    assert found.skipped == {".jpg": 1}


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, ""),
        (1, "; the article before that was read, the rest was not"),
        (3, "; 3 articles before that were read, the rest was not"),
    ],
)
def test_articles_before_one_that_is_given_up_are_told(count: int, told: str, tmp_path: Path) -> None:
    addresses = [f"http://a.kz/{number}" for number in range(count)]
    pages = [record(address, f"<p>{KAZAKH} {address}</p>") for address in addresses]
    hostile = record("http://a.kz/x", "<p>мәтін</p>" * 300_000)
    (tmp_path / "a.warc").write_bytes(b"".join([*pages, hostile, record("http://a.kz/z", f"<p>{RUSSIAN}</p>")]))
    found = Articles(tmp_path, limits=FileLimits(seconds=0.3))
    assert [document.id for document in found] == addresses
    assert only_failure(found) == f"a.warc takes more than 0.3 s of processor time, and was given up{told}"


def test_an_archive_of_members_that_are_given_up_ends(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"{number:02}.html", HUGE)
    found = Articles(tmp_path, limits=FileLimits(seconds=0.3))
    assert list(found) == []
    assert len(found.failures) == children.MOST_GIVEN_UP + 1
    assert found.failures[0].error == "is read no further, since 3 of its files were given up"
    assert all("s of processor time, and was given up" in failure.error for failure in found.failures[1:])


SILENT = """
import pickle, sys, time
from searchkit.readers.reading.child import _send
from searchkit.readers.reading.events import FileEnd, Reply
_send(sys.stdout.buffer, Reply(FileEnd(), 0, {}))
time.sleep(600)
"""


def test_a_file_that_gives_nothing_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_process, "_BOOT", SILENT)
    write(tmp_path, a_html=PAGE)
    found = Articles(tmp_path, limits=FileLimits(waiting_seconds=0.25))
    assert list(found) == []
    assert only_failure(found) == "a.html gave nothing for 0.25 s, and was given up"


def test_articles_are_the_same_with_and_without_a_child(tmp_path: Path) -> None:
    corpus = Path(__file__).parents[3] / "corpus"
    examples = Path(__file__).parents[1] / "formats" / "examples"
    here, there = (Articles([str(corpus), str(examples)], limits=each) for each in (None, FileLimits()))
    assert [document.to_dict() for document in here] == [document.to_dict() for document in there]
    assert (here.failures, here.skipped, here.remarks) == (there.failures, there.skipped, there.remarks)


@pytest.mark.parametrize(
    "event",
    [
        Document(id="1", title="Т", text="Бір\nЕкі", tags=("а", "б"), cut=((0, "x"),), parts=[("1", 0), ("2", 4)]),
        Document(id="2"),
        MemberBegun("a.zip/\udcff.txt", "/a.zip"),
        Unread("a", "is \ud800 broken", "/a", "lxml"),
        PassedOver(".jpg"),
        FileEnd(),
    ],
)
def test_events_cross_the_border(event: object) -> None:
    reply = Reply(event, 5, {"x": 1})  # type: ignore[arg-type]
    assert decoded(encoded(reply)) == reply
    assert type(decoded(encoded(reply)).event) is type(event)


def test_where_no_process_can_be_started_files_are_read_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "can_start", lambda: False)
    write(tmp_path, a_html=PAGE, b_html=PAGE)
    found = Articles(tmp_path)
    assert len(list(found)) == 2
    assert found.remarks["files read without limits, since no other process can be started"] == 2


def test_a_program_that_is_no_python_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children.idle_children, "_idle", [])
    monkeypatch.setattr(child_process, "_BOOT", "raise SystemExit(7)")
    write(tmp_path, a_html=PAGE)
    found = Articles(tmp_path)
    assert len(list(found)) == 1
    assert found.failures == []


def test_a_child_that_keeps_too_much_memory_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_HALF", 0.0)
    requests, replies = io.BytesIO(), io.BytesIO()
    file = File(tmp_path / "a.html", "a.html", str(tmp_path / "a.html"), False, 10)
    pickle.dump(child.Request(file), requests)
    requests.seek(0)
    write(tmp_path, a_html=PAGE)
    child.serve(requests, replies, FileLimits())
    assert not requests.tell()


def test_a_reading_that_is_left_is_ended(tmp_path: Path) -> None:
    write(tmp_path, **{f"{letter}_html": PAGE for letter in "abcdefgh"})
    for document in Articles(tmp_path):
        assert document.id == "a.html"
        break
    assert len(list(Articles(tmp_path))) == 8


def test_readers_that_a_program_adds_are_called_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(file: File) -> Iterator[Document]:
        yield Document(id=file.id, text=str(os.getpid()))

    monkeypatch.setitem(FORMATS, ".own", read)
    write(tmp_path, a_own="x", b_html=PAGE)
    assert next(iter(Articles(tmp_path))).text == str(os.getpid())


def test_threads_read_beside_each_other(tmp_path: Path) -> None:
    write(tmp_path, **{f"{letter}_html": PAGE for letter in "abc"})
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(len(list(Articles(tmp_path))))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [3, 3, 3]


PROGRAM = """
import sys
from searchkit import Articles, FileLimits
for document in Articles(sys.argv[1], limits=FileLimits(seconds=60)):
    print("read", flush=True)
"""


def children_of(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").iterdir()
    return [int(pid) for task in tasks for pid in (task / "children").read_text().split()]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_child_ends_with_its_parent_whatever_it_does(number: int, tmp_path: Path) -> None:
    write(tmp_path, a_html=PAGE, b_html="<p>" * 2_000_000)
    command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    parent = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert parent.stdout
    assert parent.stdout.readline() == b"read\n"
    (reading,) = children_of(parent.pid)
    time.sleep(0.3)  # it works at the second page
    parent.send_signal(number)
    parent.wait()
    for _ in range(100):
        if not Path(f"/proc/{reading}/stat").exists() or " Z " in Path(f"/proc/{reading}/stat").read_text():
            return
        time.sleep(0.05)
    pytest.fail("the child still runs")
