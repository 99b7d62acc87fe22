"""The engines that must fulfil the contract: a new engine joins `ENGINES`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from searchkit.analysis.analyzed_document import analyze_document
from searchkit.engines.base import Engine, EngineFactory
from searchkit.engines.whoosh.engine import WhooshEngine
from tests.engines.contract.sample import DOCUMENTS, empty_engine

ENGINES: list[EngineFactory] = [WhooshEngine]


@pytest.fixture(params=ENGINES, ids=lambda factory: factory.__name__)
def factory(request: pytest.FixtureRequest) -> EngineFactory:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def engine(factory: EngineFactory, tmp_path: Path) -> Iterator[Engine]:
    engine = empty_engine(factory, tmp_path / "engine")
    engine.commit(map(analyze_document, DOCUMENTS))
    yield engine
    engine.close()
