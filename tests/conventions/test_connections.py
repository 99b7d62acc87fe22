"""searchkit answers requests, and sends none: models and word lists come with its packages."""

from __future__ import annotations

import ast

import pytest

from tests.conventions.code_metrics import PRODUCT, Module, modules

CLIENTS = frozenset({"urllib.request", "http.client", "ftplib", "smtplib", "requests", "httpx", "urllib3", "aiohttp"})
SERVER = "searchkit/web/server.py"
"""It may ask for sockets, to listen on them."""


def imported(module: Module) -> set[str]:
    names: set[str] = set()
    for node in module.nodes():
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


@pytest.mark.parametrize("module", modules(PRODUCT), ids=lambda module: module.name)
def test_nothing_that_opens_connections_is_imported(module: Module) -> None:
    forbidden = CLIENTS if module.name == SERVER else CLIENTS | {"socket"}
    assert imported(module).isdisjoint(forbidden)
