"""An index that comes from a stranger runs nothing, wherever in it Whoosh would unpickle."""

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

import pytest

from searchkit import Index
from searchkit.engines.whoosh.codec import posting_list, postings_blocks, term_dictionary
from searchkit.engines.whoosh.directory import safe_pickle
from searchkit.engines.whoosh.segment import columns, info, output
from searchkit.errors import IndexWarning, SearchkitError
from tests.reliability.conftest import QUESTIONS, article

Change = Callable[[Any], Any]
"""What is done to a thing before it is pickled."""


class Payload:
    """Makes a file when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __reduce__(self) -> tuple[Any, ...]:
        return open, (str(self._file), "w")


class ByImport(Payload):
    """The same by a function of another module."""

    def __reduce__(self) -> tuple[Any, ...]:
        import os

        return os.system, (f"touch {self._file}",)


PLACES = {
    "the list of a segment's parts": (output, dict),
    "what is stored of an article": (columns, dict),
    "what a dictionary knows of itself": (term_dictionary, dict),
    "postings, or what is said of a block of them": (postings_blocks, tuple),
}
KINDS = {
    "searchkit.copy": "g0*/searchkit.copy",
    "generation": "g0*",
    "table": "g0*/*_1.toc",
    "segment": "g0*/*.seg",
    "engine's lock": "g0*/*_WRITELOCK",
}
"""Where what is of a kind lies in an index of one commit."""
PAYLOADS = {"builtin": Payload, "system": ByImport}
PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)


@pytest.fixture(params=PAYLOADS)
def payload(request: pytest.FixtureRequest, tmp_path: Path) -> Payload:
    return PAYLOADS[request.param](tmp_path / "ran")


def _nothing_runs(folder: Path, ran: Path) -> None:
    """Do everything that can be done with an index."""
    for deed in (
        *(lambda index, q=question: index.search(q) for question in QUESTIONS),
        lambda index: list(index.verify()),
        lambda index: index.document("1"),
        lambda index: index.stats(),
        lambda index: index.update([article("2", 7)]),
        lambda index: index.restore(),
    ):
        with suppress(SearchkitError), Index.open(folder) as index:
            deed(index)
        assert not ran.exists()


def test_the_payloads_do_work(payload: Payload, tmp_path: Path) -> None:
    pickle.loads(pickle.dumps(payload))
    assert (tmp_path / "ran").exists()


@pytest.mark.filterwarnings("ignore::searchkit.errors.IndexWarning")
@pytest.mark.parametrize("whole", [True, False], ids=["instead", "inside"])
@pytest.mark.parametrize("place", PLACES)
def test_segments(payload: Payload, place: str, whole: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module, kind = PLACES[place]

    def dumps(value: Any, protocol: int) -> bytes:
        inside = {**value, "more": payload} if kind is dict else (*value[:-1], payload)
        return pickle.dumps(payload if whole else inside, protocol)

    with monkeypatch.context() as patch, Index.open(tmp_path / "index") as index, suppress(SearchkitError):
        patch.setattr(module, "pickle", SimpleNamespace(**vars(pickle) | {"dumps": dumps}))
        index.update([article("1"), article("2")])
    _nothing_runs(tmp_path / "index", tmp_path / "ran")


@pytest.mark.filterwarnings("ignore::searchkit.errors.IndexWarning")
@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("is_sealed", [True, False], ids=["sealed", "unsealed"])
def test_tables_of_contents(payload: Payload, protocol: int, is_sealed: bool, tmp_path: Path) -> None:
    """In place of the schema, which is the first pickle, and of the list of segments, the last; in both copies."""
    bad = pickle.dumps([payload], protocol)
    for spot in ("schema", "segments"):
        folder = tmp_path / spot
        with Index.open(folder) as index:
            index.update([article("1")])
        for table in folder.glob("g0*/*_1.*"):
            content = table.read_bytes()[:-24]
            first, last = content.index(b"\x80\x02"), content.rindex(b"\x80")
            instead = {"schema": content[:first] + bad + content[first + len(bad) :], "segments": content[:last] + bad}
            end = b"searchkit CRC32 " + 2 * crc32(instead[spot]).to_bytes(4)
            table.write_bytes(instead[spot] + end * is_sealed)
        _nothing_runs(folder, tmp_path / "ran")


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_positions_and_any_other_bytes(payload: Payload, protocol: int, tmp_path: Path) -> None:
    content = pickle.dumps(payload, protocol)
    for read in (
        safe_pickle.loads,
        lambda content: safe_pickle.load(BytesIO(content)),
        lambda c: posting_list.decode_positions([c, c]),
    ):
        with pytest.raises(Exception):  # noqa: B017 - whatever it is, `reporting_damage` turns it into one of ours
            read(content)
    assert not (tmp_path / "ran").exists()


def test_positions_that_hold_another_pickle(payload: Payload, tmp_path: Path) -> None:
    inside = pickle.dumps(payload, 2)[2:-1]
    value = b"abcd" + pickle.PROTO + b"\x02" + inside + pickle.STOP
    with pytest.raises(pickle.UnpicklingError, match="no business"):
        posting_list.decode_positions([value])
    assert not (tmp_path / "ran").exists()


def test_compressed_postings(payload: Payload, tmp_path: Path) -> None:
    about = pickle.dumps((1, 0, 1.0, 1, 0, 0), 2)
    block = about + zlib.compress(pickle.dumps(payload))
    with pytest.raises(pickle.UnpicklingError, match="no business"):
        list(postings_blocks.decode_blocks(b"W3Bl" + (-len(block)).to_bytes(4, signed=True) + block))
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("name", ["../../outside", "..", "a/b", "MAIN_x", ""])
def test_segments_of_names_that_lead_elsewhere(name: str) -> None:
    said = {"indexname": "MAIN", "segid": name, "_doccount": 1, "_deleted": None, "_fieldlengths": {}, "compound": True}
    with pytest.raises(ValueError):
        info.segment_info("MAIN", said)


@pytest.mark.filterwarnings("ignore::searchkit.errors.IndexWarning")
@pytest.mark.parametrize("link", ["searchkit.json", "write.lock", *KINDS])
def test_links_lead_nowhere(link: str, tmp_path: Path) -> None:
    """Nothing outside is read as part of an index, and nothing outside is written."""
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


def test_warnings_are_no_errors() -> None:
    assert issubclass(IndexWarning, UserWarning)
