"""An engine detects damaged files and raises only errors of searchkit."""

from __future__ import annotations

import random
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from searchkit.analysis.analyzed_document import analyze_document
from searchkit.engines.base import Engine, EngineFactory
from searchkit.errors import IndexDamaged, SearchkitError
from tests.engines.contract.sample import DOCUMENTS, empty_engine, found_ids


def test_verify_accepts_a_whole_index(engine: Engine) -> None:
    assert list(engine.searcher().verify()) == []


def test_an_emptied_folder_is_damage_not_an_empty_engine(
    engine: Engine, factory: EngineFactory, tmp_path: Path
) -> None:
    engine.close()
    for file in (tmp_path / "engine").iterdir():
        file.unlink()
    with pytest.raises(IndexDamaged):
        factory(tmp_path / "engine").searcher()
    assert list((tmp_path / "engine").iterdir()) == []


def test_damaged_bytes_raise_only_searchkit_errors(factory: EngineFactory, tmp_path: Path) -> None:
    """No other error, which a user would see as a traceback, leaves the engine."""
    empty_engine(factory, tmp_path / "whole").commit(map(analyze_document, DOCUMENTS))
    rng = random.Random(1)
    files = sorted(file for file in (tmp_path / "whole").iterdir() if file.stat().st_size)
    for number in range(60):
        broken = shutil.copytree(tmp_path / "whole", tmp_path / str(number))
        file = broken / rng.choice(files).name
        content = bytearray(file.read_bytes())
        offset = rng.randrange(len(content))
        if number % 3:
            content[offset] ^= 1 << rng.randrange(8)
        else:
            del content[offset:]
        file.write_bytes(content)
        with suppress(SearchkitError):
            list(factory(broken).searcher().verify())
        with suppress(SearchkitError):
            found_ids(factory(broken), '"президент подписал" указ закон')
