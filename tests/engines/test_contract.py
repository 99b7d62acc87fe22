"""What any engine must do. A second engine joins by adding its class to `ENGINES`."""

from __future__ import annotations

import pickle
import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from searchkit.analysis.analyzed_document import analyze_document
from searchkit.analysis.token_offsets import Occurrences
from searchkit.document import Document
from searchkit.engines.base import Engine, EngineFactory, Match, PendingSegments
from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.errors import IndexDamaged, SearchkitError
from searchkit.query.nodes import Boolean, ById, DisMax, Leaf, Phrase, WordGroup
from searchkit.query.parser import parse
from searchkit_analyzers.abbreviations import Abbreviation

ENGINES: list[EngineFactory] = [WhooshEngine]


def article(id_: str, text: str, **fields: str) -> Document:
    return Document(id=id_, text=text, **fields)  # type: ignore[arg-type]


DOCUMENTS = [
    article("1", "Президент подписал указ о награждении.", title="Указ президента", language="ru", date="2022-09-15"),
    article("2", "Сенат обсудил закон. Президент не участвовал.", language="ru", date="2023-01", source="el.kz"),
    article("3", "Мемлекет басшысы жарлыққа қол қойды. Жарлық жарияланды.", language="kk", date="2021", source="el.kz"),
    article("4", "Закон о языках. Тілдер туралы заң қабылданды.", language="kk+ru", author="Айгүл Сейітова"),
    article("5", "Указом отмечен вклад учёных в развитие науки.", language="ru", date="2022-10-01"),
]


@pytest.fixture(params=ENGINES, ids=lambda factory: factory.__name__)
def factory(request: pytest.FixtureRequest) -> EngineFactory:
    return request.param  # type: ignore[no-any-return]


def empty(factory: EngineFactory, folder: Path) -> Engine:
    folder.mkdir()
    factory.create(folder)
    return factory(folder)


@pytest.fixture
def engine(factory: EngineFactory, tmp_path: Path) -> Iterator[Engine]:
    engine = empty(factory, tmp_path / "engine")
    engine.commit(map(analyze_document, DOCUMENTS))
    yield engine
    engine.close()


def found(engine: Engine, question: str, **options: object) -> list[str]:
    ranking = engine.searcher().rank(parse(question).root, **{"limit": 10, **options})  # type: ignore[arg-type]
    return [match.id for match in ranking.matches]


def located(engine: Engine, ids: Sequence[str], words: Sequence[Leaf]) -> list[Occurrences]:
    """Return where words stand in documents that are there."""
    return [each.occurrences for each in engine.searcher().locate(ids, words) if each and each.occurrences]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("указы", {"1", "5"}),
        ("законами", {"2", "4"}),
        ("жарлықтың", {"3"}),
        ("космос", set()),
        ("", set()),
        ("!указ", {"1"}),
        ("!указом", {"5"}),
        ('"президент подписал"', {"1"}),
        ('"подписал президент"', set()),
        ('"президент указ"~5', {"1"}),
        ('"жарлыққа қол қою"', {"3"}),
        ("награжд*", {"1"}),
        ("президент -сенат", {"1"}),
        ("NOT президент", {"3", "4", "5"}),
        ("+президент +сенат", {"2"}),
        ("+президент закон", {"1", "2"}),
        ("(указ | закон) -президент", {"4", "5"}),
        ("title:указ", {"1"}),
        ("title:подписал", set()),
        ("lang:kk", {"3", "4"}),
        ("lang:ru закон", {"2", "4"}),
        ("source:el.kz", {"2", "3"}),
        ("author:сейітова", {"4"}),
        ("date:2022", {"1", "5"}),
        ("date:2022-09", {"1"}),
        ("date:2022-09-16..2023", {"2", "5"}),
        ("date:..2022-09-15", {"1", "3"}),
        ("date:2022 -date:2022-09", {"5"}),
        ("date:2021 OR date:2023", {"2", "3"}),
        ("lang:kk | lang:ru", {"1", "2", "3", "4", "5"}),
        ("сенат OR lang:kk", {"2", "3", "4"}),
        ("президент AND сенат", {"2"}),
        ("title:ук*", {"1"}),
        ('"презид* подпис*"', {"1"}),
        ("!президент", {"1", "2"}),
        ("lang:kk OR (lang:ru сенат)", {"2", "3", "4"}),
        ("о сенате", {"2"}),
        ("о и в", {"1", "4", "5"}),
        ("жарлық -басшылық", {"3"}),  # of the same root as басшысы, but another word
        ("жарлық -(басшылық қол)", set()),
        ("Что подписал президент!", {"1", "2"}),
    ],
)
def test_what_matches(engine: Engine, question: str, expected: set[str]) -> None:
    assert set(found(engine, question)) == expected


