"""Several processes put into an index what one does."""

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
from searchkit.indexing.workers import Workers

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
        for question in ("бала", "указ 601", "бұрын", "+жарлық -қол"):
            assert _found(index, question) == _found(alone, question)


def _found(index: Index, question: str) -> list[tuple[str, float, int]]:
    return [(hit.id, hit.score, hit.copies) for hit in index.search(question, limit=100)]


def test_few_articles_start_no_process() -> None:
    with Workers(2) as crew:
        crew.take(DOCUMENTS[:100])
        assert not crew._others
        assert [document for document, _ in crew.sketches()] == DOCUMENTS[:100]


def test_processes_start_when_there_is_enough_for_them() -> None:
    with Workers(2) as crew:
        for begin in range(0, workers.ENOUGH, 500):
            assert not crew._others
            crew.take(DOCUMENTS[begin : begin + 500])
        assert len(crew._others) == 1
    with Workers(1) as crew:
        crew.take(DOCUMENTS)
        assert not crew._others


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    WhooshEngine.create(tmp_path)
    engine = WhooshEngine(tmp_path)
    engine.commit([analyze_document(Document(id="бұрынғы", text="мектеп"))])
    return engine


@pytest.fixture
def crew() -> Iterator[Workers]:
    with Workers(2) as crew:
        crew.take(DOCUMENTS)
        list(crew.sketches())
        yield crew


def test_what_has_no_group_is_not_stored(crew: Workers, engine: WhooshEngine) -> None:
    own, parts = crew.stored(
        lambda document: int(document.id) if len(document.id) < 3 else None, engine.pending_writer()
    )
    engine.commit(own, pending=parts)
    assert engine.searcher().states().keys() == {"бұрынғы", *(str(number) for number in range(100))}


def _dying(store: PendingWriter, entries: Iterable[AnalyzedDocument]) -> PendingSegments:
    """PendingWriter some entries, then die."""
    return store(entry if number < 9 else os.kill(os.getpid(), signal.SIGKILL) for number, entry in enumerate(entries))


def _full(store: PendingWriter, entries: Iterable[AnalyzedDocument]) -> PendingSegments:
    """PendingWriter entries on a disk that is then full."""
    store(entries)
    raise StorageError("the index cannot be used: no space left on device")


@pytest.mark.parametrize(("fails", "sentence"), [(_dying, "index again"), (_full, "no space left")])
def test_what_fails_in_another_process_is_one_sentence_and_changes_nothing(
    fails: Callable[[PendingWriter, Iterable[AnalyzedDocument]], PendingSegments],
    sentence: str,
    crew: Workers,
    engine: WhooshEngine,
    tmp_path: Path,
) -> None:
    before = {file.name for file in tmp_path.iterdir()}
    own, parts = crew.stored(lambda _: 1, partial(fails, engine.pending_writer()))
    with pytest.raises(SearchkitError, match=sentence):
        engine.commit(own, pending=parts)
    assert {file.name for file in tmp_path.iterdir()} == before
    assert engine.searcher().states().keys() == {"бұрынғы"}


def test_what_fails_in_this_process_leaves_nothing_of_the_others(
    crew: Workers, engine: WhooshEngine, tmp_path: Path
) -> None:
    before = {file.name for file in tmp_path.iterdir()}
    own, parts = crew.stored(lambda _: 1, engine.pending_writer())
    with pytest.raises(ZeroDivisionError):
        engine.commit((replace(entry, cluster=entry.cluster // 0) for entry in own), pending=parts)
    assert {file.name for file in tmp_path.iterdir()} == before
    assert engine.searcher().states().keys() == {"бұрынғы"}


def test_a_process_that_dies_as_it_analyses_is_one_sentence() -> None:
    with Workers(2) as crew, pytest.raises(SearchkitError, match="index again"):
        crew.take(DOCUMENTS)
        (other,) = crew._others
        os.kill(other._process.submit(os.getpid).result(), signal.SIGKILL)
        crew.take(DOCUMENTS)
        list(crew.sketches())
