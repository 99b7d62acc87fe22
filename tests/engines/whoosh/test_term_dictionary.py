"""Whoosh's own reader finds all entries of our term dictionaries."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filetables import OrderedHashReader
from whoosh.filedb.structfile import BufferFile

from searchkit.engines.whoosh.codec.term_dictionary import TermDictionaryWriter, entries

KEYS = st.binary(min_size=1, max_size=6)


@given(st.dictionaries(KEYS, st.binary(max_size=40), max_size=400), st.lists(KEYS, max_size=20))
def test_stock_whoosh_reads_dictionaries(expected: dict[bytes, bytes], asked: list[bytes]) -> None:
    content = _written(expected)
    stock = OrderedHashReader(BufferFile(memoryview(content)), len(content))
    assert dict(stock.items()) == expected
    assert list(stock.keys()) == sorted(expected)
    assert stock.extras["fieldmap"] == {"terms": 0}
    for key in [*expected, *asked]:
        assert stock.get(key) == expected.get(key)
        assert stock.closest_key(key) == min((other for other in expected if other >= key), default=None)
    assert list(entries(memoryview(content), stock.startofdata, stock.endofdata)) == sorted(expected.items())


def test_many_entries() -> None:
    expected = {f"{number:07}".encode(): b"x" * (number % 50) for number in range(20_000)}
    content = _written(expected)
    stock = OrderedHashReader(BufferFile(memoryview(content)), len(content))
    assert {key: stock.get(key) for key in expected} == expected


def _written(expected: dict[bytes, bytes]) -> bytes:
    dictionary = TermDictionaryWriter()
    for key, value in sorted(expected.items()):
        dictionary.add(key, value)
    return b"".join(dictionary.chunks({"fieldmap": {"terms": 0}}))