def test_a_title_counts_more_than_a_text(engine: Engine) -> None:
    assert found(engine, "указ")[0] == "1"


def test_an_exact_form_ranks_before_another(factory: EngineFactory, tmp_path: Path) -> None:
    engine = empty(factory, tmp_path / "engine")
    engine.commit(
        map(analyze_document, [article("a", "новая школа", language="ru"), article("b", "новой школы", language="ru")])
    )
    assert found(engine, "школы") == ["b", "a"]


def test_pages(engine: Engine) -> None:
    everything = found(engine, "-космос")
    assert len(everything) == 5
    assert found(engine, "-космос", limit=2) == everything[:2]
    assert found(engine, "-космос", limit=2, offset=3) == everything[3:]
    assert found(engine, "-космос", offset=50) == []
    assert found(engine, "-космос", limit=0) == []


def test_sorted_by_date_newest_first_and_undated_last(engine: Engine) -> None:
    assert found(engine, "-космос", sort="date") == ["2", "5", "1", "3", "4"]
    assert found(engine, "-космос", sort="date", limit=2) == ["2", "5"]


def test_totals_and_facets_count_all_matches(engine: Engine) -> None:
    ranking = engine.searcher().rank(parse("закон указ жарлық").root, limit=1)
    assert ranking.total == 5
    assert len(ranking.matches) == 1
    assert ranking.facets["language"] == {"ru": 4, "kk": 2}
    assert ranking.facets["year"] == {"2022": 2, "2021": 1, "2023": 1}
    assert ranking.facets["source"] == {"el.kz": 2}
    assert ranking.facets["author"] == {"Айгүл Сейітова": 1}


def test_rare_words_have_a_higher_idf(engine: Engine) -> None:
    question = parse("президент сенат")
    president, senate = engine.searcher().statistics(question.leaves)
    assert senate.idf > president.idf > 0


def test_the_best_are_those_of_the_ranking(engine: Engine) -> None:
    root, view = parse("президент сенат указ").root, engine.searcher()
    ranked = view.rank(root, limit=9, collapse_duplicates=False).matches
    assert len(ranked) > 2
    assert [view.best(root, limit) for limit in (0, 2, 9)] == [(), ranked[:2], ranked]


def test_rarities_count_documents(engine: Engine) -> None:
    rarities = engine.searcher().statistics(parse("президентом сенат !указом подпис* космос").leaves)
    assert rarities == [(2, 5), (1, 5), (1, 5), (1, 5), (0, 5)]


def test_explanations_add_up_to_scores(engine: Engine) -> None:
    root = parse('указы "президент подписал" (закон -сенат) title:указ ука* !указом lang:ru').root
    view = engine.searcher()
    matches = view.rank(root, limit=9).matches
    explanations = view.explain(root, [match.id for match in matches])
    assert [sum(reason.points for reason in each) for each in explanations] == pytest.approx([m.score for m in matches])
    assert [reason.word for reason in explanations[0]] == [
        "указы", '"президент подписал"', "закон", "title:указ", "ука*", "!указом",
    ]  # fmt: skip
    assert view.explain(root, ["unknown"]) == [()]


