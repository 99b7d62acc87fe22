from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchkit import (
    ArticleNotFound,
    Articles,
    Document,
    Index,
    IndexDamaged,
    IndexFolderTaken,
    IndexLocked,
    IndexNotFound,
    IndexVersionError,
    Rewrite,
    SearchOptions,
)
from searchkit.indexing import update as update_module

SCHOOL = Document(id="a", title="Жаңа мектеп", text="Түркістанда жаңа мектеп ашылды.", language="kk")
THEATRE = Document(id="b", title="Премьера", text="В театре прошла премьера оперы.", language="ru")


def counts(changes: object) -> tuple[int, int, int, int]:
    return changes.added, changes.changed, changes.removed, changes.unchanged  # type: ignore[attr-defined]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with three articles."""
    folder = tmp_path / "articles"
    (folder / "2024").mkdir(parents=True)
    (folder / "1.txt").write_text("Бірінші\n\nМектеп туралы мақала.", "utf-8")
    (folder / "2.txt").write_text("Вторая\n\nСтатья о театре.", "utf-8")
    (folder / "2024" / "3.txt").write_text("Третья\n\nСтатья о музее.", "utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index.open(tmp_path / "index")


def test_added_unchanged_changed(index: Index) -> None:
    assert counts(index.update([SCHOOL, THEATRE])) == (2, 0, 0, 0)
    assert counts(index.update([SCHOOL, THEATRE])) == (0, 0, 0, 2)
    later = Document(id="b", title="Премьера", text="В театре прошёл балет.", language="ru")
    assert counts(index.update([later])) == (0, 1, 0, 0)
    assert [hit.id for hit in index.search("балеты")] == ["b"]
    assert index.search("опера").total == 0
    assert index.stats().documents == 2


def test_the_last_of_two_documents_of_one_id_stays(index: Index) -> None:
    later = Document(id="a", text="Кейінгі нұсқа.", language="kk")
    assert counts(index.update([SCHOOL, later])) == (1, 0, 0, 0)
    assert index.document("a") == later
    assert counts(index.update([later])) == (0, 0, 0, 1)


def test_a_feed_with_two_records_of_one_id_settles(index: Index, tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_text('{"id": "1", "text": "Бірінші нұсқа"}\n{"id": "1", "text": "Екінші нұсқа"}\n', "utf-8")
    assert counts(index.update(Articles(feed))) == (1, 0, 0, 0)
    for _ in range(3):
        assert counts(index.update(Articles(feed))) == (0, 0, 0, 1)
        assert index.document("1").text == "Екінші нұсқа"


def test_lines_without_ids_keep_their_numbers(index: Index, tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_text('{"text": "Бірінші"}\n{"text": "Екінші"}\n', "utf-8")
    assert counts(index.update(Articles(feed))) == (2, 0, 0, 0)
    assert counts(index.update(Articles(feed))) == (0, 0, 0, 2)
    assert index.document("feed.jsonl:2").text == "Екінші"


def test_however_a_path_is_written_it_is_the_same(
    index: Index, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.update(Articles(folder))
    (tmp_path / "link").symlink_to(folder, target_is_directory=True)
    monkeypatch.chdir(folder / "2024")
    for written in ("..", "../../articles", str(tmp_path / "link"), f"{folder}/../articles"):
        assert counts(index.update(Articles(written), prune=True)) == (0, 0, 0, 3)
    (folder / "1.txt").unlink()
    assert counts(index.update(Articles("../*.txt"), prune=True)) == (0, 0, 1, 1)


def test_a_file_keeps_its_id_when_indexed_from_a_folder_below(index: Index, folder: Path) -> None:
    index.update(Articles(folder))
    assert counts(index.update(Articles(folder / "2024"))) == (0, 0, 0, 1)
    assert counts(index.update(Articles(folder / "2024" / "3.txt"))) == (0, 0, 0, 1)
    assert index.stats().documents == 3


def test_a_name_that_is_not_utf8(index: Index, folder: Path) -> None:
    (folder / "bad\udcff.txt").write_text("Жаман ат\n\nМәтін бар.", "utf-8")
    assert counts(index.update(Articles(folder))) == (4, 0, 0, 0)
    assert index.document("bad\\xff.txt").title == "Жаман ат"
    assert counts(index.update(Articles(folder), prune=True)) == (0, 0, 0, 4)


def test_prune_removes_what_is_not_given(index: Index) -> None:
    index.update([SCHOOL, THEATRE])
    assert counts(index.update([SCHOOL])) == (0, 0, 0, 1)
    assert counts(index.update([SCHOOL], prune=True)) == (0, 0, 1, 1)
    assert [d.id for d in (index.document("a"),)] == ["a"]
    with pytest.raises(ArticleNotFound):
        index.document("b")


def test_prune_keeps_to_the_given_paths(index: Index, folder: Path) -> None:
    index.update([SCHOOL])
    index.update(Articles([str(folder)]))
    (folder / "1.txt").unlink()
    (folder / "2024" / "3.txt").unlink()
    assert counts(index.update(Articles([str(folder / "2024")]), prune=True)) == (0, 0, 1, 0)
    assert counts(index.update(Articles([str(folder)]), prune=True)) == (0, 0, 1, 1)
    assert index.document("a") == SCHOOL


def test_prune_keeps_what_could_not_be_read(index: Index, folder: Path) -> None:
    index.update(Articles([str(folder)]))
    (folder / "1.txt").write_bytes(b"")
    changes = index.update(Articles([str(folder)]), prune=True)
    assert (counts(changes), changes.failed) == ((0, 0, 0, 2), 1)
    assert index.document("1.txt").title == "Бірінші"


def test_prune_of_a_missing_folder_removes_nothing(index: Index, folder: Path) -> None:
    index.update(Articles([str(folder)]))
    folder.rename(folder.with_name("away"))
    changes = index.update(Articles([str(folder)]), prune=True)
    assert (changes.removed, changes.failed) == (0, 1)


def test_two_files_of_one_name_are_both_kept(index: Index, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "1.txt").write_text("Другая\n\nСовсем другая статья.", "utf-8")
    for _ in range(2):
        changes = index.update(Articles([folder, other]), prune=True)
        assert (changes.read, changes.removed, changes.failed) == (4, 0, 0)
        assert index.document("1.txt").title == "Бірінші"
        assert index.document("other/1.txt").title == "Другая"
    assert counts(index.update(Articles(other))) == (0, 0, 0, 1)


def test_a_folder_below_first_and_its_parent_later(index: Index, folder: Path) -> None:
    (folder / "2024" / "1.txt").write_text("Төртінші\n\nБасқа мақала.", "utf-8")
    assert counts(index.update(Articles(folder / "2024"))) == (2, 0, 0, 0)
    assert counts(index.update(Articles(folder), prune=True)) == (2, 0, 0, 2)
    assert counts(index.update(Articles(folder), prune=True)) == (0, 0, 0, 4)
    assert {index.document(id_).title for id_ in ("1.txt", "3.txt", "2.txt", "articles/1.txt")} == {
        "Бірінші", "Вторая", "Третья", "Төртінші",
    }  # fmt: skip


def test_one_file_named_twice_is_one_article(index: Index, folder: Path) -> None:
    assert counts(index.update(Articles([folder, folder / "2024", folder / "1.txt"]))) == (3, 0, 0, 0)
    assert index.stats().documents == 3


def test_prune_with_a_name_too_long_for_the_system(index: Index, folder: Path) -> None:
    index.update(Articles(folder))
    (folder / "1.txt").unlink()
    changes = index.update(Articles(["б" * 300, folder]), prune=True)
    assert (counts(changes), changes.failed) == ((0, 0, 1, 2), 1)


def test_prune_keeps_what_is_there_though_it_was_not_met(index: Index, folder: Path) -> None:
    (folder / ".hidden.txt").write_text("Жасырын\n\nМәтін.", "utf-8")
    (folder / "notes.rtf").write_text("Жазба\n\nМәтін.", "utf-8")
    index.update(Articles([folder / ".hidden.txt", folder / "notes.rtf", folder]))
    assert counts(index.update(Articles(folder), prune=True)) == (0, 0, 0, 3)


def test_prune_sees_what_is_gone_from_patterns_links_and_feeds(index: Index, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / "4.txt").write_text("Төртінші\n\nМәтін.", "utf-8")
    (folder / "link").symlink_to(tmp_path / "else", target_is_directory=True)
    feed = folder / "feed.jsonl"
    feed.write_text('{"id": "x", "text": "Бір"}\n{"id": "y", "text": "Екі"}\n', "utf-8")
    index.update(Articles(folder))
    (folder / "1.txt").unlink()
    assert counts(index.update(Articles(f"{folder}/**/*.txt"), prune=True)) == (0, 0, 1, 3)
    (tmp_path / "else" / "4.txt").unlink()
    feed.write_text('{"id": "x", "text": "Бір"}\n', "utf-8")
    assert counts(index.update(Articles(folder), prune=True)) == (0, 0, 2, 3)


def test_a_later_feed_replaces_articles_of_an_earlier_one(index: Index, tmp_path: Path) -> None:
    for name, text in (("monday", "Бірінші нұсқа"), ("tuesday", "Екінші нұсқа")):
        (tmp_path / f"{name}.jsonl").write_text(f'{{"id": "7", "text": "{text}"}}', "utf-8")
        index.update(Articles([str(tmp_path / f"{name}.jsonl")]))
    assert index.document("7").text == "Екінші нұсқа"


def test_a_moved_archive_keeps_its_ids(index: Index, folder: Path) -> None:
    index.update(Articles([str(folder)]))
    moved = folder.rename(folder.with_name("moved"))
    assert counts(index.update(Articles([str(moved)]))) == (0, 3, 0, 0)
    assert index.document("1.txt").path == str(moved / "1.txt")


def test_words_of_later_articles_repair_questions(index: Index) -> None:
    index.update([SCHOOL])
    assert [hit.id for hit in index.search("мектеп турикстанда")] == ["a"]
    assert not index.search("примьера").hits
    index.update([THEATRE])
    found = index.search("примьера")
    assert [hit.id for hit in found] == ["b"]
    assert [correction.understood for correction in found.corrections] == ["премьера"]
    assert not index.search("примьера", options=SearchOptions(Rewrite(spelling=False))).hits
    assert [match.id for match in index.rank("примьера")] == ["b"]


def test_other_analyzers_make_all_documents_stale(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    index.update([SCHOOL, THEATRE])
    for module in ("searchkit.indexing.update", "searchkit.analysis.analyzed_document", "searchkit.searching.search"):
        monkeypatch.setattr(f"{module}.analysis_version", lambda: "kk:9 ru:9")
    assert counts(index.update([SCHOOL])) == (0, 2, 0, 0)
    assert counts(index.update([SCHOOL])) == (0, 0, 0, 1)
    assert [hit.id for hit in index.search("опера")] == ["b"]


def test_many_batches(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update_module, "BATCH", 3)
    documents = [Document(id=str(n), text=f"Мақала {n}", language="kk") for n in range(10)]
    assert counts(index.update(documents)) == (10, 0, 0, 0)
    assert index.search("мақалалар").total == 10


@pytest.mark.parametrize("workers", [1, 2])
def test_of_one_id_in_several_batches_the_last_counts(
    index: Index, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr(update_module, "BATCH", 2)
    texts = [("a", "Бірінші"), ("b", "Екінші"), ("a", "Үшінші"), ("c", "Төртінші"), ("a", "Бесінші")]
    documents = [Document(id=id_, text=text, language="kk") for id_, text in texts]
    assert counts(index.update(documents, workers=workers)) == (3, 0, 0, 0)
    assert [hit.id for hit in index.search("бесінші")] == ["a"]
    assert not index.search("бірінші").total + index.search("үшінші").total


@pytest.mark.parametrize("workers", [1, 2])
def test_what_an_interrupted_update_has_committed_stays(
    index: Index, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr(update_module, "BATCH", 2)

    def failing() -> Iterator[Document]:
        for n in range(5):
            yield Document(id=str(n), text="Мақала", language="kk")
        raise RuntimeError("interrupted")

    with pytest.raises(RuntimeError):
        index.update(failing(), workers=workers)
    assert index.search("мақала", options=SearchOptions(collapse_duplicates=False)).total == 4


def test_rebuild_starts_over(index: Index, folder: Path) -> None:
    index.update([SCHOOL])
    reader = Index.open(folder.parent / "index")
    assert reader.search("мектеп").total == 1
    assert counts(index.rebuild(Articles([str(folder)]))) == (3, 0, 0, 0)
    assert index.stats().documents == reader.stats().documents == 3
    (generation,) = (folder.parent / "index").glob("g*")
    assert generation.name.startswith("g000002-")


def test_a_failed_rebuild_leaves_the_old_index(index: Index, tmp_path: Path) -> None:
    index.update([SCHOOL])

    def failing() -> object:
        yield THEATRE
        raise RuntimeError("interrupted")

    with pytest.raises(RuntimeError):
        index.rebuild(failing())  # type: ignore[arg-type]
    changes = index.rebuild(Articles([str(tmp_path / "nowhere")]))
    assert changes.failed == 1
    assert [hit.id for hit in index.search("мектепте")] == ["a"]
    assert len(list((tmp_path / "index").glob("g*"))) == 1


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


def test_what_interrupted_rebuilds_left_is_cleaned_up(index: Index, tmp_path: Path) -> None:
    index.update([SCHOOL])
    for name in ("g000007-00000000", "g000008-00000000", "g9", "g2024"):
        (tmp_path / "index" / name).mkdir()
        (tmp_path / "index" / name / "MAIN.seg").write_bytes(b"half")
    index.update([SCHOOL])
    assert {entry.name[:7] for entry in (tmp_path / "index").glob("g*")} == {"g000001", "g9", "g2024"}


def test_an_emptied_generation_is_damage(index: Index, tmp_path: Path) -> None:
    index.update([SCHOOL])
    index.close()
    for file in list((tmp_path / "index").glob("g*/*")):
        file.unlink()
    with pytest.raises(IndexDamaged, match="--rebuild"):
        Index.open(tmp_path / "index").search("мектеп")
    assert counts(index.rebuild([SCHOOL])) == (1, 0, 0, 0)


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


def test_one_index_is_asked_by_several_threads_while_it_changes(index: Index, tmp_path: Path) -> None:
    texts = ("Мектепке оқушылар келді", "В школу пришли ученики", "Театр және мектеп", "Жаңа мектептер салынды")
    documents = [Document(id=str(n), text=f"{texts[n % 4]} {n}") for n in range(40)]
    questions = [
        "мектеп",
        "школами",
        "мект*",
        '"жаңа мектеп"',
        "оқушы OR театр",
        "мектеп -театр",
        "lang:ru ученик",
        "мекткп",
    ]
    index.update(documents)

    def answer(question: str) -> list[tuple[str, str, float]]:
        return [(hit.id, hit.snippet.render(), round(hit.score, 6)) for hit in index.search(question)]

    expected = {question: answer(question) for question in questions}
    problems: list[str] = []
    writer = Index.open(tmp_path / "index")
    done = threading.Event()

    def ask(turn: int) -> None:
        while not done.is_set():
            for question in (*questions[turn:], *questions[:turn]):
                if answer(question) != expected[question]:
                    problems.append(question)

    def told(turn: int) -> None:
        try:
            ask(turn)
        except Exception as error:
            problems.append(repr(error))

    threads = [threading.Thread(target=told, args=(turn,)) for turn in range(4)]
    for thread in threads:
        thread.start()
    for turn in range(8):
        if turn % 2:
            writer.rebuild(documents)
        else:
            writer.update([Document(id="0", text=documents[0].text, path=str(turn)), *documents[1:]], prune=True)
            writer.update(documents)
    done.set()
    for thread in threads:
        thread.join()
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


def test_search_fills_in_all_of_a_hit(index: Index) -> None:
    index.update([SCHOOL, THEATRE])
    (hit,) = results = index.search("мектептің ашылуы")
    assert (results.total, len(results), results[0]) == (1, 1, hit)
    assert (hit.rank, hit.id, hit.title, hit.language) == (1, "a", "Жаңа мектеп", "kk")
    assert hit.heading.render("[", "]") == "Жаңа [мектеп]"
    assert hit.snippet.render("[", "]") == "Түркістанда жаңа [мектеп] [ашылды]."
    assert hit.score > 0
    assert results.took_ms > 0


def test_ranks_go_on_over_pages(index: Index) -> None:
    index.update([Document(id=str(n), text="Мақала", language="kk") for n in range(5)])
    assert [(hit.rank, hit.id) for hit in index.search("мақала", limit=2, offset=2)] == [(3, "2"), (4, "3")]


# One piece of news in each script of Kazakh: nothing is shared with the Cyrillic question but what it means.
IN_FOUR_SCRIPTS = {
    "2021": "Kıtaphanağa jaña kıtaptar keldı. Oquşylar olardy şataqsyz bölıp aldy, endı keşke deiın oqidy.",
    "2018": "Kitaphanaǵa jańa kitaptar keldi. Oqýshylar olardy shataqsyz bólip aldy, endi keshke deıin oqıdy.",
    "2017": "Kitaphanag'a jan'a kitaptar keldi. Oqy's'ylar olardy s'ataqsyz bo'lip aldy, endi kes'ke dei'in oqi'dy.",
    "Arab": "كىتاپحاناعا جاڭا كىتاپتار كەلدى. وقۋشىلار ولاردى شاتاقسىز ٴبولىپ الدى، ەندى كەشكە دەيىن وقيدى.",
}


def test_kazakh_in_every_script_is_found_by_a_cyrillic_question(index: Index) -> None:
    index.update([Document(id=script, text=text) for script, text in IN_FOUR_SCRIPTS.items()])
    results = index.search("оқушыларға арналған жаңа кітап")
    assert {hit.id: hit.language for hit in results.hits} == dict.fromkeys(IN_FOUR_SCRIPTS, "kk")
    marked = {hit.id: [hit.snippet.text[a:b] for a, b in hit.snippet.marks] for hit in results.hits}
    assert marked == {
        "2021": ["jaña", "kıtaptar", "Oquşylar"],
        "2018": ["jańa", "kitaptar", "Oqýshylar"],
        "2017": ["jan'a", "kitaptar", "Oqy's'ylar"],
        "Arab": ["جاڭا", "كىتاپتار", "وقۋشىلار"],
    }


def test_exactly_a_form_is_found_in_either_spelling(index: Index) -> None:
    index.update([Document(id=script, text=text) for script, text in IN_FOUR_SCRIPTS.items()])
    assert index.search("!оқушылар").total == 4
    assert [hit.id for hit in index.search("!oquşylar").hits] == ["2021"]
    assert index.search("!оқушы").total == 0


def test_a_question_in_latin_letters_finds_cyrillic_articles(index: Index) -> None:
    index.update([SCHOOL, THEATRE])
    (hit,) = index.search("jaña mektepter aşyldy")
    assert hit.id == SCHOOL.id
    assert [hit.snippet.text[a:b] for a, b in hit.snippet.marks] == ["жаңа", "мектеп", "ашылды"]


def test_an_article_is_found_by_its_author(tmp_path: Path) -> None:
    article = Document(
        id="1", title="О согласии", text="Мир в стране.", author="Маулен Ашимбаев", office="председатель Сената"
    )
    with Index.open(tmp_path) as index:
        index.update([article])
        (hit,) = index.search("Ашимбаеву")
        assert hit.snippet.text == "Мир в стране." and not hit.snippet.marks
        assert [match.id for match in index.rank('"председателя Сената"')] == ["1"]
