"""Writes ONNX files: the few messages of its protobuf format that an encoder needs.

Field numbers are those of ``onnx.proto3`` in the ONNX specification.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.storage import durable_files

Shape = Sequence[str | int]

MICROSOFT = "com.microsoft"
"""The domain of the operators that onnxruntime adds."""

_DATA_TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7}
_IR_VERSION, _OPSET, _MICROSOFT_OPSET = 8, 17, 1
_VARINT, _BYTES, _FIXED32 = 0, 2, 5
_FLOAT, _INT, _INTS = 1, 2, 7


@dataclass(slots=True)
class Graph:
    """A graph of operators, written down in the order in which they run."""

    inputs: Mapping[str, tuple[str, Shape]]
    """The type and the shape of each input."""
    outputs: Mapping[str, tuple[str, Shape]]
    _nodes: list[bytes] = field(default_factory=list)
    _constants: list[bytes] = field(default_factory=list)

    def constant(self, name: str, values: NDArray[Any]) -> str:
        """Add a tensor of constant values and return its name."""
        self._constants.append(_tensor(name, np.ascontiguousarray(values)))
        return name

    def node(self, operator: str, inputs: Sequence[str], output: str, domain: str = "", **attributes: Any) -> str:
        """Add an operator and return the name of its output."""
        self._nodes.append(_node(operator, inputs, output, domain, attributes))
        return output

    def encode(self) -> bytes:
        """Return the model as the content of an ONNX file."""
        graph = b"".join(
            [
                *(_field(1, node) for node in self._nodes),
                _text(2, "encoder"),
                *(_field(5, tensor) for tensor in self._constants),
                *(_field(11, value) for value in _values(self.inputs)),
                *(_field(12, value) for value in _values(self.outputs)),
            ]
        )
        return _number(1, _IR_VERSION) + _text(2, "searchkit") + _field(7, graph) + _opsets()

    def write(self, path: Path) -> None:
        """Write the model to a file."""
        durable_files.put(path, self.encode())


def _opsets() -> bytes:
    versions = (("", _OPSET), (MICROSOFT, _MICROSOFT_OPSET))
    return b"".join(_field(8, _text(1, domain) + _number(2, version)) for domain, version in versions)


def _tensor(name: str, values: NDArray[Any]) -> bytes:
    dims = b"".join(_number(1, size) for size in values.shape)
    return dims + _number(2, _DATA_TYPES[values.dtype.name]) + _text(8, name) + _field(9, values.tobytes())


def _node(operator: str, inputs: Iterable[str], output: str, domain: str, attributes: Mapping[str, Any]) -> bytes:
    named = b"".join(_text(1, each) for each in inputs) + _text(2, output) + _text(4, operator)
    return named + b"".join(_field(5, _attribute(*each)) for each in attributes.items()) + _text(7, domain)


def _attribute(name: str, value: float | int | Sequence[int]) -> bytes:
    match value:
        case int():
            return _text(1, name) + _number(3, value) + _number(20, _INT)
        case float():
            return _text(1, name) + _key(2, _FIXED32) + struct.pack("<f", value) + _number(20, _FLOAT)
        case _:
            return _text(1, name) + b"".join(_number(8, each) for each in value) + _number(20, _INTS)


def _values(values: Mapping[str, tuple[str, Shape]]) -> Iterable[bytes]:
    for name, (type_, shape) in values.items():
        dims = b"".join(_field(1, _dim(size)) for size in shape)
        tensor = _number(1, _DATA_TYPES[type_]) + _field(2, dims)
        yield _text(1, name) + _field(2, _field(1, tensor))


def _dim(size: str | int) -> bytes:
    return _text(2, size) if isinstance(size, str) else _number(1, size)


def _key(number: int, kind: int) -> bytes:
    return _varint(number << 3 | kind)


def _number(number: int, value: int) -> bytes:
    return _key(number, _VARINT) + _varint(value & 0xFFFF_FFFF_FFFF_FFFF)


def _text(number: int, value: str) -> bytes:
    return _field(number, value.encode())


def _field(number: int, content: bytes) -> bytes:
    return _key(number, _BYTES) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])
