"""Settings of the web application.

They are passed in environment variables, so that any ASGI server can run the application.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from searchkit.errors import SearchkitError

LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""Host names under which a machine is reached only from itself."""

TIMEOUT = 5.0
"""Seconds that a query may take."""
MEMORY = 256
"""Megabytes of each process for data read from the index."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The index to serve, its address, and its limits."""

    index: Path
    url: str = ""
    """The address that readers use: ``https://news.example/archive``; empty: this machine."""
    timeout: float = TIMEOUT
    memory: int = MEMORY
    origins: tuple[str, ...] = ()
    """Sites whose pages may ask the API from a browser: ``https://news.example``."""
    token_file: str = ""
    """A file of tokens, one of which every request needs; empty: no request needs one."""
    rate: int = 0
    """Requests a minute of one client; 0 for no limit."""

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if self.url and not (parts.scheme in ("http", "https") and parts.hostname):
            raise SearchkitError(f"{self.url} is no address such as https://news.example/archive")
        for origin in self.origins:
            _check_origin(origin)

    @property
    def hosts(self) -> frozenset[str]:
        """Host names that requests may use.

        Any other name belongs to a page elsewhere that tries to read along.
        """
        return frozenset({*LOOPBACK, urlsplit(self.url).hostname or "localhost"})

    @property
    def base(self) -> str:
        """The prefix of every path, such as ``/archive``, or an empty string."""
        return urlsplit(self.url).path.rstrip("/")

    def to_environment(self) -> dict[str, str]:
        """Return the environment variables for these settings."""
        return {
            "SEARCHKIT_INDEX": str(self.index),
            "SEARCHKIT_URL": self.url,
            "SEARCHKIT_PATIENCE": str(self.timeout),
            "SEARCHKIT_MEMORY": str(self.memory),
            "SEARCHKIT_ORIGINS": " ".join(self.origins),
            "SEARCHKIT_TOKEN_FILE": self.token_file,
            "SEARCHKIT_RATE": str(self.rate),
        }

    @classmethod
    def from_environment(cls, variables: Mapping[str, str] = os.environ) -> Self:
        """Read settings from environment variables, with the command line's defaults."""
        return cls(
            Path(variables.get("SEARCHKIT_INDEX", ".searchkit")),
            variables.get("SEARCHKIT_URL", ""),
            float(variables.get("SEARCHKIT_PATIENCE", TIMEOUT)),
            int(variables.get("SEARCHKIT_MEMORY", MEMORY)),
            tuple(variables.get("SEARCHKIT_ORIGINS", "").split()),
            variables.get("SEARCHKIT_TOKEN_FILE", ""),
            int(variables.get("SEARCHKIT_RATE", 0)),
        )


def _check_origin(origin: str) -> None:
    """Raise `SearchkitError` where a browser sends no such origin; ``*`` is all of them."""
    parts = urlsplit(origin)
    is_origin = parts.scheme in ("http", "https") and parts.hostname and origin == f"{parts.scheme}://{parts.netloc}"
    if origin != "*" and not is_origin:
        raise SearchkitError(f"{origin} is no origin such as https://news.example, without a path")
