"""Runs a model: texts become vectors of length 1 whose products tell how alike they are.

One thread runs it, since a server answers many questions at once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.errors import ModelError
from searchkit.meaning.model_folder import NETWORK, TOKENIZER, ModelFolder

MAX_CHARS = 6_000
"""Further characters of an input are cut off before the tokenizer sees them."""
_TOKENS_AT_ONCE = 2_048
"""How many tokens a batch has, with padding: more are no faster, and take more memory."""
_NOT_INSTALLED = "search by meaning needs onnxruntime and tokenizers: pip install 'searchkit-qazaq[meaning]'"


class Encoder:
    """A model that is loaded; several threads may use it."""

    def __init__(self, folder: ModelFolder) -> None:
        """Load a model.

        Raises:
            ModelError: the extra ``meaning`` is not installed, or the files are damaged.
        """
        self.settings, self.fingerprint = folder.settings, folder.fingerprint()
        try:
            self._tokenizer = _tokenizer(folder, self.settings.max_tokens)
            self._session = _session(folder)
        except ImportError as error:
            raise ModelError(_NOT_INSTALLED) from error
        except Exception as error:  # both libraries raise bare exceptions
            raise ModelError(f"the model in {folder.path} cannot be loaded: {_first_line(error)}") from error
        self._inputs = [each.name for each in self._session.get_inputs()]

    def query_vector(self, question: str) -> NDArray[Any]:
        """Return the vector of a question."""
        vector: NDArray[Any] = self._encode([self.settings.query_prefix + question])[0]
        return vector

    def passage_vectors(self, passages: Sequence[str]) -> NDArray[Any]:
        """Return the vectors of passages, a row for each."""
        return self._encode([self.settings.passage_prefix + passage for passage in passages])

    def _encode(self, texts: Sequence[str]) -> NDArray[Any]:
        try:
            return self._by_length(self._tokenizer.encode_batch([bounded(text) for text in texts]))
        except Exception as error:  # onnxruntime's errors have no class of their own that is public
            raise ModelError(f"the model failed: {_first_line(error)}") from error

    def _by_length(self, encodings: Sequence[Any]) -> NDArray[Any]:
        """Return the vectors of encodings; texts of similar length run together."""
        order = sorted(range(len(encodings)), key=lambda i: len(encodings[i].ids))
        vectors: dict[int, NDArray[Any]] = {}
        for batch in _batches(order, lambda i: len(encodings[i].ids)):
            vectors.update(zip(batch, self._run([encodings[i].ids for i in batch]), strict=True))
        return np.stack([vectors[i] for i in range(len(encodings))])

    def _run(self, ids: Sequence[Sequence[int]]) -> NDArray[Any]:
        tokens, mask = _padded(ids)
        known = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
        (states, *_) = self._session.run(None, {name: known[name] for name in self._inputs})
        pooled = _mean(states, mask) if self.settings.pooling == "mean" else states[:, 0]
        return np.asarray(pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-12), np.float32)


def bounded(text: str) -> str:
    """Return a text that no tokenizer stumbles over: short, NFKC, without control characters.

    One character may expand to eighteen, so the text is cut before and after.
    """
    normal = unicodedata.normalize("NFKC", text[:MAX_CHARS])[:MAX_CHARS]
    return " ".join("".join(" " if unicodedata.category(each)[0] == "C" else each for each in normal).split())


def _tokenizer(folder: ModelFolder, max_tokens: int) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder.path / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens)
    return tokenizer


def _session(folder: ModelFolder) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3  # warnings are for its programmers
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    path = str(folder.path / NETWORK)
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def _batches(order: Sequence[int], length: Callable[[int], int]) -> Iterator[list[int]]:
    """Yield runs of numbers, shortest first, that fit into a batch."""
    batch: list[int] = []
    for each in order:
        if batch and length(each) * (len(batch) + 1) > _TOKENS_AT_ONCE:
            yield batch
            batch = []
        batch.append(each)
    if batch:
        yield batch


def _padded(ids: Sequence[Sequence[int]]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return ids as a table, and a mask of the same shape that is 0 where there are none."""
    width = max(map(len, ids))
    tokens, mask = np.zeros((len(ids), width), np.int64), np.zeros((len(ids), width), np.int64)
    for row, each in enumerate(ids):
        tokens[row, : len(each)] = each
        mask[row, : len(each)] = 1
    return tokens, mask


def _mean(states: NDArray[Any], mask: NDArray[Any]) -> NDArray[Any]:
    """Return the mean of the vectors of tokens, without padding."""
    sums = (states * mask[:, :, None]).sum(axis=1)
    return np.asarray(sums / np.maximum(mask.sum(axis=1, keepdims=True), 1))


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
