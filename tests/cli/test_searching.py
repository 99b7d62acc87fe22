"""The verbs search and show: listings, JSON, corrections, explanations."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import sentence
from tests.conftest import CORPUS, Run


def test_search_prints_marked_snippets(run: Run, index: Path) -> None:
    result = run("search", "Жайықтағы тасқыннан", "--index", index, "-n", "2")
    assert result.returncode == 0
    assert result.stdout.startswith("1. ")
    assert "kk/01-zhaiyq-tasqyn.txt" in result.stdout
    assert re.search(r"\*\*Жайық\w*\*\*", result.stdout)
    assert re.search(r"^1 articles? with all words, \d+ with some, in \d+ ms\n\Z", result.stderr, re.M)


def test_words_of_a_query_need_no_quotes(run: Run, index: Path) -> None:
    def found(*words: str) -> dict[str, object]:
        answer = json.loads(run("search", *words, "--index", index, "--json").stdout)
        return {name: value for name, value in answer.items() if name != "took_ms"}

    assert found("облыс", "әкімі", "-сенат") == found("облыс әкімі -сенат")
    assert found('"облыс әкімі"', "тасқын") == found('"облыс әкімі" тасқын')
    assert (
        run("suggest", "Жайық", "тас", "--index", index).stdout == run("suggest", "Жайық тас", "--index", index).stdout
    )


def test_a_mistyped_option_is_no_word(run: Run, index: Path) -> None:
    told = "there is no option {}: {}; a word to leave out takes one minus"
    meant = told.format("--limt", "did you mean --limit")
    assert sentence(run("suggest", "әкім", "--limt", "--index", index)) == meant
    meant = told.format("--surce=el.kz", "did you mean --source")
    assert sentence(run("search", "әкім", "--surce=el.kz", "--index", index)) == meant
    meant = told.format("--барлығы", "see --help")
    assert sentence(run("search", "әкім", "--барлығы", "--index", index)) == meant


def test_search_as_json(run: Run, index: Path) -> None:
    result = run("search", "присяжные заседатели", "--index", index, "--json", "-n", "1")
    found = json.loads(result.stdout)
    assert result.stderr == ""
    assert {"query", "total", "took_ms", "corrections", "facets", "hits"} <= set(found)
    assert set(found["facets"]) == {"language", "year", "month", "source", "author"}
    (hit,) = found["hits"]
    assert {
        "rank", "score", "id", "title", "language", "date", "source", "author", "url", "path", "snippet",
    } <= set(hit)  # fmt: skip
    text = hit["snippet"]["text"]
    assert [text[start:end] for start, end in hit["snippet"]["marks"]]
    assert found["total"] >= 1


@pytest.mark.parametrize(
    ("typed", "remark"),
    [
        ("жайыктагы таскын", "«жайықтағы тасқын» сұрауы бойынша көрсетілді; дәл іздеу: !жайыктагы !таскын"),
        ("бюджттің үлесі", "«бюджеттің үлесі» сұрауы бойынша көрсетілді; дәл іздеу: !бюджттің үлесі"),
        ("gfdjlrf", "Показано по запросу «паводка»; искать точно: !gfdjlrf"),
        ("!gfdjlrf", ""),
    ],
)
def test_corrections_are_printed(run: Run, index: Path, typed: str, remark: str) -> None:
    result = run("search", typed, "--index", index, "--json")
    assert [line for line in result.stderr.splitlines() if "!" in line] == list(filter(None, [remark]))
    corrections = json.loads(result.stdout)["corrections"]
    assert [correction["typed"] for correction in corrections] == re.findall(r"!(\w+)", remark)
    assert all(set(correction) == {"typed", "understood", "kind"} for correction in corrections)


def test_search_explains(run: Run, index: Path) -> None:
    command = ("search", "присяжные о приговоре", "--index", index, "-n", "1", "--explain")
    (hit,) = json.loads(run(*command, "--json").stdout)["hits"]
    assert [reason["word"] for reason in hit["explanation"]] == ["присяжные", "приговоре", "о"]
    assert set(hit["explanation"][0]) == {"word", "terms", "articles", "of", "idf", "weight", "points", "percent"}
    assert hit["explanation"][0]["terms"][0].keys() == {"term", "how", "title", "text"}
    assert sum(reason["points"] for reason in hit["explanation"]) == pytest.approx(hit["score"], abs=0.001)
    assert sum(reason["percent"] for reason in hit["explanation"]) == pytest.approx(100, abs=0.2)
    plain = run(*command).stdout
    assert re.search(rf"^   {hit['score']:.2f} points:\n     \d+ % присяжные: \d+\.\d\d points, “присяжн", plain, re.M)


def test_search_for_similar_articles(run: Run, index: Path) -> None:
    found = json.loads(run("search", "--similar", "kk/04-boks-miras-altyn.txt", "--index", index, "--json").stdout)
    ids = [hit["id"] for hit in found["hits"]]
    assert ids[0] == "kk/qysqa-zhanalyqtar.jsonl#kk-short-001"
    assert "kk/04-boks-miras-altyn.txt" not in ids
    assert "Жақсыбеков" in found["query"].split()
    russian = run("search", "--similar", ids[0], "--lang", "ru", "-n", "1", "--index", index)
    assert "ru/04-miras-zhaksybekov-zoloto.html" in russian.stdout
    either = "search takes a QUERY or --similar ID, one of them"
    assert sentence(run("search", "бокс", "--similar", ids[0], "--index", index)) == either
    assert sentence(run("search", "--index", index)) == either
    assert sentence(run("search", "--similar", "nothing", "--index", index)) == "no article has the id nothing"


def test_search_options(run: Run, index: Path) -> None:
    def ids(*options: str) -> list[str]:
        found = json.loads(
            run("search", "Сарсенбаев Сәрсенбаев әкім аким", "--index", index, "--json", *options).stdout
        )
        return [hit["id"] for hit in found["hits"]]

    everything = ids("-n", "20")
    assert ids("-n", "2", "--offset", "1") == everything[1:3]
    assert set(ids("-n", "20", "--lang", "ru")) | set(ids("-n", "20", "--lang", "kk")) == set(everything)
    assert "kk/01-zhaiyq-tasqyn.txt" not in ids("-n", "20", "--lang", "ru")
    assert "ru/01-pavodok-uralsk.txt" not in ids("-n", "20", "--lang", "kk")
    assert set(ids("--sort", "date", "-n", "20")) == set(everything)


@pytest.mark.parametrize(
    ("options", "same"),
    [
        (("--from", "30.04.2024", "--to", "2024-05"), "date:2024-04-30..2024-05"),
        (("--from", "2024 жылғы мамыр"), "date:2024-05.."),
        (("--to", "15 мая 2024"), "date:..2024-05-15"),
        (("--year", "2024", "--lang", "kk"), "date:2024 lang:kk"),
        (("--source", "el.kz"), "source:el.kz"),
        (("--author", "Ахметова"), "author:Ахметова"),
    ],
)
def test_filters_are_options(run: Run, index: Path, options: tuple[str, ...], same: str) -> None:
    def ids(*words: str) -> list[str]:
        return [hit["id"] for hit in json.loads(run("search", *words, "--index", index, "--json").stdout)["hits"]]

    assert ids("облыс", *options) == ids(f"облыс {same}") != ids("облыс")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--from", "кеше"), "the date кеше is not understood; write 15.09.2022, 2022-09-15, 2022-09 or 2022"),
        (("--year", "22-23"), "the date 22-23 is not understood; write 15.09.2022, 2022-09-15, 2022-09 or 2022"),
        (("--from", "2023", "--to", "2022"), "no day is between 2023 and 2022: the first date is the later one"),
    ],
)
def test_dates_that_are_none_are_told(run: Run, index: Path, options: tuple[str, ...], told: str) -> None:
    assert sentence(run("search", "облыс", *options, "--index", index)) == told


def test_nothing_found_is_exit_code_1(run: Run, index: Path) -> None:
    result = run("search", "кракозябра", "--index", index)
    assert (result.returncode, result.stdout) == (1, "")
    assert json.loads(run("search", "кракозябра", "--index", index, "--json").stdout)["hits"] == []


def test_syntax_hints_are_printed(run: Run, index: Path) -> None:
    assert "a quotation mark is not closed" in run("search", '"әкім', "--index", index).stderr


def test_show(run: Run, index: Path) -> None:
    result = run("show", "kk/10-sqo-egin-oragy.txt", "--index", index)
    assert result.returncode == 0
    assert result.stdout.startswith("id: kk/10-sqo-egin-oragy.txt\nlanguage: kk\n")
    assert json.loads(run("show", "kk/10-sqo-egin-oragy.txt", "--index", index, "--json").stdout)["title"]


def test_show_the_page_as_it_was_read(run: Run, index: Path) -> None:
    id_ = "kk/01-zhaiyq-tasqyn.txt"
    page = (CORPUS / id_).read_text("utf-8")
    assert run("show", id_, "--index", index, "--raw").stdout == page + "\n"
    assert json.loads(run("show", id_, "--index", index, "--raw", "--json").stdout)["raw"] == page
    facts = json.loads(run("show", id_, "--index", index, "--json").stdout)
    assert (facts["date"], facts["languages"][0]) == ("2024-04-30T18:35", "kk")
    assert "raw" not in facts and "cut" not in facts
    assert "Бөлісу" not in run("show", id_, "--index", index).stdout


def test_long_explanations_are_cut_short(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Приговор\n\nОсудили по ст. 146 УК РК: Уголовный кодекс, статья 146.", "utf-8")
    run("index", "a.txt")
    lines = run("search", "ст. 146 УК РК", "--explain").stdout.splitlines()
    assert len(lines) < 14
    assert any("more add" in line for line in lines)
