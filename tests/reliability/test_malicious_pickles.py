"""An index from a stranger runs no code, wherever Whoosh would unpickle."""

from __future__ import annotations

import json
import pickle
import shutil
import struct
from contextlib import nullcontext, suppress
from io import BytesIO
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from whoosh import columns as whoosh_columns

from searchkit import Index
from searchkit.analysis.analyzed_document import analyze_document
from searchkit.engines.whoosh.directory import toc
from searchkit.engines.whoosh.directory.checksums import append_checksums
from searchkit.engines.whoosh.older import safe_pickle
from searchkit.engines.whoosh.segment import info
from searchkit.errors import IndexWarning, SearchkitError
from tests.engines.whoosh.stock import write_with_whoosh
from tests.reliability.conftest import QUERIES, article


class Payload:
    """Creates a file when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __reduce__(self) -> tuple[Any, ...]:
        return open, (str(self._file), "w")


class ByImport(Payload):
    """Creates the file by a function of another module."""

    def __reduce__(self) -> tuple[Any, ...]:
        import os

        return os.system, (f"touch {self._file}",)


KINDS = {
    "searchkit.copy": "g0*/searchkit.copy",
    "generation": "g0*",
    "table": "g0*/*_1.toc",
    "segment": "g0*/*.seg",
    "engine's lock": "g0*/*_WRITELOCK",
}
"""Where files of each kind lie in an index of one commit."""
PAYLOADS = {"builtin": Payload, "system": ByImport}
PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)


@pytest.fixture(params=PAYLOADS)
def payload(request: pytest.FixtureRequest, tmp_path: Path) -> Payload:
    return PAYLOADS[request.param](tmp_path / "ran")


def _nothing_runs(folder: Path, ran: Path) -> None:
    """Do everything with an index, and check that no code runs."""
    for use in (
        *(lambda index, query=query: index.search(query) for query in QUERIES),
        lambda index: list(index.verify()),
        lambda index: index.document("1"),
        lambda index: index.stats(),
        lambda index: index.update([article("2", 7)]),
        lambda index: index.restore(),
    ):
        with suppress(SearchkitError), Index.open(folder) as index:
            use(index)
        assert not ran.exists()


def test_the_payloads_work(payload: Payload, tmp_path: Path) -> None:
    pickle.loads(pickle.dumps(payload))
    assert (tmp_path / "ran").exists()


@pytest.mark.filterwarnings("ignore::searchkit.errors.IndexWarning")
@pytest.mark.parametrize("protocol", [2, pickle.HIGHEST_PROTOCOL])
@pytest.mark.parametrize("is_sealed", [True, False], ids=["sealed", "unsealed"])
@pytest.mark.parametrize("is_listed", [True, False], ids=["with list", "without list"])
def test_tables_of_contents(payload: Payload, protocol: int, is_sealed: bool, is_listed: bool, tmp_path: Path) -> None:
    """The part of a table that is for Whoosh is replaced by a pickle, in the table and its copy."""
    bad = pickle.dumps([payload], protocol)
    for place in ("schema", "segments", "all"):
        folder = tmp_path / place
        with Index.open(folder) as index:
            index.update([article("1")])
        for table in folder.glob("g0*/*_1.*"):
            content = table.read_bytes()[:-24]
            (length,) = struct.unpack("<I", content[-4:])
            listed, content = content[-length - 4 :], content[: -length - 4]
            first, last = content.index(b"\x80\x02"), content.rindex(b"\x80")
            replaced = {
                "schema": content[:first] + bad + content[first + len(bad) :],
                "segments": content[:last] + bad,
                "all": bad,
            }[place] + listed * is_listed
            table.write_bytes(replaced + (b"searchkit CRC32 " + 2 * crc32(replaced).to_bytes(4)) * is_sealed)
        _nothing_runs(folder, tmp_path / "ran")


@pytest.mark.filterwarnings("ignore::searchkit.errors.IndexWarning")
def test_segments(tmp_path: Path) -> None:
    """Any section may hold a pickle: its bytes are never unpickled."""
    bad = pickle.dumps(Payload(tmp_path / "ran"))
    with Index.open(tmp_path / "index") as index:
        index.update([article("1"), article("2")])
    (segment,) = tmp_path.glob("index/g0*/*.seg")
    (table,) = tmp_path.glob("index/g0*/*_1.toc")
    content = segment.read_bytes()
    _, offset, length = struct.unpack_from("<8sQI", content)
    for start, size in [*json.loads(content[offset : offset + length]).values(), (offset, length)]:
        _seal(segment, content[:start] + (bad + bytes(size))[:size] + content[start + size : offset + length], table)
        with suppress(SearchkitError), Index.open(tmp_path / "index") as index:
            index.search("мақала")
        with Index.open(tmp_path / "index") as index, suppress(SearchkitError):
            list(index.verify())
            list(index._generations.searcher())
        assert not (tmp_path / "ran").exists()


def _seal(segment: Path, content: bytes, table: Path) -> None:
    """Write a segment with checksums that are right, and list it in a table."""
    with segment.open("w+b") as file:
        file.write(content)
        footer = append_checksums(file)
    (listed,) = toc.read(table.parent, "MAIN", 1).segments
    toc.write(table.parent, "MAIN", b"", [listed | {"footer": footer}], 1)


@pytest.mark.filterwarnings("ignore::searchkit.errors.IndexWarning")
@pytest.mark.parametrize("place", ["stored fields", "table"])
def test_indexes_in_the_old_format(
    payload: Payload, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoosh's own format has pickles, which an upgrade reads without running any code."""
    folder, bad = tmp_path / "index", pickle.dumps([payload], 2)
    with Index.open(folder) as index:
        index.update([article("1")])
    (generation,) = folder.glob("g*")
    shutil.rmtree(generation)
    if place == "stored fields":
        monkeypatch.setattr(whoosh_columns, "dumps", lambda *_: bad)
    write_with_whoosh(generation, [analyze_document(article("1"))])
    monkeypatch.undo()
    if place == "table":
        (table,) = generation.glob("*_1.toc")
        content = table.read_bytes()
        table.write_bytes(content[: content.rindex(b"\x80")] + bad)
    (folder / "searchkit.json").write_text(json.dumps({"format": 4, "generation": generation.name}))
    with Index.open(folder) as index, pytest.raises(SearchkitError):
        index.restore()
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_any_other_bytes(payload: Payload, protocol: int, tmp_path: Path) -> None:
    content = pickle.dumps(payload, protocol)
    for read in (safe_pickle.loads, lambda content: safe_pickle.load(BytesIO(content))):
        with pytest.raises(pickle.UnpicklingError):
            read(content)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("name", ["../../outside", "..", "a/b", "MAIN_x", ""])
