"""What is new, changed or gone: pure comparison of what arrives with what an index holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from searchkit.document import Document


@dataclass(frozen=True, slots=True)
class State:
    """What an index remembers of a document so as to know whether it has changed."""

    digest: str
    analysis: str
    """The versions of the analyzers that it was indexed with."""
    path: str


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be read."""

    path: str
    error: str


@dataclass(slots=True)
class Changes:
    """How many documents an update added, changed, removed or left alone, and what it failed to read."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    failures: list[Failure] = field(default_factory=list)

    @property
    def read(self) -> int:
        """How many articles could be read."""
        return self.added + self.changed + self.unchanged

    @property
    def failed(self) -> int:
        """How many articles could not be read."""
        return len(self.failures)

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as they appear in JSON."""
        return {
            "added": self.added,
            "changed": self.changed,
            "removed": self.removed,
            "unchanged": self.unchanged,
            "failed": self.failed,
            "failures": [{"path": failure.path, "error": failure.error} for failure in self.failures],
        }

    def __str__(self) -> str:
        return (
            f"added {self.added}, changed {self.changed}, removed {self.removed}, "
            f"unchanged {self.unchanged}, failed {self.failed}"
        )


def is_new(document: Document, known: Mapping[str, State]) -> bool:
    """Whether the index has no document of this id."""
    return document.id not in known


def is_changed(document: Document, known: Mapping[str, State], analysis: str) -> bool:
    """Whether the index has another version of the document, or has it from other analyzers."""
    state = known[document.id]
    return (state.digest, state.analysis) != (document.digest, analysis)


def gone(known: Mapping[str, State], seen: set[str], covers: Callable[[str, str], bool]) -> Iterator[str]:
    """Yield the ids that were not seen although what was read covers them.

    `covers(id, path)` tells whether a document of that id, read from that path, is gone if it was not met.
    """
    for id_, state in known.items():
        if id_ not in seen and covers(id_, state.path):
            yield id_
