"""Vectors on disk: what is found again, what is merged, what is damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from searchkit import Document
from searchkit.errors import IndexWarning
from searchkit.meaning import vector_store
from searchkit.meaning.embedding import embed
from searchkit.meaning.encoder import Encoder, bounded
from searchkit.meaning.model_folder import ModelFolder
from searchkit.meaning.vector_file import VectorTable
from searchkit.meaning.vector_store import VectorStore, short
from searchkit.meaning.windows import WINDOW_CHARS, windows_of


def random_table(count: int, seed: int = 1) -> tuple[VectorTable, np.ndarray]:
    """Return vectors that share a direction, as those of real models do."""
    vectors = np.random.default_rng(seed).normal(size=(count, 64)).astype(np.float32) + 6
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    windows = VectorTable.of(range(1, count + 1), [(0, 10)] * count, vectors)
    return VectorTable.joined(
        [windows, VectorTable.of_documents(range(101, 101 + count), range(1, count + 1))]
    ), vectors


def test_the_scan_of_signs_finds_the_nearest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_store, "_SCANNED", 10)
    table, vectors = random_table(3000)
    VectorStore(tmp_path, "f").add(table)
    store = VectorStore(tmp_path, "f")
    for row in (0, 17, 2999):
        nearest = store.nearest(vectors[row], 5)
        assert next(iter(nearest)) == row + 1 and len(nearest) == 5
        assert nearest[row + 1].cosine == pytest.approx(1, abs=0.02)
        (exact,) = store.best_windows(vectors[row], [row + 1]).values()
        assert exact.cosine == pytest.approx(nearest[row + 1].cosine, abs=1e-5)


def test_a_merge_keeps_the_vectors_of_articles_that_are_there(tmp_path: Path) -> None:
    for seed in (1, 2):
        VectorStore(tmp_path, "f").add(random_table(4, seed)[0])
    VectorStore(tmp_path, "f").merge([101, 103, 999])
    assert len(list(tmp_path.glob("*.vec"))) == 1
    store = VectorStore(tmp_path, "f")
    assert len(store) == 2 and store.has_text(1) and not store.has_text(2)
    assert store.key_of(np.array([101, 102, 103], np.uint64)) == {101: 1, 103: 3}


def test_a_damaged_file_is_told_and_left_out(tmp_path: Path) -> None:
    VectorStore(tmp_path, "f").add(random_table(4)[0])
    (path,) = tmp_path.glob("*.vec")
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.warns(IndexWarning, match="is damaged; delete it"):
        assert len(VectorStore(tmp_path, "f")) == 0


def test_windows_cover_a_text_and_end_at_paragraphs() -> None:
    text = "\n".join(f"Абзац {number}: " + "слово " * 60 for number in range(30))
    document = Document(id="1", title="Т", text=text)
    spans = windows_of(document)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(text[start:].startswith("Абзац") and end - start <= WINDOW_CHARS for start, end in spans)


@pytest.mark.parametrize("text", ["", "\ufdfa" * 100_000, "\x00\u200e\ud800а", "слово " * 100_000])
def test_every_text_has_a_vector_of_length_one(model: Path, text: str) -> None:
    assert len(bounded(text)) <= 6_000
    vector = Encoder(ModelFolder(model)).query_vector(text)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


class _Articles:
    """Articles of a list; asking for the one with id ``stop`` interrupts the run."""

    def __init__(self, documents: list[Document]) -> None:
        self._documents = {document.id: document for document in documents}

    def __iter__(self):
        return iter(self._documents.values())

    def document(self, id_: str) -> Document:
        if id_ == "stop":
            raise KeyboardInterrupt
        return self._documents[id_]

    def states(self):
        return self._documents


def test_an_interrupted_run_keeps_the_newest(tmp_path: Path, model: Path) -> None:
    text = "школа " * 300 * 33  # more windows than run at once
    newest = Document(id="new", title="", text=text, date="2024-05-01")
    articles = _Articles([Document(id="stop", title="", text="жол", date="2023-01-01"), newest])
    encoder = Encoder(ModelFolder(model))
    with pytest.raises(KeyboardInterrupt):
        embed(articles, VectorStore(tmp_path, "f"), encoder)
    assert short(newest.digest) in VectorStore(tmp_path, "f").key_of(np.array([short(newest.digest)], np.uint64))
