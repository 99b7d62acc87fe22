"""Weights in 4 bits become an ONNX model that computes what the weights say."""

from __future__ import annotations

import struct
from math import erf
from pathlib import Path

import numpy as np
import pytest

from searchkit.errors import ModelError
from searchkit.meaning.conversion.encoder_graph import encoder_graph
from searchkit.meaning.conversion.install import tokenizer_file
from searchkit.meaning.conversion.weights import read_weights
from searchkit.meaning.encoder import Encoder
from searchkit.meaning.model_folder import NETWORK, TOKENIZER, ModelFolder

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁жол", "▁школа", "да", "а"]
WIDTH, INNER, HEADS = 32, 64, 2


def weights_file() -> bytes:
    """Return a file of random weights of one layer; matrices have 4 bits, the rest are floats."""
    random = np.random.default_rng(7)
    square = ("l0.q", "l0.k", "l0.v", "l0.ao")
    shapes = {f"{name}.w": (WIDTH, WIDTH) for name in square} | {f"{name}.b": (WIDTH,) for name in square}
    shapes |= {"l0.fi.w": (INNER, WIDTH), "l0.fi.b": (INNER,), "l0.fo.w": (WIDTH, INNER), "l0.fo.b": (WIDTH,)}
    shapes |= {f"{name}.{part}": (WIDTH,) for name in ("emb.ln", "l0.aln", "l0.oln") for part in "wb"}
    shapes |= {"emb.word": (len(PIECES), WIDTH), "emb.pos": (16, WIDTH), "emb.type": (2, WIDTH)}
    blobs = {name: _encoded(random.normal(0, 0.5, shape), len(shape) == 2) for name, shape in shapes.items()}
    head = b"E5S1" + struct.pack("<i7ifi", 1, WIDTH, 1, HEADS, INNER, len(PIECES), 16, 2, 1e-5, 32)
    encoded = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, encoded)]).astype(np.uint32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, sum(map(len, encoded))) + offsets.tobytes()
    head += np.linspace(-1, -3, len(PIECES)).astype(np.float32).tobytes() + b"".join(encoded)
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 0x41, 1, 0x61) + struct.pack("<i", len(blobs))
    at = len(head) + sum(2 + len(name) + 21 for name in blobs)
    for name, blob in blobs.items():
        head += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", 1, len(blob), at, len(blob))
        at += len(blob)
    return head + b"".join(blobs.values())


def _encoded(values: np.ndarray, in_4_bits: bool) -> bytes:
    if not in_4_bits:
        return values.astype(np.float32).tobytes()
    blocks = values.reshape(-1, 32)
    scales = (np.abs(blocks).max(axis=1, keepdims=True) / 7).astype(np.float16)
    numbers = np.clip(np.rint(blocks / scales.astype(np.float32)) + 8, 0, 15).astype(np.uint8)
    return np.hstack([scales.view(np.uint8), numbers[:, :16] | numbers[:, 16:] << 4]).tobytes()


@pytest.fixture
def converted(tmp_path: Path) -> Encoder:
    weights = read_weights(weights_file())
    encoder_graph(weights).write(tmp_path / NETWORK)
    (tmp_path / TOKENIZER).write_bytes(tokenizer_file(weights.vocabulary))
    return Encoder(ModelFolder(tmp_path))


def test_the_graph_computes_what_the_weights_say(converted: Encoder) -> None:
    tokens = [0, 5, 6, 7, 2]
    vector = converted._run([tokens, [0, 5, 2]])[0]
    assert vector @ _computed(tokens) > 0.998 > vector @ _computed([0, 6, 7, 2])


def test_the_tokenizer_encloses_words(converted: Encoder) -> None:
    assert converted._tokenizer.encode("жол школада").ids == [0, 5, 6, 7, 2]


@pytest.mark.parametrize("size", [0, 3, 60, 400])
def test_a_cut_file_is_refused(size: int) -> None:
    with pytest.raises(ModelError):
        read_weights(weights_file()[:size])


def _computed(tokens: list[int]) -> np.ndarray:
    """Return the vector of tokens, computed with 32-bit floats from the same weights."""
    tensor = read_weights(weights_file()).tensor

    def norm(values: np.ndarray, name: str) -> np.ndarray:
        centred = values - values.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-5)
        return scaled * tensor(f"{name}.w", WIDTH) + tensor(f"{name}.b", WIDTH)

    def linear(values: np.ndarray, name: str, size: int = WIDTH, size_in: int = WIDTH) -> np.ndarray:
        return values @ tensor(f"{name}.w", size, size_in).T + tensor(f"{name}.b", size)

    places = tensor("emb.pos", 16, WIDTH)[: len(tokens)] + tensor("emb.type", 2, WIDTH)[0]
    x = norm(tensor("emb.word", len(PIECES), WIDTH)[tokens] + places, "emb.ln")
    q, k, v = (linear(x, f"l0.{part}").reshape(len(tokens), HEADS, -1).transpose(1, 0, 2) for part in "qkv")
    weights = np.exp(q @ k.transpose(0, 2, 1) / (WIDTH // HEADS) ** 0.5)
    attended = (weights / weights.sum(-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(len(tokens), -1)
    x = norm(x + linear(attended, "l0.ao"), "l0.aln")
    wide = linear(x, "l0.fi", INNER)
    gelu = wide * 0.5 * (1 + np.vectorize(erf)(wide / 2**0.5))
    x = norm(x + linear(gelu, "l0.fo", WIDTH, INNER), "l0.oln")
    mean = x.mean(0)
    return np.asarray(mean / np.linalg.norm(mean))
