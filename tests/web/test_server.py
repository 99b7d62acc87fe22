"""``searchkit serve`` as a command: real processes, signals, mistakes."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from searchkit import Document, Index
from tests.conftest import Run
from tests.web.conftest import ENOUGH


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def body_of(address: str) -> str:
    """Return the body of a response, once the server is up."""
    deadline = time.monotonic() + ENOUGH
    while True:
        try:
            with urlopen(address, timeout=ENOUGH) as response:
                return str(response.read().decode())
        except (URLError, ConnectionError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_a_signal(tmp_path: Path, workers: int, end: signal.Signals) -> None:
    with Index.open(tmp_path / "index") as index:
        index.update([Document(id="1", title="Мектеп", text="Ашылды")])
    port = free_port()
    command = [sys.executable, "-m", "searchkit", "serve", "--port", str(port), "--workers", str(workers)]
    with subprocess.Popen(
        [*command, "--index", str(tmp_path / "index")], stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            site = f"http://127.0.0.1:{port}"
            assert '"total": 1' in body_of(f"{site}/api/search?q=%D0%BC%D0%B5%D0%BA%D1%82%D0%B5%D0%BF")
            process.send_signal(end)
            _, log = process.communicate(timeout=ENOUGH)
        finally:
            process.kill()
    assert process.returncode in (0, 128 + end, -end)
    assert "Traceback" not in log
    assert site in log


@pytest.mark.parametrize(
    "options, sentence",
    [
        ((), "there is no index"),
        (("--host", "0.0.0.0"), "name the address that readers use"),
        (("--url", "news.example"), "is no address"),
    ],
)
def test_mistakes_are_one_sentence(run: Run, options: tuple[str, ...], sentence: str) -> None:
    result = run("serve", "--port", str(free_port()), *options)
    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert sentence in line


def test_the_missing_extra_is_named(folder: Path) -> None:
    code = "import sys; sys.modules['uvicorn'] = None; from searchkit.cli.main import main; main()"
    command = [sys.executable, "-c", code, "serve", "--index", str(folder)]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=ENOUGH)
    assert result.returncode == 2
    assert result.stderr == "searchkit: serve needs more: pip install 'searchkit-qazaq[web]'\n"


def test_a_taken_port_is_reported(run: Run, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = run("serve", "--port", port, "--index", folder)
    assert result.returncode == 2
    assert f"port {port}, cannot be served: address already in use" in result.stderr
