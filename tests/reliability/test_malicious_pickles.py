"""An index from a stranger runs no code, wherever Whoosh would unpickle."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Callable
from contextlib import nullcontext, suppress
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zlib import crc32

import numpy as np
import pytest

from searchkit import Index
from searchkit.engines.whoosh.codec import posting_list, postings_blocks, term_dictionary
from searchkit.engines.whoosh.directory import safe_pickle
from searchkit.engines.whoosh.segment import columns, info, output
from searchkit.errors import IndexWarning, SearchkitError
from tests.reliability.conftest import QUERIES, article

Change = Callable[[Any], Any]
"""A change to an object before it is pickled."""


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


PICKLES = {
    "list of parts": (output, dict),
    "stored fields": (columns, dict),
    "extras of a term dictionary": (term_dictionary, dict),
    "postings and headers of their blocks": (postings_blocks, tuple),
}
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
@pytest.mark.parametrize("whole", [True, False], ids=["instead", "inside"])
@pytest.mark.parametrize("kind", PICKLES)
def test_segments(payload: Payload, kind: str, whole: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module, type_ = PICKLES[kind]

    def dumps(value: Any, protocol: int) -> bytes:
        inside = {**value, "more": payload} if type_ is dict else (*value[:-1], payload)
        return pickle.dumps(payload if whole else inside, protocol)

    with monkeypatch.context() as patch, Index.open(tmp_path / "index") as index, suppress(SearchkitError):
        patch.setattr(module, "pickle", SimpleNamespace(**vars(pickle) | {"dumps": dumps}))
        index.update([article("1"), article("2")])
    _nothing_runs(tmp_path / "index", tmp_path / "ran")


@pytest.mark.filterwarnings("ignore::searchkit.errors.IndexWarning")
@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("is_sealed", [True, False], ids=["sealed", "unsealed"])
def test_tables_of_contents(payload: Payload, protocol: int, is_sealed: bool, tmp_path: Path) -> None:
    """The pickled schema, or list of segments, is replaced in a table and its copy."""
    bad = pickle.dumps([payload], protocol)
    for position in ("schema", "segments"):
        folder = tmp_path / position
        with Index.open(folder) as index:
            index.update([article("1")])
        for table in folder.glob("g0*/*_1.*"):
            content = table.read_bytes()[:-24]
            first, last = content.index(b"\x80\x02"), content.rindex(b"\x80")
            replaced = {"schema": content[:first] + bad + content[first + len(bad) :], "segments": content[:last] + bad}
            end = b"searchkit CRC32 " + 2 * crc32(replaced[position]).to_bytes(4)
            table.write_bytes(replaced[position] + end * is_sealed)
        _nothing_runs(folder, tmp_path / "ran")


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_positions_and_any_other_bytes(payload: Payload, protocol: int, tmp_path: Path) -> None:
    content = pickle.dumps(payload, protocol)
    for read in (
        safe_pickle.loads,
        lambda content: safe_pickle.load(BytesIO(content)),
        lambda content: _read_positions([content, content]),
    ):
        with pytest.raises(Exception):  # noqa: B017 - `reporting_damage` reports any exception
            read(content)
    assert not (tmp_path / "ran").exists()


def _read_positions(values: list[bytes]) -> None:
    """Read the positions of a term, encoded in a value for each of its documents."""
    rows = np.arange(len(values))
    posting_list.concatenate_blocks([([0] + [1] * (len(values) - 1), [1.0] * len(values), values)]).positions(rows)


def test_positions_that_hold_another_pickle(payload: Payload, tmp_path: Path) -> None:
    inside = pickle.dumps(payload, 2)[2:-1]
    value = b"abcd" + pickle.PROTO + b"\x02" + inside + pickle.STOP
    with pytest.raises(pickle.UnpicklingError, match="no business"):
        _read_positions([value])
    assert not (tmp_path / "ran").exists()


def test_compressed_postings(payload: Payload, tmp_path: Path) -> None:
    header = pickle.dumps((1, 0, 1.0, 1, 0, 0), 2)
    block = header + zlib.compress(pickle.dumps(payload))
    with pytest.raises(pickle.UnpicklingError, match="no business"):
        list(postings_blocks.decode_blocks(b"W3Bl" + (-len(block)).to_bytes(4, signed=True) + block))
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("name", ["../../outside", "..", "a/b", "MAIN_x", ""])
def test_segment_names_lead_nowhere(name: str) -> None:
    attributes = {
        "indexname": "MAIN",
        "segid": name,
        "_doccount": 1,
        "_deleted": None,
        "_fieldlengths": {},
        "compound": True,
    }
    with pytest.raises(ValueError):
        info.segment_info("MAIN", attributes)


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