def test_one_document_can_be_left_out(engine: Engine) -> None:
    root = Boolean(should=parse("указ").leaves, must_not=(ById("5"),))
    assert [match.id for match in engine.searcher().rank(root, limit=9).matches] == ["1"]
    assert engine.searcher().rank(ById("5"), limit=9).matches == (Match("5", 0.0),)
    assert engine.searcher().rank(ById("unknown"), limit=9).total == 0


def test_documents_come_back_as_they_were(engine: Engine) -> None:
    assert [engine.searcher().document(document.id) for document in DOCUMENTS] == DOCUMENTS
    assert engine.searcher().document("6") is None


def test_words_are_found_where_they_stand(engine: Engine) -> None:
    words = parse('президент "указы" !наукой подпис* сенате').leaves
    second, first = located(engine, ["2", "1"], words)
    assert [(o.start, o.end, o.position, words[o.leaf].text) for o in first.in_title] == [
        (0, 4, 0, "указы"),
        (5, 15, 1, "президент"),
    ]
    assert [(o.start, o.end, o.position, words[o.leaf].text) for o in first.in_text] == [
        (0, 9, 0, "президент"),
        (10, 18, 1, "подпис*"),
        (19, 23, 2, "указы"),
    ]
    assert [words[o.leaf].text for o in second.in_text] == ["сенате", "президент"]
    two, unknown = engine.searcher().locate(["2", "unknown"], words)
    assert two is not None
    assert two.document == engine.searcher().document("2")
    assert unknown is None


def test_words_are_found_after_commits(engine: Engine) -> None:
    words = parse("жарлық !указом").leaves
    engine.commit([analyze_document(article("6", "Жарлық. Жарлыққа указом.", language="kk"))], {"1", "2"})
    found = located(engine, ["6", "3", "5", "4"], words)
    assert [[o.start for o in each.in_text] for each in found] == [[0, 8, 17], [17, 37], [0], []]


def test_replacing_and_removing(engine: Engine) -> None:
    engine.commit([analyze_document(article("1", "Совсем другое.", language="ru"))], {"2", "unknown"})
    assert found(engine, "президент") == []
    assert found(engine, "другой") == ["1"]
    assert engine.searcher().document("2") is None
    assert set(engine.searcher().states()) == {"1", "3", "4", "5"}
    assert engine.searcher().stats().documents == 4


def test_states_tell_digests(engine: Engine) -> None:
    states = engine.searcher().states()
    assert {id_: state.digest for id_, state in states.items()} == {d.id: d.digest for d in DOCUMENTS}
    assert len({state.analysis for state in states.values()}) == 1


def test_an_error_while_adding_leaves_all_as_it_was(engine: Engine) -> None:
    def failing() -> Iterator[object]:
        yield analyze_document(article("9", "Новое."))
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        engine.commit(failing(), {"1"})  # type: ignore[arg-type]
    assert set(engine.searcher().states()) == {d.id for d in DOCUMENTS}
    engine.commit([analyze_document(article("9", "Новое."))])
    assert "9" in engine.searcher().states()


def test_what_was_stored_elsewhere_is_seen_when_it_is_committed(engine: Engine) -> None:
    store = pickle.loads(pickle.dumps(engine.pending_writer()))
    parts = [store([analyze_document(article(id_, "Космос близко."))]) for id_ in ("1", "8", "9")]
    assert found(engine, "космос") == []
    engine.commit([analyze_document(article("6", "Космос близко."))], {"2"}, parts)
    assert found(engine, "космос") == ["1", "6", "8", "9"]
    assert engine.searcher().states().keys() == {"1", "3", "4", "5", "6", "8", "9"}


