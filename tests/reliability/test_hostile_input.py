"""Hostile or random articles and queries: all are read, offsets are valid, nothing hangs."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit import Articles, Document, Index, SearchOptions, parse
from searchkit_analyzers import analyze
from tests.conftest import cases
from tests.reliability.conftest import article, times

LETTERS = 60_000
LONGEST = 120
"""Seconds of processor time after which a test or an example hangs; it should take under one."""
REPEATED = [line for (line,) in cases(Path(__file__).parent / "repeated.txt")]
QUERIES = cases(Path(__file__).parent / "queries.txt")

texts = st.one_of(
    st.text(max_size=200),
    st.text("аәбгқлнстуыіьйё -–.,«»\"'0129aiqz\u0301\u00ad\n", max_size=200),
    st.text(st.characters(codec=None, categories=("Cs", "Cf", "Cc", "Mn", "Lu")), max_size=100),
    st.lists(st.sampled_from(REPEATED), max_size=60).map("".join),
)
queries = st.one_of(
    texts,
    st.lists(
        st.sampled_from(["мектеп", "(", ")", '"', "-", "+", "OR", "NOT", "*", "~5", "date:", "lang:kk", "!", "title:"])
    ).map(" ".join),
)


def _report_hang(*_: object) -> None:
    raise TimeoutError(f"this takes more than {LONGEST} seconds")


def _restart_timer() -> None:
    """Restart the timer for a test or an example."""
    signal.setitimer(signal.ITIMER_PROF, LONGEST)


@pytest.fixture(autouse=True)
def _no_hang() -> Iterator[None]:
    before = signal.signal(signal.SIGPROF, _report_hang)
    _restart_timer()
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)


@settings(max_examples=times(150, 20_000))
@given(texts)
def test_offsets_are_of_the_text_as_given(text: str) -> None:
    _restart_timer()
    for language in ("auto", "kk", "ru"):
        at, position = 0, 0
        for token in analyze(text, language):
            assert at <= token.start <= token.end <= len(text)
            assert token.surface == text[token.start : token.end]
            assert token.position >= position
            at, position = token.start, token.position


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    index = Index.open(tmp_path_factory.mktemp("hostile") / "index")
    index.update([article(str(n)) for n in range(20)])
    return index


@settings(max_examples=times(100, 5_000))
@given(query=queries)
def test_any_query_is_answered(index: Index, query: str) -> None:
    _restart_timer()
    for hit in index.search(query):
        assert all(0 <= start < end <= len(hit.snippet.text) for start, end in hit.snippet.marks)


@pytest.mark.parametrize(("piece", "count", "hint"), QUERIES)
def test_queries_of_repeated_text(index: Index, piece: str, count: str, hint: str) -> None:
    for between in ("", " "):
        results = index.search((piece + between) * int(count))
        assert all(len(each) < 200 for each in results.hints)
    assert hint in " ".join(results.hints)


@pytest.mark.parametrize("piece", REPEATED)
def test_repeated_text(piece: str) -> None:
    text = piece * (LETTERS // len(piece))
    assert all(token.surface == text[token.start : token.end] for token in analyze(text))
    parse(text[: LETTERS // 10])


@pytest.mark.parametrize("ending", [".txt", ".html", ".jsonl", ".json", ".md", ".xml", ".csv", ".mht"])
def test_files_of_repeated_text(ending: str, tmp_path: Path) -> None:
    pieces = [*REPEATED, "<div>", "<", "<!--", "<a href='", "&", "[", '{"a":', "> ", "`", "<item>", '"']
    for number, piece in enumerate(pieces):
        (tmp_path / f"{number}{ending}").write_text(piece * (LETTERS // 3 // len(piece)), "utf-8", "surrogatepass")
    articles = Articles([str(tmp_path)])
    read = {document.path for document in articles} | {failure.path for failure in articles.failures}
    assert len(read) == len(pieces)


def test_a_file_of_200_mb_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with (tmp_path / "line.txt").open("wb") as file:
        file.write("мақала".encode())
        file.truncate(200 * 2**20)
    articles = Articles([str(tmp_path)])
    assert list(articles) == []
    assert [failure.error for failure in articles.failures] == ["is too large for one article (200 MB, at most 64)"]


def test_an_article_of_one_letter(tmp_path: Path) -> None:
    count = times(100_000, 10_000_000)
    with Index.open(tmp_path / "index") as index:
        index.update([Document(id="1", text="а " * count, language="ru")])
        (hit,) = index.search("!а")
        assert len(hit.document.text) > count


@settings(max_examples=times(20, 2_000))
@given(
    content=st.binary(max_size=2_000),
    ending=st.sampled_from([".txt", ".html", ".jsonl", ".json", ".md", ".xml", ".zip"]),
)
def test_files_of_any_bytes(content: bytes, ending: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    _restart_timer()
    folder = tmp_path_factory.mktemp("bytes")
    (folder / f"file{ending}").write_bytes(content)
    list(Articles([str(folder)]))


def test_odd_texts_are_found(tmp_path: Path) -> None:
    odd = ["\ud800 мектеп", "мектеп\0", "мектеп " * 5_000, "м" * 30_000 + " мектеп", "\u202eмектеп"]
    with Index.open(tmp_path / "index") as index:
        documents = [Document(id=f"{n}\udfff", title=text[:50], text=text) for n, text in enumerate(odd)]
        index.update(documents)
        assert index.search("мектеп", options=SearchOptions(collapse_duplicates=False)).total == len(odd)
        assert [index.document(document.id) for document in documents] == documents
        assert list(index.verify()) == []


@pytest.mark.parametrize(
    "name", ["../../outside", "/etc/passwd", "..", "a/../../b", "nul\0", "g000001-00000000", "кк/і"]
)
def test_ids_lead_nowhere(name: str, tmp_path: Path) -> None:
    with Index.open(tmp_path / "deep" / "index") as index:
        index.update([Document(id=name, text="мектеп", path=name)])
        assert index.document(name).text == "мектеп"
        assert list(index.verify()) == []
    assert [path.name for path in tmp_path.iterdir()] == ["deep"]
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["index"]
