"""Queries match other names: those of aliases.txt, and those from documents and users."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchkit import Document, Index, Rewrite, SearchkitError, SearchOptions
from searchkit.results import Results
from searchkit.understanding.word_lists import read_synonyms
from tests.conftest import Run, cases

CASES = cases(Path(__file__).with_name("aliases.txt"))
TEXTS = list(dict.fromkeys(text for _, text, _ in CASES))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.open(tmp_path_factory.mktemp("names") / "index") as index:
        index.update(Document(id=str(number), text=text) for number, text in enumerate(TEXTS))
        yield index


def added(results: Results) -> set[str]:
    return {each.added for each in results.synonyms}


def texts(results: Results) -> list[str]:
    return [hit.document.text for hit in results]


@pytest.mark.parametrize(("query", "text", "name"), CASES)
def test_queries_find_other_names(index: Index, query: str, text: str, name: str) -> None:
    results = index.search(query, limit=100)
    assert (text in texts(results)) == (name != "-")
    assert name == "-" or name in added(results)


@pytest.mark.parametrize(("query", "text"), [case[:2] for case in CASES if case[2] != "-"])
def test_without_synonyms_these_texts_are_not_found_first(index: Index, query: str, text: str) -> None:
    results = index.search(query, options=SearchOptions(Rewrite.NONE), limit=1)
    assert text not in texts(results)
    assert not results.synonyms


def test_listed_names_need_no_dictionary() -> None:
    """Nearly every query has a word that begins like one.

    analyzers/tools/list_russian.py lists their lemmas.
    """
    code = """if True:
        import sys
        from searchkit.understanding.expansion import aliases
        from searchkit.understanding.expansion.expressions import analyzed
        for entry in (*aliases.of_names(aliases.synonym_groups()), *aliases.of_other_words()):
            for expression in (entry.expression, *entry.others):
                assert analyzed(expression) and "pymorphy3" not in sys.modules, expression
        """
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_a_typed_name_scores_more_than_an_alias(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        index.update([Document(id="other", text="Пленум ООН"), Document(id="asked", text="Пленум БҰҰ")])
        results = index.search("БҰҰ")
    assert [hit.id for hit in results] == ["asked", "other"]
    assert results[0].score > results[1].score > 0


def test_all_required_words_or_an_alias_match(index: Index) -> None:
    assert texts(index.search("+Ассамблея +народа +Казахстана", options=SearchOptions(Rewrite(synonyms=False)))) == [
        "Состоялась сессия Ассамблеи народа Казахстана"
    ]
    assert "ҚХА мүшелері жиналды" in texts(index.search("+Ассамблея +народа +Казахстана"))


def test_excluded_words_are_not_expanded(index: Index) -> None:
    assert "ҚХА мүшелері жиналды" in texts(index.search("ҚХА -АНК"))


def test_marks_stand_on_whole_names_only(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        index.update([Document(id="1", text="Народ и власть. Сессия Ассамблеи народа Казахстана. Народ рад.")])
        (hit,) = index.search("ҚХА")
    assert hit.snippet.render("[", "]") == "Сессия [Ассамблеи] [народа] [Казахстана]. Народ рад."


def test_abbreviations_are_learned_from_documents_and_forgotten_with_them(tmp_path: Path) -> None:
    taught = Document(id="taught", text="Клуб юных техников Павлодара (КЮТП) открылся.")
    other = Document(id="other", text="Заседание КЮТП")
    with Index.open(tmp_path) as index:
        index.update([taught])
        index.update([other])
        results = index.search("Клуб юных техников Павлодара")
        assert {hit.id for hit in results} == {"taught", "other"}
        assert [(each.added, each.kind) for each in results.synonyms if each.kind == "learned"] == [("КЮТП", "learned")]
        index.update([other], prune=True)
        assert not index.search("Клуб юных техников Павлодара").hits


def test_an_abbreviation_that_is_an_ordinary_word_is_learned_as_an_abbreviation(tmp_path: Path) -> None:
    """Сапа is quality: only САПА means the school, and the school is not searched as сапа."""
    texts = ["Спорт академиясының павлодарлық аймағы (САПА) ашылды", "Нанның сапасы", "САПА-ның оқушылары"]
    with Index.open(tmp_path) as index:
        index.update(Document(id=text, text=text) for text in texts)
        found = index.search("Спорт академиясының павлодарлық аймағы")
        assert {hit.id for hit in found} == {texts[0], texts[2]}
        assert not index.search("сапа").synonyms
        assert added(index.search("САПА")) == {"Спорт академиясының павлодарлық аймағы"}


def test_an_abbreviation_of_several_things_is_not_learned(tmp_path: Path) -> None:
    texts = ["Клуб юных техников (КЮТ)", "Кодекс южных территорий (КЮТ)"]
    with Index.open(tmp_path) as index:
        index.update(Document(id=text, text=text) for text in texts)
        assert not index.search("КЮТ").synonyms


def test_users_add_synonyms(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("# ours\nШымбұлақ = Чимбулак = горнолыжный курорт\n", "utf-8")
    (tmp_path / "a.txt").write_text("Новости\n\nНа горнолыжном курорте выпал снег.", "utf-8")
    run("index", "a.txt")
    assert run("search", "Шымбұлақ").returncode == 1
    result = run("search", "Шымбұлақ", "--synonyms", "own.txt", "--json")
    assert {"typed": "Шымбұлақ", "added": "горнолыжный курорт", "kind": "synonym"} in json.loads(result.stdout)[
        "synonyms"
    ]
    assert "горнолыжный курорт" in result.stderr


def test_marks_of_members(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("?ru:ЕС = ?ЕС:2 = kk:ЕО = !БАҚ", "utf-8")
    (group,) = read_synonyms(tmp_path / "own.txt")
    assert [tuple(member) for member in group] == [
        ("ЕС", "ru", True, True),
        ("ЕС:2", "", True, False),
        ("kk:ЕО", "", False, False),
        ("БАҚ", "", True, True),
    ]


@pytest.mark.parametrize("line", ["АНК", "АНК =", "= ҚХА", "АНК = !"])
def test_a_line_without_a_group_is_an_error(tmp_path: Path, line: str) -> None:
    (tmp_path / "own.txt").write_text(f"# ours\n{line}\n", "utf-8")
    with pytest.raises(SearchkitError, match=r"own\.txt, line 2: "):
        Index.open(tmp_path / "index", synonyms=tmp_path / "own.txt")


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SearchkitError, match="own"):
        Index.open(tmp_path / "index", synonyms=tmp_path / "own.txt")
