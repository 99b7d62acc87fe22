"""Several processes write the same index as one."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from searchkit import Index
from searchkit.analysis.analyzed_document import AnalyzedDocument, analyze_document
from searchkit.document import Document
from searchkit.engines.base import PendingSegments, PendingWriter
from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.errors import SearchkitError, StorageError
from searchkit.indexing import workers
from searchkit.indexing.workers import AnalyzedBatch, Workers

TEXTS = ["Президент подписал указ {}.", "Қол қойды: {} жарлық.", "Ауылда мектеп ашылды, оған {} бала барады."]
DOCUMENTS = [Document(id=str(n), title="Жарлық", text=TEXTS[n % 3].format(n) * 9, language="kk") for n in range(3000)]
LATER = [Document(id=str(n), text=f"Бұрын басқаша еді {n}", language="kk") for n in range(0, 3000, 7)]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Index:
    index = Index.open(tmp_path_factory.mktemp("alone") / "index")
    index.update([*LATER, *DOCUMENTS])
    return index


def test_several_processes_put_in_the_same(alone: Index, tmp_path: Path) -> None:
    with Index.open(tmp_path / "index") as index:
        assert index.update([*LATER, *DOCUMENTS], workers=3).added == len(DOCUMENTS)
        assert not list(index.verify())
        assert index.stats().terms == alone.stats().terms
        for document in DOCUMENTS[::50]:
            assert index.document(document.id) == document
        for query in ("бала", "указ 601", "бұрын", "+жарлық -қол"):
            assert _hits(index, query) == _hits(alone, query)


def _hits(index: Index, query: str) -> list[tuple[str, float, int]]:
    return [(hit.id, hit.score, hit.copies) for hit in index.search(query, limit=100)]


def test_few_articles_start_no_process() -> None:
    with Workers(2) as crew:
        batch = crew.batch()
        batch.add(DOCUMENTS[:100])
        assert not crew._processes
        assert batch.analyze().documents == DOCUMENTS[:100]


def test_processes_start_when_there_is_enough_for_them() -> None:
    with Workers(2) as crew:
        batch = crew.batch()
        for begin in range(0, workers.ENOUGH, 500):
            assert not crew._processes
            batch.add(DOCUMENTS[begin : begin + 500])
        assert len(crew._processes) == 1
    with Workers(1) as crew:
        crew.batch().add(DOCUMENTS)
        assert not crew._processes


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    WhooshEngine.create(tmp_path)
    engine = WhooshEngine(tmp_path)
    engine.commit([analyze_document(Document(id="бұрынғы", text="мектеп"))])
    return engine


@pytest.fixture
def analyzed() -> Iterator[AnalyzedBatch]:
    with Workers(2) as crew:
        batch = crew.batch()
        batch.add(DOCUMENTS)
        yield batch.analyze()


def in_one_cluster(analyzed: AnalyzedBatch) -> dict[str, int]:
    return {document.id: 1 for document in analyzed.documents}


def test_a_document_without_a_cluster_is_not_written(analyzed: AnalyzedBatch, engine: WhooshEngine) -> None:
    clusters = {document.id: int(document.id) for document in analyzed.documents if len(document.id) < 3}
    own, pending = analyzed.write(clusters, engine.pending_writer())
    engine.commit(own, pending=pending)
    assert engine.searcher().states().keys() == {"бұрынғы", *(str(number) for number in range(100))}


def _dying(store: PendingWriter, entries: Iterable[AnalyzedDocument]) -> PendingSegments:
    """Store some documents, then die."""
    return store(entry if number < 9 else os.kill(os.getpid(), signal.SIGKILL) for number, entry in enumerate(entries))


def _full(store: PendingWriter, entries: Iterable[AnalyzedDocument]) -> PendingSegments:
    """Store documents on a disk that is then full."""
    store(entries)
    raise StorageError("the index cannot be used: no space left on device")


@pytest.mark.parametrize(("fails", "sentence"), [(_dying, "index again"), (_full, "no space left")])
def test_what_fails_in_another_process_is_one_sentence_and_changes_nothing(
    fails: Callable[[PendingWriter, Iterable[AnalyzedDocument]], PendingSegments],
    sentence: str,
    analyzed: AnalyzedBatch,
    engine: WhooshEngine,
    tmp_path: Path,
) -> None:
    before = {file.name for file in tmp_path.iterdir()}
    own, pending = analyzed.write(in_one_cluster(analyzed), partial(fails, engine.pending_writer()))
    with pytest.raises(SearchkitError, match=sentence):
        engine.commit(own, pending=pending)
    assert {file.name for file in tmp_path.iterdir()} == before
    assert engine.searcher().states().keys() == {"бұрынғы"}


def test_what_fails_in_this_process_leaves_nothing_of_the_others(
    analyzed: AnalyzedBatch, engine: WhooshEngine, tmp_path: Path
) -> None:
    before = {file.name for file in tmp_path.iterdir()}
    own, pending = analyzed.write(in_one_cluster(analyzed), engine.pending_writer())
    with pytest.raises(ZeroDivisionError):
        engine.commit((replace(entry, cluster=entry.cluster // 0) for entry in own), pending=pending)
    assert {file.name for file in tmp_path.iterdir()} == before
    assert engine.searcher().states().keys() == {"бұрынғы"}


def test_a_process_that_dies_as_it_analyses_is_one_sentence() -> None:
    with Workers(2) as crew, pytest.raises(SearchkitError, match="index again"):
        batch = crew.batch()
        batch.add(DOCUMENTS)
        (other,) = crew._processes
        os.kill(other._process.submit(os.getpid).result(), signal.SIGKILL)
        batch.add(DOCUMENTS)
        batch.analyze()
