"""An index as its users see it: errors, damage, several threads and processes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from searchkit import (
    Document,
    Index,
    IndexDamaged,
    IndexFolderTaken,
    IndexLocked,
    IndexNotFound,
    IndexVersionError,
)
from tests.samples import SCHOOL, THEATRE, counts


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index.open(tmp_path / "index")


def test_a_search_sees_what_was_committed_after_it_opened(index: Index, tmp_path: Path) -> None:
    index.update([SCHOOL])
    reader = Index.open(tmp_path / "index")
    assert reader.search("премьера").total == 0
    index.update([THEATRE])
    assert reader.search("премьера").total == 1


def test_no_index(index: Index) -> None:
    for use in (lambda: index.search("а"), index.stats, lambda: index.document("a"), lambda: list(index.verify())):
        with pytest.raises(IndexNotFound, match="there is no index in"):
            use()


def test_an_index_of_another_format(index: Index, tmp_path: Path) -> None:
    index.update([SCHOOL])
    (tmp_path / "index" / "searchkit.json").write_text('{"format": 99, "current": "g000001"}')
    with pytest.raises(IndexVersionError, match="format 99"):
        index.search("мектеп")
    with pytest.raises(IndexVersionError):
        index.update([THEATRE])
    assert index.rebuild([]).added == 0
    assert len(list((tmp_path / "index").glob("g*"))) == 1
    assert counts(index.rebuild([THEATRE])) == (1, 0, 0, 0)
    assert index.search("премьера").total == 1


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 2}', '{"format": 2, "generation": "../../etc"}'])
def test_a_mangled_description(index: Index, tmp_path: Path, content: str) -> None:
    index.update([SCHOOL])
    for name in ("searchkit.json", "searchkit.copy"):
        (file,) = (tmp_path / "index").rglob(name)
        file.write_text(content)
    with pytest.raises((IndexDamaged, IndexVersionError)):
        index.search("мектеп")


def test_missing_and_mangled_engine_files_are_told(index: Index, tmp_path: Path) -> None:
    index.update([SCHOOL, THEATRE])
    index.close()
    (segment,) = (tmp_path / "index").glob("g*/*.seg")
    whole = segment.read_bytes()
    segment.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(IndexDamaged):
        index.search("мектеп")
    segment.unlink()
    with pytest.raises(IndexDamaged):
        Index.open(tmp_path / "index").search("мектеп")
    assert list(Index.open(tmp_path / "index").verify())


def test_verify_finds_a_document_that_is_not_as_it_was(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    index.update([SCHOOL])
    assert list(index.verify()) == []
    monkeypatch.setattr(Document, "digest", "0" * 32)
    assert list(index.verify()) == ["the article a is not as it was indexed"]


def test_searches_while_another_writes(index: Index, tmp_path: Path) -> None:
    """Every answer is of one whole commit: all documents or none of a batch, each with its text."""
    index.update([Document(id=str(n), text="Мақала нөмір 0", language="kk") for n in range(20)])
    done = threading.Event()
    problems: list[str] = []

    def read() -> None:
        reader = Index.open(tmp_path / "index")
        while not done.is_set():
            results = reader.search("мақала", limit=50)
            numbers = {hit.document.text for hit in results}
            if len(numbers) != 1 or results.total != 20 or len(results) != 20:
                problems.append(f"{results.total} {numbers}")

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for turn in range(1, 12):
        documents = [Document(id=str(n), text=f"Мақала нөмір {turn}", language="kk") for n in range(20)]
        if turn % 3:
            index.update(documents)
        else:
            index.rebuild(documents)
    done.set()
    for reader in readers:
        reader.join()
    assert problems == []


THREAD_TEXTS = ("Мектепке оқушылар келді", "В школу пришли ученики", "Театр және мектеп", "Жаңа мектептер салынды")
THREAD_QUERIES = [
    "мектеп",
    "школами",
    "мект*",
    '"жаңа мектеп"',
    "оқушы OR театр",
    "мектеп -театр",
    "lang:ru ученик",
    "мекткп",
]


def answers(index: Index, query: str) -> list[tuple[str, str, float]]:
    return [(hit.id, hit.snippet.render(), round(hit.score, 6)) for hit in index.search(query)]


@contextmanager
def searching_threads(index: Index, problems: list[str]) -> Iterator[None]:
    """Search in four threads; queries with other answers than before are problems."""
    expected = {query: answers(index, query) for query in THREAD_QUERIES}
    done = threading.Event()

    def search(turn: int) -> None:
        try:
            while not done.is_set():
                for query in (*THREAD_QUERIES[turn:], *THREAD_QUERIES[:turn]):
                    if answers(index, query) != expected[query]:
                        problems.append(query)
        except Exception as error:
            problems.append(repr(error))

    threads = [threading.Thread(target=search, args=(turn,)) for turn in range(4)]
    for thread in threads:
        thread.start()
    yield
    done.set()
    for thread in threads:
        thread.join()


def test_one_index_is_searched_by_several_threads_while_it_changes(index: Index, tmp_path: Path) -> None:
    documents = [Document(id=str(n), text=f"{THREAD_TEXTS[n % 4]} {n}") for n in range(40)]
    index.update(documents)
    problems: list[str] = []
    writer = Index.open(tmp_path / "index")
    with searching_threads(index, problems):
        for turn in range(8):
            if turn % 2:
                writer.rebuild(documents)
            else:
                writer.update([Document(id="0", text=documents[0].text, path=str(turn)), *documents[1:]], prune=True)
                writer.update(documents)
    assert problems == []


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("Менің күнделігім")
    with pytest.raises(IndexFolderTaken):
        Index.open(tmp_path).update([SCHOOL])
    assert [entry.name for entry in tmp_path.iterdir()] == ["diary.txt"]


def test_a_folder_of_folders_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "g000001-12345678").mkdir()
    with pytest.raises(IndexFolderTaken):
        Index.open(tmp_path).update([SCHOOL])
    assert (tmp_path / "g000001-12345678").is_dir()


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("")
    with pytest.raises(IndexFolderTaken):
        Index.open(tmp_path / "index").update([SCHOOL])


def test_one_writer_at_a_time(index: Index, tmp_path: Path) -> None:
    index.update([SCHOOL])

    def documents() -> object:
        with pytest.raises(IndexLocked):
            Index.open(tmp_path / "index").update([SCHOOL])
        yield THEATRE

    assert counts(index.update(documents())) == (1, 0, 0, 0)  # type: ignore[arg-type]