def test_where_a_commit_fails_what_was_stored_elsewhere_goes(engine: Engine, tmp_path: Path) -> None:
    def stored() -> Iterator[PendingSegments]:
        yield engine.pending_writer()([analyze_document(article("9", "Космос близко."))])
        asked.append("9")

    asked, files = [], sorted((tmp_path / "engine").iterdir())
    with pytest.raises(ZeroDivisionError):
        engine.commit((analyze_document(article(str(1 // number), "Космос")) for number in (1, 0)), (), stored())
    assert asked == ["9"]
    assert sorted((tmp_path / "engine").iterdir()) == files
    assert found(engine, "космос") == []


def test_the_order_of_commits_does_not_change_scores(engine: Engine, factory: EngineFactory, tmp_path: Path) -> None:
    other = empty(factory, tmp_path / "other")
    for document in reversed(DOCUMENTS):
        other.commit([analyze_document(document)])
    other.commit([analyze_document(DOCUMENTS[2])])
    for question in ("указ президента", "закон", '"жарлыққа қол"', "президент -сенат"):
        first, second = (e.searcher().rank(parse(question).root, limit=9).matches for e in (engine, other))
        assert [(m.id, round(m.score, 9)) for m in first] == [(m.id, round(m.score, 9)) for m in second]


def test_another_process_s_commits_are_seen(engine: Engine, factory: EngineFactory, tmp_path: Path) -> None:
    reader = factory(tmp_path / "engine")
    assert found(reader, "космос") == []
    engine.commit([analyze_document(article("6", "Космос близко."))])
    assert found(reader, "космос") == ["6"]


def test_a_view_stays_what_it_was(engine: Engine) -> None:
    view = engine.searcher()
    before = view.rank(parse("указ").root, limit=9)
    engine.commit([analyze_document(article("6", "Указ о другом."))], {"1", "5"})
    assert view.rank(parse("указ").root, limit=9) == before
    assert view.document("1") == DOCUMENTS[0]
    assert view.document("6") is None
    assert found(engine, "указ") == ["6"]


def test_reopening(engine: Engine, factory: EngineFactory, tmp_path: Path) -> None:
    engine.close()
    again = factory(tmp_path / "engine")
    assert found(again, "указ")[0] == "1"


def test_a_whole_index_verifies(engine: Engine) -> None:
    assert list(engine.searcher().verify()) == []


def test_an_empty_engine_answers(factory: EngineFactory, tmp_path: Path) -> None:
    engine = empty(factory, tmp_path / "engine")
    assert found(engine, "указ") == []
    assert engine.searcher().states() == {}
    assert engine.searcher().stats().documents == 0
    assert list(engine.searcher().verify()) == []


def test_an_emptied_folder_is_damage_and_no_empty_engine(
    engine: Engine, factory: EngineFactory, tmp_path: Path
) -> None:
    engine.close()
    for file in (tmp_path / "engine").iterdir():
        file.unlink()
    with pytest.raises(IndexDamaged):
        factory(tmp_path / "engine").searcher()
    assert list((tmp_path / "engine").iterdir()) == []


def test_flipped_bytes_are_told_or_harmless(factory: EngineFactory, tmp_path: Path) -> None:
    """Every error is one of ours: no traceback of the engine's reaches a user."""
    empty(factory, tmp_path / "whole").commit(map(analyze_document, DOCUMENTS))
    chance = random.Random(1)
    files = sorted(file for file in (tmp_path / "whole").iterdir() if file.stat().st_size)
    for number in range(60):
        broken = shutil.copytree(tmp_path / "whole", tmp_path / str(number))
        file = broken / chance.choice(files).name
        content = bytearray(file.read_bytes())
        at = chance.randrange(len(content))
        if number % 3:
            content[at] ^= 1 << chance.randrange(8)
        else:
            del content[at:]
        file.write_bytes(content)
        with suppress(SearchkitError):
            list(factory(broken).searcher().verify())
        with suppress(SearchkitError):
            found(factory(broken), '"президент подписал" указ закон')


def test_an_expanded_prefix_is_complete_whatever_the_segments(factory: EngineFactory, tmp_path: Path) -> None:
    documents = [article(str(n), f"приказ{n}", language="ru") for n in range(700)]
    engine = empty(factory, tmp_path / "engine")
    engine.commit(map(analyze_document, documents[:350]))
    engine.commit(map(analyze_document, documents[350:]))
    assert engine.searcher().rank(parse("при*").root, limit=1).total == 700


@pytest.mark.parametrize(
    ("word", "known"),
    [("указ", (2, 1)), ("указом", (1, 1)), ("президент", (2, 2)), ("тіл", (1, 0)), ("космос", (0, 0))],
)
def test_how_many_documents_hold_a_word(engine: Engine, word: str, known: tuple[int, int]) -> None:
    assert engine.searcher().words().find(word) == (word, *known)


def test_words_of_many_commits_are_counted_together(factory: EngineFactory, tmp_path: Path) -> None:
    engine = empty(factory, tmp_path / "engine")
    for number in range(20):
        engine.commit(
            [analyze_document(article(str(number), "Сенат принял закон. Заңдарды сенат қабылдады.", language="kk+ru"))]
        )
    vocabulary = engine.searcher().words()
    assert vocabulary.find("сенат") == ("сенат", 20, 20)
    assert vocabulary.find("заң") == ("заң", 20, 0)
    assert vocabulary is engine.searcher().words()
    engine.close()


def test_names_and_titles_of_many_commits_go_with_their_articles(factory: EngineFactory, tmp_path: Path) -> None:
    engine = empty(factory, tmp_path / "engine")
    text = "Ассамблея народа Казахстана (АНК)"
    for number in range(20):
        engine.commit([analyze_document(Document(id=str(number), title=f"Қазақ елі {number}", text=text))])
    engine.commit([], remove=["7", "19"])
    view = engine.searcher()
    assert view.abbreviations() == (Abbreviation("АНК", "Ассамблея народа Казахстана", 18),)
    assert set(view.titles("казак е", 99)) == {f"Қазақ елі {number}" for number in range(20) if number not in (7, 19)}
    assert view.titles("елі 1", 1)[0].startswith("Қазақ елі 1")
    assert view.titles("зақ", 99) == view.titles("²", 99) == view.titles("", 99) == []
    engine.close()


def test_titles_that_begin_so_come_first(factory: EngineFactory, tmp_path: Path) -> None:
    engine = empty(factory, tmp_path / "engine")
    names = ("О законе", "Закон", "О законах", "Законы")
    engine.commit(analyze_document(Document(id=name, title=name)) for name in names)
    titles = engine.searcher().titles("закон", 99)
    assert set(titles[:2]) == {"Закон", "Законы"}
    assert set(titles[2:]) == {"О законе", "О законах"}
    engine.close()


def test_another_name_counts_instead_of_what_was_asked_for_not_beside_it(engine: Engine) -> None:
    words = WordGroup("указ", ("указ",)), WordGroup("закон", ("закон",))
    asked, name = Boolean(should=words[:1]), Phrase(words[1:])
    scores, both = (
        {match.id: match.score for match in engine.searcher().rank(node, limit=10).matches}
        for node in (asked, DisMax(asked, ((name, 0.5),)))
    )
    assert set(both) > set(scores)
    assert all(both[id_] == score for id_, score in scores.items())
    assert max(both[id_] for id_ in set(both) - set(scores)) < max(scores.values())


def test_a_word_that_may_mean_another_finds_both_and_is_one_word(engine: Engine) -> None:
    either = WordGroup("указ", ("указ",), supposed=(("закон", 0.5),))
    ranking = engine.searcher().rank(Boolean(should=(either,)), limit=10)
    assert {match.id for match in ranking.matches} == {"1", "2", "4", "5"}
    assert ranking.matches[0].id == "1"
    (places,) = located(engine, ["2"], [either])
    assert [(at.start, at.end) for at in places.in_text] == [(14, 19)]
    phrase = Phrase((WordGroup("обсудить", ("обсудить",)), either))
    assert [match.id for match in engine.searcher().rank(phrase, limit=10).matches] == ["2"]