def test_segment_names_lead_nowhere(name: str) -> None:
    values = {"id": name, "size": 1, "deleted": [], "footer": [0, 0], "erase": False}
    with pytest.raises(ValueError):
        info.segment_info("MAIN", values)


@pytest.mark.filterwarnings("ignore::searchkit.errors.IndexWarning")
@pytest.mark.parametrize("link", ["searchkit.json", "write.lock", *KINDS])
def test_links_lead_nowhere(link: str, tmp_path: Path) -> None:
    """Files outside an index are neither read as part of it, nor written."""
    folder, outside = tmp_path / "index", tmp_path / "outside"
    with Index.open(folder) as index:
        index.update([article("1")])
    (file,) = folder.glob(KINDS.get(link, link))
    file.rename(outside)
    file.symlink_to(outside)
    before = outside.read_bytes() if outside.is_file() else sorted(outside.iterdir())
    is_replaced = link in ("searchkit.copy", "table", "engine's lock")
    with Index.open(folder) as index, nullcontext() if is_replaced else pytest.raises(SearchkitError):
        if link in ("write.lock", "searchkit.copy", "searchkit.json", "engine's lock"):
            index.update([article("2")])
        index.search("мақала")
    assert before == (outside.read_bytes() if outside.is_file() else sorted(outside.iterdir()))


def test_index_warnings_are_warnings() -> None:
    assert issubclass(IndexWarning, UserWarning)
