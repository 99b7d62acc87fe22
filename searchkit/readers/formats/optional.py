"""Libraries that not everybody has installed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from searchkit.errors import ArticleError


def library(name: str) -> Any:
    """Import a library of the extra ``formats``; raises `ArticleError` with what to install where it is missing."""
    try:
        return import_module(name)
    except ImportError as error:
        raise ArticleError("needs more to be read: pip install 'searchkit-qazaq[formats]'") from error
