"""The results of indexing: counts of changed documents, and failures."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be read.

    Attributes:
        path: The path of its file; for an article of a feed, its line follows.
        error: One sentence.
    """

    path: str
    error: str


@dataclass(frozen=True, slots=True)
class RefusedPrune(Failure):
    """A prune that would have removed too much.

    Attributes:
        path: What the user named, from which articles are missing.
        error: One sentence: how many, and how to remove them nevertheless.
    """


@dataclass(frozen=True, slots=True)
class ReplacedDocument:
    """An article that another one has replaced, since both have one id.

    Attributes:
        id: The id of both.
        path: The file of the article that is gone; empty where it came from no file.
        by: The file of the article that the index has now.
    """

    id: str
    path: str
    by: str

    def __str__(self) -> str:
        old, new = self.path or "-", self.by or "-"
        if old == new:
            return f"{self.id} stands in {new} more than once, and the last of them counts"
        return f"{self.id} stands in {old} and in {new}, and the latter counts"


@dataclass(slots=True)
class Changes:
    """Counts of documents that an update added, changed, removed or left alone; its failures.

    Attributes:
        added: How many documents were new.
        changed: How many replaced an older version.
        removed: How many were removed.
        unchanged: How many were left alone.
        failures: The articles that could not be read; a `RefusedPrune` where nothing was removed
            because too much is gone.
        remarks: How often something was left out or mended, by kind: *redirects left out*.
        replaced: Articles that others of the same ids replaced, in this run or from other files.
    """

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    failures: list[Failure] = field(default_factory=list)
    remarks: dict[str, int] = field(default_factory=dict)
    replaced: list[ReplacedDocument] = field(default_factory=list)

    @property
    def read(self) -> int:
        """How many articles could be read."""
        return self.added + self.changed + self.unchanged

    @property
    def failed(self) -> int:
        """How many articles could not be read."""
        return len(self.failures)

    def add_failure(self, failure: Failure) -> None:
        """Add a failure, to the sentence of its path.

        Args:
            failure: The failure.
        """
        for position, earlier in enumerate(self.failures):
            if earlier.path == failure.path:
                self.failures[position] = replace(failure, error=f"{earlier.error}; {failure.error}")
                return
        self.failures.append(failure)

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as they appear in JSON."""
        return {
            "added": self.added,
            "changed": self.changed,
            "removed": self.removed,
            "unchanged": self.unchanged,
            "failed": self.failed,
            "failures": [{"path": failure.path, "error": failure.error} for failure in self.failures],
            "remarks": self.remarks,
            "replaced": [asdict(replacement) for replacement in self.replaced],
        }

    def __str__(self) -> str:
        return (
            f"added {self.added}, changed {self.changed}, removed {self.removed}, "
            f"unchanged {self.unchanged}, failed {self.failed}"
        )
