"""The languages, each usable without the libraries of the others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from searchkit_analyzers import LANGUAGES

ANALYZERS = Path(__file__).parents[2] / "analyzers"


def run_alone(code: str) -> str:
    """Run `code` in a Python that has the analyzers and the standard library only."""
    code = f"import sys; sys.path.insert(0, {str(ANALYZERS)!r})\n{code}"
    command = [sys.executable, "-I", "-S", "-X", "utf8", "-c", code]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=60).stdout.strip()


@pytest.mark.parametrize(
    ("code", "known", "unknown"), [("kk", "мектебінде", "кракозябрами"), ("ru", "школы", "кракозябрами")]
)
def test_a_language_knows_its_words(code: str, known: str, unknown: str) -> None:
    language = LANGUAGES[code]
    assert language.code == code == language.morphology.language
    assert language.morphology.knows(known)
    assert not language.morphology.knows(unknown)
    assert language.function_words > language.stopwords.distinctive


def test_kazakh_needs_nothing_but_python() -> None:
    code = "from searchkit_analyzers.kazakh import KAZAKH; print(KAZAKH.stems('ассамблеясындағылардың')[0])"
    assert run_alone(code) == "ассамблея"


def test_words_of_a_language_without_its_libraries_are_folded() -> None:
    text = "Бұл мектептің директоры. Ёлки в лесу."
    code = f"from searchkit_analyzers import analyze; print([token.lemmas for token in analyze({text!r})])"
    assert run_alone(code) == (
        "[('бұл',), ('мектеп', 'мектептің'), ('директор', 'директоры'), ('елки',), ('в',), ('лесу',)]"
    )


def test_a_missing_library_is_named() -> None:
    code = """if True:
        try:
            from searchkit_analyzers import RUSSIAN
        except ImportError as error:
            print(error)
        """
    assert "install searchkit-analyzers[russian]" in run_alone(code)
