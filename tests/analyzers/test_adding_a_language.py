"""A language is added in three steps, all of them in the analyzers: see analyzers/README.md."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import TESTS

ROOT = TESTS.parent
TOY = TESTS / "analyzers" / "toy_language"
_IMPORT = "from searchkit_analyzers.toy_language.language import LANGUAGE as TOY\n"


def add_toy_language(folder: Path) -> None:
    """Copy the analyzers to `folder` and add the made-up language to them."""
    package = folder / "searchkit_analyzers"
    shutil.copytree(ROOT / "analyzers" / "searchkit_analyzers", package)
    shutil.copytree(TOY, package / "toy_language")
    registry = package / "registry.py"
    lines = registry.read_text("utf-8").replace("\n    ENGLISH,\n", "\n    ENGLISH,\n    TOY,\n")
    registry.write_text(lines.replace("\n_LANGUAGES", f"\n{_IMPORT}\n_LANGUAGES"), "utf-8")


def test_documents_in_a_new_language_are_found_by_its_stems(tmp_path: Path) -> None:
    add_toy_language(tmp_path)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)]), "PYTHONUTF8": "1"}
    command = [sys.executable, str(TOY / "search.py"), str(tmp_path / "index")]
    result = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=60)
    assert result.returncode == 0, result.stderr
    codes, found, languages, detected = json.loads(result.stdout)
    assert codes == ["kk", "ru", "en", "xx"]
    assert found == {
        "глумышт": ["ru", "toy"],
        "глумахум lang:xx": ["toy"],
        "выборах": ["ru"],
        "сайлауда": ["kk"],
        "lang:kk сайлау": ["kk"],
    }
    assert languages == {"toy": "xx", "ru": "ru", "kk": "kk"}
    assert detected == "xx"
