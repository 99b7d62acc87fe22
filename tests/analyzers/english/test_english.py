"""English words, and English documents and queries through an index."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import Document, Index
from searchkit_analyzers import ANALYZER, LANGUAGES, analyze, is_function_word
from searchkit_analyzers.english.morphology import _NO_SUFFIX_ENDS_IN, ENGLISH
from searchkit_analyzers.snowball import stemmer
from tests.conftest import TESTS, cases

REPORT = """The elections were held in March. Observers from the OSCE said that the children of voters
had been to the polling stations with their parents, and that women's rights were respected."""


@pytest.mark.parametrize(("form", "lemma", "why"), cases(TESTS / "analyzers" / "english" / "lemmas.txt"))
def test_lemma(form: str, lemma: str, why: str) -> None:
    (token,) = analyze(form, "en")
    assert lemma in token.lemmas, why
    assert token.language == "en"
    assert token.coarse == ()


@given(st.from_regex("[a-z]{1,20}", fullmatch=True))
def test_the_word_as_written_stays_a_term(word: str) -> None:
    (token,) = analyze(word, "en")
    assert word in token.lemmas
    assert word == token.forms[0]


@given(st.text(max_size=60))
def test_any_text_has_terms(word: str) -> None:
    assert all(ENGLISH.terms(word).lemmas) or not word


@given(st.from_regex("[a-z]{0,12}", fullmatch=True), st.sampled_from(sorted(_NO_SUFFIX_ENDS_IN)))
def test_words_that_end_without_a_suffix_need_no_stemmer(word: str, ending: str) -> None:
    assert stemmer("english").stemWord(word + ending) == word + ending


@pytest.mark.parametrize("word", ["UNESCO", "bank", "Halyk"])
def test_names_load_no_stemmer(word: str) -> None:
    code = f"""if True:
        import sys
        from searchkit_analyzers import ANALYZER
        ANALYZER.analyze_query({word!r})
        assert "snowballstemmer" not in sys.modules
        """
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_function_words_count_in_english_only() -> None:
    assert is_function_word("the", "en")
    assert is_function_word("It", "en")
    assert not is_function_word("it")  # IT компания
    assert not is_function_word("men", "kk")
    assert not is_function_word("election", "en")


def test_there_is_no_dictionary() -> None:
    assert not LANGUAGES["en"].morphology.knows("election")


@pytest.mark.parametrize("query", ["presidential elections", "elections in Kazakhstan", "tax codes", "news"])
def test_a_query_has_english_terms_beside_the_words(query: str) -> None:
    for token in ANALYZER.analyze_query(query):
        stem = next(iter(analyze(token.surface, "en"))).lemmas[0]
        assert {stem, token.surface.lower()} <= set(token.lemmas)


@pytest.mark.parametrize(
    "query", ["kazakstan prezidenti kim", "balalar", "men sen biz", "zhumys tabu", "privet kak dela"]
)
def test_a_query_in_other_latin_words_has_none(query: str) -> None:
    assert [token.lemmas for token in ANALYZER.analyze_query(query)] == [(word,) for word in query.split()]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    index = Index.open(tmp_path_factory.mktemp("english"))
    index.update(
        [
            Document(id="en", title="Presidential elections", text=REPORT),
            Document(id="kk", title="Сайлау", text="Қазақстанда сайлау өтті. Байқаушылар есеп берді."),
            Document(id="ru", title="Выборы", text="Прошли выборы. Компания Apple показала iPhone."),
            Document(id="kk+en", title="Есеп", text=f"Байқаушылардың есебі ағылшын тілінде жарияланды.\n{REPORT}"),
        ]
    )
    return index


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("child", {"en", "kk+en"}),
        ("election observer", {"en", "kk+en"}),
        ("woman's right", {"en", "kk+en"}),
        ("voter", {"en", "kk+en"}),
        ("elections", {"en", "kk+en"}),
        ("iphone", {"ru"}),
        ("сайлау", {"kk"}),
    ],
)
def test_english_queries(index: Index, query: str, found: set[str]) -> None:
    assert {hit.id for hit in index.search(query)} == found


def test_documents_have_their_languages(index: Index) -> None:
    hits = index.search("child").hits
    assert {hit.id: set(hit.language.split("+")) for hit in hits} == {"en": {"en"}, "kk+en": {"en", "kk"}}


def test_a_query_is_filtered_by_language(index: Index) -> None:
    assert {hit.id for hit in index.search("child lang:en")} >= {"en"}
    assert not index.search("child lang:ru").hits


def test_snippets_mark_english_forms(index: Index) -> None:
    (hit,) = [hit for hit in index.search("child") if hit.id == "en"]
    assert "[children]" in hit.snippet.render("[", "]")


def test_the_command_analyzes_english() -> None:
    command = [sys.executable, "-m", "searchkit", "analyze", "Children went", "--language", "en"]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, cwd=Path(__file__).parents[3])
    assert result.returncode == 0, result.stderr
    assert "child" in result.stdout
