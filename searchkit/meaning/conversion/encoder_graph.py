"""Writes the graph of a BERT-like encoder, its weights in 8 bits.

Matrices have one scale for each column, and onnxruntime quantises what comes in as it runs; the
vectors of words have one scale each.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.meaning.conversion.protobuf import MICROSOFT, Graph
from searchkit.meaning.conversion.weights import EncoderSizes, Weights

_Tensor = Callable[..., NDArray[Any]]


def encoder_graph(weights: Weights) -> Graph:
    """Return the graph: from ids and a mask to a vector for each token."""
    settings = weights.settings
    tokens = ("batch", "tokens")
    graph = Graph(
        {"input_ids": ("int64", tokens), "attention_mask": ("int64", tokens)},
        {"last_hidden_state": ("float32", (*tokens, settings.width))},
    )
    builder = _Builder(graph, settings, weights.tensor)
    state = builder.embeddings()
    for number in range(settings.layers):
        state = builder.layer(state, f"l{number}.")
    graph.node("Identity", [state], "last_hidden_state")
    return graph


class _Builder:
    """Adds the parts of an encoder to a graph."""

    def __init__(self, graph: Graph, settings: EncoderSizes, tensor: _Tensor) -> None:
        self._graph, self._settings, self._tensor = graph, settings, tensor

    def embeddings(self) -> str:
        """Add the sum of the vectors of words and places, normalised."""
        graph, width = self._graph, self._settings.width
        graph.node("Cast", ["attention_mask"], "mask", to=6)
        words, scales = quantised(self._tensor("emb.word", self._settings.words, width))
        graph.node("Gather", [graph.constant("words", words), "input_ids"], "bytes", axis=0)
        graph.node("Gather", [graph.constant("word_scales", scales[:, None]), "input_ids"], "scales", axis=0)
        graph.node("Cast", ["bytes"], "floats", to=1)
        graph.node("Mul", ["floats", "scales"], "word_vectors")
        graph.node("Add", ["word_vectors", self._places()], "embedded")
        graph.node("LayerNormalization", ["embedded", *self._norm("emb.ln.")], "x", axis=-1, epsilon=self._epsilon)
        return "x"

    def _places(self) -> str:
        """Add the vectors of places, as many as there are tokens."""
        graph, settings = self._graph, self._settings
        types = self._tensor("emb.type", settings.types, settings.width)
        places = self._tensor("emb.pos", settings.positions, settings.width) + types[0]
        graph.node("Shape", ["input_ids"], "count", start=1, end=2)
        zero = graph.constant("zero", np.zeros(1, np.int64))
        return graph.node("Slice", [graph.constant("all_places", places), zero, "count", zero], "places")

    def layer(self, state: str, name: str) -> str:
        """Add attention and the inner layer, each with a shortcut."""
        attended = self._skip(state, self._attention(state, name), f"{name}aln.")
        return self._skip(attended, self._inner(attended, name), f"{name}oln.")

    def _attention(self, state: str, name: str) -> str:
        width, heads = self._settings.width, self._settings.heads
        asked = [self._linear(state, f"{name}{part}.", width, width) for part in "qkv"]
        context = self._graph.node(
            "MultiHeadAttention", [*asked, "", "mask"], f"{name}context", MICROSOFT, num_heads=heads
        )
        return self._linear(context, f"{name}ao.", width, width)

    def _inner(self, state: str, name: str) -> str:
        width, inner = self._settings.width, self._settings.inner_width
        wide = self._linear(state, f"{name}fi.", inner, width)
        return self._linear(self._graph.node("Gelu", [wide], f"{name}gelu", MICROSOFT), f"{name}fo.", width, inner)

    def _linear(self, state: str, name: str, size: int, size_in: int) -> str:
        values, scales = quantised(self._tensor(f"{name}w", size, size_in))
        constants = {"values": values.T, "scales": scales, "bias": self._tensor(f"{name}b", size)}
        matrix, scale, bias = (self._graph.constant(name + part, array) for part, array in constants.items())
        return self._graph.node("DynamicQuantizeMatMul", [state, matrix, scale, "", bias], f"{name}y", MICROSOFT)

    def _skip(self, state: str, added: str, name: str) -> str:
        inputs = [state, added, *self._norm(name)]
        return self._graph.node("SkipLayerNormalization", inputs, f"{name}y", MICROSOFT, epsilon=self._epsilon)

    def _norm(self, name: str) -> list[str]:
        width = self._settings.width
        return [self._graph.constant(name + part, self._tensor(name + part, width)) for part in "wb"]

    @property
    def _epsilon(self) -> float:
        return self._settings.epsilon


def quantised(rows: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return rows as 8-bit integers, and the scale of each row."""
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-12).astype(np.float32) / 127
    return np.rint(rows / scales[:, None]).astype(np.int8), scales
