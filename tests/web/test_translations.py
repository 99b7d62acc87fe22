"""Interface texts: the choice of the language, dates, the same sentences in all languages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from searchkit.web.translations import UI_LANGUAGES, choose_translations, translations
from tests.conftest import TESTS, cases

HERE = Path(__file__).parent
TEXTS = TESTS.parent / "searchkit" / "web" / "texts"


@pytest.mark.parametrize("header, language", cases(HERE / "accept_language.txt"))
def test_the_browsers_language(header: str, language: str) -> None:
    assert choose_translations("", header).language == language


def test_a_chosen_language_goes_before_the_browsers() -> None:
    assert choose_translations("ru", "kk").language == "ru"
    assert choose_translations("", "").language == "kk"


@pytest.mark.parametrize("iso, kk, ru, en", cases(HERE / "dates.txt"))
def test_dates_as_people_write_them(iso: str, kk: str, ru: str, en: str) -> None:
    assert [translations(language).date(iso) for language in UI_LANGUAGES] == [kk, ru, en]


def test_all_languages_say_the_same_things() -> None:
    said = {language: tomllib.loads((TEXTS / f"{language}.toml").read_text("utf-8")) for language in UI_LANGUAGES}
    sentences = {language: {k: v for k, v in words.items() if isinstance(v, str)} for language, words in said.items()}
    for language in UI_LANGUAGES:
        assert sentences[language].keys() == sentences["en"].keys()
        for name, sentence in sentences[language].items():
            assert re.findall(r"{\w+}", sentence) == re.findall(r"{\w+}", sentences["en"][name]), name


@pytest.mark.parametrize("language, heading", [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")])
def test_the_help_page_agrees_with_the_document(language: str, heading: str) -> None:
    document = (TESTS.parent / "docs" / "reference" / "query-language.md").read_text("utf-8")
    section = document.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    examples = translations(language).query_help["examples"]
    assert len(examples) > 10
    for query, meaning in examples:
        assert f"| `{query}` | {meaning} |" in section
