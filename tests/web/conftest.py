"""The application on the bundled articles, in this process and over real connections."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the web application needs pip install 'searchkit-qazaq[web]'")
import uvicorn
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from searchkit import Articles, Index
from searchkit.web.app import create
from searchkit.web.settings import Settings
from tests.conftest import CORPUS

ENOUGH = 60.0
"""Seconds after which a test gives up waiting."""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an index of the bundled articles."""
    folder = tmp_path_factory.mktemp("web") / "index"
    with Index.open(folder) as index:
        index.update(Articles([str(CORPUS)]))
    return folder


@pytest.fixture(scope="session")
def app(folder: Path) -> ASGIApp:
    return create(Settings(folder))


@pytest.fixture
def client(app: ASGIApp) -> TestClient:
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


@pytest.fixture(scope="session")
def site(app: ASGIApp) -> Iterator[str]:
    """Return the address of a server that takes real connections."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        deadline = time.monotonic() + ENOUGH
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        assert server.started
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()
