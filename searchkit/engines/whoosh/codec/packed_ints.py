"""Lists of integers in few bits each, which numpy packs and unpacks without a loop.

A list is stored less its least value, in 0, 1, 2, 4, 8, 16 or 32 bits a number, whichever takes the
fewest bytes. Numbers that need more bits are exceptions: all ones stand in their place, and what
they have beyond that follows the list in 1, 2 or 4 bytes each.

Layout: a byte for the bits, a byte for the bytes of an exception, four bytes for the least value,
the numbers, the exceptions. A list of no numbers takes no bytes.
"""

from __future__ import annotations

from struct import Struct
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Int32s = NDArray[np.int32]

_HEAD = Struct("<BBI")
_BITS = (1, 2, 4, 8, 16, 32)
_TYPES: dict[int, Any] = {1: np.dtype("u1"), 2: np.dtype("<u2"), 4: np.dtype("<u4")}
"""By bytes: the type of numbers of whole bytes."""
_SHIFTS = {bits: np.arange(0, 8, bits, dtype=np.uint8) for bits in (1, 2, 4)}
"""By bits: where the numbers in a byte begin."""
_UNPACKED = {
    bits: ((np.arange(256, dtype=np.int32)[:, np.newaxis] >> shifts) & ((1 << bits) - 1)).astype(np.int32)
    for bits, shifts in _SHIFTS.items()
}
"""By bits: a row for each byte with the numbers in it."""
_MAX = 2**31 - 1
_MOST = 2**27
"""Numbers of a list: more are asked for by damaged files only."""


class _Layout(NamedTuple):
    """How a list is stored."""

    size: int
    """Bytes that it takes."""
    bits: int
    exception_bytes: int


def pack(numbers: NDArray[Any]) -> bytes:
    """Return a list of integers from 0 to 2**31 - 1 in few bits each."""
    if not len(numbers):
        return b""
    least, greatest = int(numbers.min()), int(numbers.max())
    if least < 0 or greatest > _MAX:
        raise ValueError("a number that cannot be packed")
    rest = (numbers - least).astype(np.uint32)
    bits, exception_bytes = _layout(rest, greatest - least)
    head = _HEAD.pack(bits, exception_bytes, least)
    if not bits:
        return head
    marker = _marker(bits)
    exceptions = rest[rest >= marker] - np.uint32(marker)
    return b"".join((head, _pack_bits(np.minimum(rest, marker), bits), _as_bytes(exceptions, exception_bytes)))


def _layout(rest: NDArray[np.uint32], greatest: int) -> tuple[int, int]:
    """Return the bits of a number, and the bytes of an exception, that take the fewest bytes."""
    if not greatest:
        return 0, 1
    return min(_layouts(rest, greatest))[1:]


def _layouts(rest: NDArray[np.uint32], greatest: int) -> list[_Layout]:
    layouts = []
    for bits in _BITS:
        marker = _marker(bits)
        exceptions = int(np.count_nonzero(rest >= marker)) if greatest >= marker else 0
        width = _bytes_for(max(greatest - marker, 0))
        layouts.append(_Layout(-(-len(rest) * bits // 8) + width * exceptions, bits, width))
        if not exceptions:
            break
    return layouts


def _marker(bits: int) -> int:
    """Return the number that stands for an exception: all ones."""
    return (1 << bits) - 1


def _bytes_for(greatest: int) -> int:
    return next(width for width in _TYPES if greatest < 1 << 8 * width)


def _as_bytes(numbers: NDArray[np.uint32], width: int) -> bytes:
    content: bytes = numbers.astype(_TYPES[width]).tobytes()
    return content


def _pack_bits(numbers: NDArray[np.uint32], bits: int) -> bytes:
    if bits >= 8:
        return _as_bytes(numbers, bits // 8)
    per_byte = 8 // bits
    padded = np.zeros(-(-len(numbers) // per_byte) * per_byte, np.uint8)
    padded[: len(numbers)] = numbers
    shifted = padded.reshape(-1, per_byte) << _SHIFTS[bits]
    return np.asarray(np.bitwise_or.reduce(shifted, axis=1), np.uint8).tobytes()


class Unpacker:
    """Reads packed lists one after the other; whoever reads knows how many numbers each has."""

    def __init__(self, content: memoryview | bytes, offset: int = 0) -> None:
        self._content = content
        self.offset = offset

    def take(self, count: int) -> Int32s:
        """Return the next list, of `count` numbers."""
        if not count:
            return np.empty(0, np.int32)
        bits, width, least = _HEAD.unpack_from(self._content, self.offset)
        if count > _MOST or least > _MAX:
            raise ValueError("a list of too many or too great numbers")
        self.offset += _HEAD.size
        if not bits:
            return np.full(count, least, np.int32)
        numbers = self._bits(count, bits)
        if bits < 32:
            self._add_exceptions(numbers, _marker(bits), width)
        if least:
            numbers += np.int32(least)
        return numbers

    def _bits(self, count: int, bits: int) -> Int32s:
        if bits >= 8:
            return self._whole(count, bits // 8).astype(np.int32)
        packed = self._whole(-(-count * bits // 8), 1)
        return _UNPACKED[bits].take(packed, axis=0).ravel()[:count]

    def _whole(self, count: int, width: int) -> NDArray[Any]:
        numbers: NDArray[Any] = np.frombuffer(self._content, _TYPES[width], count, self.offset)
        self.offset += numbers.nbytes
        return numbers

    def _add_exceptions(self, numbers: Int32s, marker: int, width: int) -> None:
        rows = (numbers == marker).nonzero()[0]
        if len(rows):
            numbers[rows] += self._whole(len(rows), width).astype(np.int32)

    def bytes(self, count: int) -> memoryview | bytes:
        """Return the next `count` bytes."""
        self.offset += count
        return self._content[self.offset - count : self.offset]


def unpack(content: memoryview | bytes, count: int) -> Int32s:
    """Return a single packed list of `count` numbers."""
    return Unpacker(content).take(count)
