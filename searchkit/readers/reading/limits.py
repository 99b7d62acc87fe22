"""Limits of one article: processor time, memory, and time in which nothing comes.

The system itself enforces the first two where it is Linux, whatever a library does; elsewhere it
may know only the first, or none.
"""

from __future__ import annotations

import math
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from searchkit.readers.sources.files import LARGEST_ARTICLE

if TYPE_CHECKING:
    from searchkit.readers.sources.files import File

_MEGABYTE = 2**20
_PER_MEGABYTE = 0.375
"""An article may take this share of its time again for each of its megabytes."""
_TOTAL_PER_MEGABYTE = 1.25
"""A file may take the time of so many articles for each of its megabytes, and one more."""
_PER_LETTER = 1.25e-5
"""Each letter of text that was read allows this share of the time of an article."""
_LETTERS_PER_MEGABYTE = 400_000
"""So many letters for each megabyte of a file allow more time."""
_MEMORY_PER_MEGABYTE = 12
_MOST_MEGABYTES = 64
"""The megabytes of a file that allow more memory: those of the largest article."""
_HALF, _NEARLY_ALL = 0.5, 0.92


@dataclass(frozen=True, slots=True)
class FileLimits:
    """What the reading of one file, or of one article of a file, may take; an immutable value.

    Small texts and tables are read without limits; their reading is linear. Time and memory grow
    with the file, and time with the text that is read, so that no long book meets a limit.

    Attributes:
        seconds: The processor time of one article; each of its megabytes allows 0.375 times as much
            again. A whole file may take as long, and 1.25 times as long for each of its megabytes,
            and more for the text that it gave.
        megabytes: The memory of the process that reads, and 12 more for each megabyte of the file.
        waiting_seconds: How long nothing may come, as from a disk that does not answer.

    >>> FileLimits(seconds=60).megabytes
    480
    """

    seconds: float = 8
    megabytes: int = 480
    waiting_seconds: float = 60

    @property
    def of_memory(self) -> str:
        """The beginning of a sentence about a file that needs more memory."""
        return f"needs more than {self.megabytes} MB of memory"


def bound_memory(megabytes: float) -> None:
    """Have the system refuse more memory to this process, and leave no dump of it."""
    with suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        _set(resource.RLIMIT_CORE, 0)
        _set(resource.RLIMIT_DATA, int(megabytes * _MEGABYTE))


def _set(kind: int, limit: int) -> None:
    import resource

    _, most = resource.getrlimit(kind)
    resource.setrlimit(kind, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))


class Clock:
    """The processor time that this process may still take for a file."""

    def __init__(self, seconds: float) -> None:
        """Prepare to allow `seconds` for an article."""
        self._seconds = seconds
        self._end = self._end_of_article = math.inf
        self._letters = 0.0
        """How many more letters allow more time."""

    def begin_file(self, file: File) -> None:
        """Allow the time of a file."""
        megabytes = file.size / _MEGABYTE
        self._end = self._after(1 + _TOTAL_PER_MEGABYTE * megabytes)
        self._letters = _LETTERS_PER_MEGABYTE * megabytes
        self.begin_article(file.size)

    def begin_article(self, size: float = 0) -> None:
        """Allow the time of another article of the file.

        The system ends the process once the time is over.

        Args:
            size: The bytes of the article, where they are known; of many articles, if they are too
                many for one.
        """
        holds_many = LARGEST_ARTICLE < size < math.inf
        self._end_of_article = self._after(1 + _PER_MEGABYTE * (0 if holds_many else size) / _MEGABYTE)
        self._keep()

    def note_letters(self, count: int) -> None:
        """Allow more time, since so many letters of text were read."""
        counted = min(count, self._letters)
        self._letters -= counted
        more = self._seconds * _PER_LETTER * counted
        self._end, self._end_of_article = self._end + more, self._end_of_article + more
        self._keep()

    def _after(self, articles: float) -> float:
        """Return when the time of so many articles will be over."""
        return time.process_time() + self._seconds * articles

    def _keep(self) -> None:
        _end_process_at(min(self._end, self._end_of_article))

    def stop(self) -> None:
        """Allow any time, while no file is read."""
        _end_process_at(math.inf)


def _end_process_at(seconds: float) -> None:
    with suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (_whole(seconds, most, resource), most))


def _whole(seconds: float, most: int, resource: Any) -> int:
    """Return seconds as the system takes them: whole, and not above the hard limit."""
    infinite: int = resource.RLIM_INFINITY
    whole = infinite if seconds == math.inf else max(1, math.ceil(seconds))
    return whole if most == infinite else most if whole == infinite else min(whole, most)


class Memory:
    """The memory that this process takes for a file; libraries may hide that it was refused."""

    def __init__(self, limits: FileLimits) -> None:
        self._limits = limits
        self._megabytes: float = limits.megabytes

    def begin_file(self, file: File) -> None:
        """Allow the memory of a file."""
        self._megabytes = self._limits.megabytes + _MEMORY_PER_MEGABYTE * min(file.size / _MEGABYTE, _MOST_MEGABYTES)
        bound_memory(self._megabytes)
        self.begin()

    def begin(self) -> None:
        """Forget how much memory was taken before, where the system can."""
        with suppress(OSError), open("/proc/self/clear_refs", "w", encoding="ascii") as stream:  # noqa: PTH123
            stream.write("5")

    @property
    def explains_failure(self) -> bool:
        """Whether so much was taken that a failure may be due to it."""
        return self._most() > _HALF * self._megabytes

    @property
    def is_exhausted(self) -> bool:
        """Whether nearly all was taken, so that some may have been refused."""
        return self._most() > _NEARLY_ALL * self._megabytes

    @property
    def is_used_up(self) -> bool:
        """Whether the process keeps so much that another file would have too little."""
        return _megabytes("VmData") > _HALF * self._limits.megabytes

    def _most(self) -> float:
        return _megabytes("VmHWM")


def _megabytes(name: str) -> float:
    """Return a figure that Linux has about this process; 0 elsewhere."""
    with suppress(OSError), open("/proc/self/status", encoding="ascii") as stream:  # noqa: PTH123
        return next((int(line.split()[1]) / 1024 for line in stream if line.startswith(name)), 0.0)
    return 0.0
