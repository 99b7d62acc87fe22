"""What the web application is told when it starts, from environment variables: any ASGI server can run it so."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from searchkit.errors import SearchkitError

LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""Names under which a machine is reached only from itself."""

PATIENCE = 3.0
"""Seconds that a question may take."""
MEMORY = 256
"""Megabytes that each process may take for what was read of the index."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Which index is served, and how. `to_environment` and `from_environment` are each other's reverse."""

    index: Path
    url: str = ""
    """The address under which readers reach it, where that is not this machine's own: ``https://news.example/archive``."""
    patience: float = PATIENCE
    memory: int = MEMORY

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if self.url and not (parts.scheme in ("http", "https") and parts.hostname):
            raise SearchkitError(f"{self.url} is no address such as https://news.example/archive")

    @property
    def hosts(self) -> frozenset[str]:
        """The names that a request may call this server by: others come from pages that want to read along."""
        return frozenset({*LOOPBACK, urlsplit(self.url).hostname or "localhost"})

    @property
    def base(self) -> str:
        """What stands before every path: ``/archive``, or nothing."""
        return urlsplit(self.url).path.rstrip("/")

    def to_environment(self) -> dict[str, str]:
        """Return the environment variables that say so."""
        return {
            "SEARCHKIT_INDEX": str(self.index),
            "SEARCHKIT_URL": self.url,
            "SEARCHKIT_PATIENCE": str(self.patience),
            "SEARCHKIT_MEMORY": str(self.memory),
        }

    @classmethod
    def from_environment(cls, variables: Mapping[str, str] = os.environ) -> Self:
        """Read them; what is not there is as on the command line."""
        return cls(
            Path(variables.get("SEARCHKIT_INDEX", ".searchkit")),
            variables.get("SEARCHKIT_URL", ""),
            float(variables.get("SEARCHKIT_PATIENCE", PATIENCE)),
            int(variables.get("SEARCHKIT_MEMORY", MEMORY)),
        )
