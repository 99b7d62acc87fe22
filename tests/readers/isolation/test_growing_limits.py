"""Time and memory grow with a file, and time with its text, so that no honest book is lost."""

from __future__ import annotations

import math
import random
import sys
import zipfile
from pathlib import Path

import pytest

from benchmarks.robustness.attacks import made_files as made
from searchkit import Articles, FileLimits
from searchkit.readers.formats.pdf import reader
from searchkit.readers.reading import child, limits
from searchkit.readers.reading.limits import Clock, Memory
from searchkit.readers.sources.files import File, ReadingRun
from tests.readers.formats.pdf.made_files import PdfPage, pdf
from tests.readers.reading import KAZAKH

MEGABYTE = 2**20


def a_file(size: float = 0, path: Path = Path("a.pdf")) -> File:
    return File(path, path.name, str(path), False, int(size))


@pytest.fixture
def ends(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """When the system would end the process, each time that this is set; no time passes."""
    found: list[float] = []
    monkeypatch.setattr(limits, "_end_process_at", found.append)
    monkeypatch.setattr(limits.time, "process_time", lambda: 0.0)
    return found


def clock_of(megabytes: float) -> Clock:
    clock = Clock(8)
    clock.begin_file(a_file(megabytes * MEGABYTE))
    return clock


@pytest.mark.parametrize(("megabytes", "seconds"), [(0, 8), (0.1, 8.3), (5, 23), (20, 68)])
def test_time_grows_with_the_file(megabytes: float, seconds: float, ends: list[float]) -> None:
    clock_of(megabytes)
    assert ends == [pytest.approx(seconds, abs=0.01)]


def test_a_member_has_the_time_of_its_own_size(ends: list[float]) -> None:
    clock = clock_of(100)
    for size in (0, MEGABYTE, 20 * MEGABYTE, 65 * MEGABYTE, math.inf):
        clock.begin_article(size)
    assert ends == [8, 8, 11, 68, 8, 1008]


def test_text_allows_more_time_but_not_without_end(ends: list[float]) -> None:
    clock = clock_of(1)
    for _ in range(1_000):
        clock.note_letters(2_500)
    assert ends[0] == 11
    assert ends[1] - ends[0] == pytest.approx(0.25)
    assert ends[-1] - ends[0] == pytest.approx(40)
    assert ends[-1] == ends[200]


def test_a_small_file_has_hardly_more_time_whatever_it_gives(ends: list[float]) -> None:
    clock_of(0.03).note_letters(10**9)
    assert ends[-1] < 10


@pytest.mark.parametrize(("megabytes", "most"), [(0, 480), (1, 492), (20, 720), (5_000, 1248)])
def test_memory_grows_with_the_file(megabytes: float, most: float, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[float] = []
    monkeypatch.setattr(limits, "bound_memory", found.append)
    Memory(FileLimits()).begin_file(a_file(megabytes * MEGABYTE))
    assert found == [most]


def book(pages: int) -> bytes:
    made_pages, drawn = [], random.Random(1)
    for _ in range(pages):
        page = PdfPage()
        page.write("\n".join("".join(drawn.choices(KAZAKH, k=80)) for _ in range(30)), 780)
        made_pages.append(page)
    return pdf(made_pages)


def letters_told(path: Path, data: bytes) -> list[int]:
    found: list[int] = []
    path.write_bytes(data)
    file = a_file(len(data), path)
    file.reading = ReadingRun(on_letters=found.append)
    list(reader.read(file))
    return found


def test_each_page_of_a_pdf_with_new_text_is_told(tmp_path: Path) -> None:
    found = letters_told(tmp_path / "a.pdf", book(12))
    assert len(found) == 12
    assert min(found) > 1_000
    assert sum(letters_told(tmp_path / "a.pdf", made.pdf(30, are_distinct=True))) < 50
    assert sum(letters_told(tmp_path / "a.pdf", made.pdf(30))) < 50


def test_documents_and_sizes_of_members_reach_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[float] = []
    monkeypatch.setattr(Clock, "note_letters", lambda _, count: told.append(count))
    monkeypatch.setattr(Clock, "begin_article", lambda _, size=0: told.append(size))
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("1.md", "# Бір\n\nмәтін")
    size = (tmp_path / "a.zip").stat().st_size
    monkeypatch.setattr(limits, "_set", lambda *_: None)
    request = child.Request(a_file(size, tmp_path / "a.zip"))
    limited = FileLimits(megabytes=10**6)  # the process of all tests is large
    assert len(list(child._replies(request, Clock(8), Memory(limited), limited))) == 3
    assert told == [size, len("# Бір\n\nмәтін".encode()), len("мәтін"), 0]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know fewer limits")
def test_a_long_book_is_read_whole_within_a_short_limit(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(book(250))
    found = Articles(tmp_path, limits=FileLimits(seconds=2))
    (document,) = found
    assert (len(document.parts), found.failures) == (250, [])
