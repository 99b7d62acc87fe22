"""Reads the weights, the vocabulary and the settings of an encoder in 4 bits.

The file (magic ``E5S1``) has a head, the pieces of the tokenizer with their scores, a table of
characters to respell, and tensors: 32-bit floats, or blocks of 32 values of 4 bits with a 16-bit
float as their scale. Nothing of it is trusted: what does not fit is an error.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.errors import ModelError

_MAGIC = b"E5S1"
_BLOCK, _BLOCK_BYTES = 32, 18
_ZERO = 8
"""The value of 4 bits that stands for 0."""


class EncoderSizes(NamedTuple):
    """The sizes of an encoder."""

    width: int
    layers: int
    heads: int
    inner_width: int
    words: int
    positions: int
    types: int
    epsilon: float


class _Tensor(NamedTuple):
    offset: int
    size: int


class Vocabulary(NamedTuple):
    """The pieces of a tokenizer, with the logarithms of their probabilities."""

    pieces: list[str]
    scores: list[float]
    unknown: int


@dataclass(frozen=True, slots=True)
class Weights:
    """The content of a file of weights."""

    settings: EncoderSizes
    vocabulary: Vocabulary
    _tensors: Mapping[str, _Tensor]
    _content: bytes

    def tensor(self, name: str, *shape: int) -> NDArray[Any]:
        """Return a tensor as 32-bit floats.

        Raises:
            ModelError: there is none of that name and shape.
        """
        tensor, count = self._tensors.get(name), int(np.prod(shape))
        if tensor is None or tensor.offset + tensor.size > len(self._content):
            raise ModelError(f"the weights lack {name}")
        raw = self._content[tensor.offset : tensor.offset + tensor.size]
        if tensor.size == 4 * count:
            return np.frombuffer(raw, np.float32).reshape(shape)
        if tensor.size * _BLOCK != count * _BLOCK_BYTES:
            raise ModelError(f"the weights have another shape of {name} than {shape}")
        return _from_blocks(raw).reshape(shape)


def read_weights(content: bytes) -> Weights:
    """Return the content of a file of weights.

    Raises:
        ModelError: it is none, or it is cut.
    """
    try:
        return _Reader(content).weights()
    except (struct.error, ValueError, IndexError) as error:
        raise ModelError("the file of weights is damaged, or of another kind") from error


def _from_blocks(raw: bytes) -> NDArray[Any]:
    blocks = np.frombuffer(raw, np.uint8).reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    values = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], 1).astype(np.float32) - _ZERO
    return values * scales


class _Reader:
    """Reads a file from its start to its tensors."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 8

    def weights(self) -> Weights:
        if self._content[:4] != _MAGIC:
            raise ValueError("no such file")
        settings = EncoderSizes(*self._take("<7if"))
        self._take("<i")
        vocabulary = self._vocabulary()
        self._pass_respellings()
        return Weights(settings, vocabulary, self._tensors(), self._content)

    def _take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(layout, self._content, self._at)
        self._at += struct.calcsize(layout)
        return values

    def _array(self, type_: type[np.generic], count: int) -> NDArray[Any]:
        values = np.frombuffer(self._content, type_, count, self._at)
        self._at += values.nbytes
        return values

    def _vocabulary(self) -> Vocabulary:
        count, *_, unknown = self._take("<5i")
        (size,) = self._take("<Q")
        offsets, scores = self._array(np.uint32, count + 1).tolist(), self._array(np.float32, count).tolist()
        blob = self._content[self._at : self._at + size]
        self._at += size
        pieces = [blob[start:end].decode("utf-8", "replace") for start, end in pairwise(offsets)]
        return Vocabulary(pieces, scores, unknown)

    def _pass_respellings(self) -> None:
        """Pass over the table of characters: the tokenizer that is made normalises by Unicode."""
        _, size = self._take("<iI")
        self._at += size

    def _tensors(self) -> dict[str, _Tensor]:
        (count,) = self._take("<i")
        return dict(self._named(self._tensor) for _ in range(count))

    def _named(self, read: Callable[[], _Tensor]) -> tuple[str, _Tensor]:
        (length,) = self._take("<H")
        name = self._content[self._at : self._at + length].decode()
        self._at += length
        return name, read()

    def _tensor(self) -> _Tensor:
        _, _, offset, size = self._take("<BIQQ")
        return _Tensor(offset, size)
