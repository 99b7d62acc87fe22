"""A guard against pruning archives whose disks are not mounted.

A prune is refused as a whole where a root has no readable article, though the index has articles
from it; where more than a quarter of them are gone; and where they lay on another device.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from searchkit.changes import Failure, RefusedPrune
from searchkit.indexing.folder_devices import FolderDevices
from searchkit.readers.sources.paths import is_inside
from searchkit.readers.sources.roots import Root, Roots

FEW = 4
"""Articles of a root of which any number may go, but not all: of so few, one is a quarter."""
_NOT_PRUNED = ", and nothing is removed"
_IF_RIGHT = "if that is right, run it again with --prune-all"


class Pruning(Enum):
    """Which of the documents that are gone are removed."""

    NONE = "none"
    CAUTIOUS = "cautious"
    """All of them, unless so much is gone that a disk may not be mounted."""
    ALL = "all"
    """All of them, also where that is much."""

    @classmethod
    def of(cls, prune: bool, prune_all: bool) -> Pruning:
        """Return the meaning of two options."""
        return cls.ALL if prune_all else cls.CAUTIOUS if prune else cls.NONE


class Verdict(NamedTuple):
    """Whether documents may be removed, and the failures."""

    may_remove: bool
    failures: list[Failure]


@dataclass(slots=True)
class PruneGuard:
    """Judges what is gone in one run.

    Attributes:
        roots: What the user named.
        devices: The devices that articles came from.
        pruning: What the user wants removed.
        read: The roots from which at least one article was read.
    """

    roots: Roots
    devices: FolderDevices
    pruning: Pruning
    read: set[Root] = field(default_factory=set)

    def note(self, paths: Iterable[str]) -> None:
        """Note the paths of documents that were read."""
        for path in paths:
            for root in self.roots.holding(path):
                self.read.add(root)
                self.devices.note(path, root)

    @property
    def must_know_gone(self) -> bool:
        """Whether it matters which documents are gone."""
        return self.pruning is not Pruning.NONE or self.devices.has_met_others

    def judge(
        self, documents: Callable[[], Iterator[tuple[str, str]]], seen: Set[str], gone: Mapping[str, str]
    ) -> Verdict:
        """Judge whether what is gone may be removed.

        Args:
            documents: Yields the ids and paths of all documents that the index held before.
            seen: The ids that came in this run.
            gone: The paths of the documents that are gone, by id.
        """
        losses = self._losses(documents(), seen | gone.keys()) if gone or self.unread else {}
        for path in gone.values():
            for root in losses.keys() & set(self.roots.holding(path)):
                losses[root].add(self.devices.is_elsewhere(path))
        if self.pruning is Pruning.NONE:
            failures = [Failure(root.name, losses[root].unread_sentence) for root in self.unread if root in losses]
            return Verdict(may_remove=False, failures=failures)
        reasons = {root: loss.reason(_is_missing(root), self.pruning is Pruning.ALL) for root, loss in losses.items()}
        refused = [RefusedPrune(root.name, reason) for root, reason in reasons.items() if reason]
        return Verdict(not refused, [*refused])

    def settle(self, missing: Mapping[str, str]) -> None:
        """Remember devices, except where articles are missing.

        Args:
            missing: The paths of documents that are gone, and yet stay in the index.
        """
        self.devices.adopt(lambda folder: not any(is_inside(path, folder) for path in missing.values()))

    @property
    def unread(self) -> list[Root]:
        """The whole roots without a readable article."""
        return [root for root in self.roots.all if root.is_whole and root not in self.read]

    def _losses(self, documents: Iterable[tuple[str, str]], covered: Set[str]) -> dict[Root, Loss]:
        """Count the indexed articles of each root.

        A source without paths may know of no others than those `covered`.
        """
        known = Counter(
            root
            for id_, path in documents
            for root in self.roots.holding(path)
            if root.path is not None or id_ in covered
        )
        return {root: Loss(count, root in self.read, root.is_whole) for root, count in known.items()}


@dataclass(slots=True)
class Loss:
    """The articles of one root, and those that are gone.

    Attributes:
        known: How many articles the index has.
        is_read: Whether any article was read.
        is_whole: Whether all of its files were to be read.
        gone: How many are gone.
        elsewhere: How many of them lay on another device.
    """

    known: int
    is_read: bool
    is_whole: bool
    gone: int = 0
    elsewhere: int = 0

    def add(self, is_elsewhere: bool) -> None:
        """Count one more article that is gone."""
        self.gone += 1
        self.elsewhere += is_elsewhere

    @property
    def is_total(self) -> bool:
        """Whether nothing can be read from the root."""
        return not self.is_read and (self.is_whole or self.gone == self.known)

    def reason(self, is_missing: bool, may_prune_all: bool) -> str:
        """Return why these articles stay, or nothing.

        Args:
            is_missing: Whether the root itself is not there.
            may_prune_all: Whether the user has said that so many articles are gone.
        """
        if is_missing and self.gone:
            return f"is not there{self._although}"
        if self.is_total and (self.elsewhere or not self.gone):
            return f"has no article that can be read{self._although}: is its disk mounted?"
        return "" if may_prune_all else self._reason_unless_told()

    def _reason_unless_told(self) -> str:
        if self.is_total:
            return f"has no article that can be read{self._although}; {_IF_RIGHT}"
        if self.elsewhere:
            return (
                f"lies on another device than before, where {_articles(self.elsewhere)} of {self.known} are missing"
                f"{_NOT_PRUNED}; {_IF_RIGHT}"
            )
        if self.known > FEW and self.gone * 4 > self.known:
            return f"has lost {_articles(self.gone)} of {self.known}, more than a quarter{_NOT_PRUNED}; {_IF_RIGHT}"
        return ""

    @property
    def unread_sentence(self) -> str:
        """The sentence where nothing was to be removed."""
        return f"has no article that can be read, although the index has {_articles(self.known)} from it"

    @property
    def _although(self) -> str:
        return f", although the index has {_articles(self.known)} from it{_NOT_PRUNED}"


def _is_missing(root: Root) -> bool:
    return bool(root.path) and not os.path.lexists(str(root.path))


def _articles(count: int) -> str:
    return "one article" if count == 1 else f"{count} articles"
