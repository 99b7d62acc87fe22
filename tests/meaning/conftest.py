from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.meaning.tiny_model import make_model

ARTICLES = Path(__file__).with_name("articles.jsonl")

Verb = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a model that knows the words of ``topics.txt``."""
    return make_model(tmp_path_factory.mktemp("model"))


@pytest.fixture
def verb(tmp_path: Path, model: Path) -> Verb:
    """Run a verb with the model, in a folder with an index of ``articles.jsonl``."""

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "searchkit", *map(str, arguments)]
        environment = {"SEARCHKIT_MODEL": str(model)} | os.environ
        return subprocess.run(
            command, capture_output=True, encoding="utf-8", cwd=tmp_path, timeout=120, env=environment
        )

    assert run("index", ARTICLES).returncode == 0
    return run
