"""`Children` reads files in a child process, and replaces it when a limit strikes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from searchkit.document import Document
from searchkit.readers.reading import idle_children
from searchkit.readers.reading.child import Request
from searchkit.readers.reading.child_process import ChildEnded, ChildProcess, can_start
from searchkit.readers.reading.events import Event, FileEnd, MemberBegun, Reply, Unread
from searchkit.readers.reading.file_reading import read_file
from searchkit.readers.reading.limits import FileLimits
from searchkit.readers.sources import archives
from searchkit.readers.sources.files import File

MOST_GIVEN_UP = 3
"""An archive is read no further once so many of its members were given up."""
_HURRY = 0.125
"""After the first, members of the archive have this share of the time."""
_NO_LIMITS = "files read without limits, since no other process can be started"


class Children:
    """Child processes that read files, one at a time; the next files are asked for ahead.

    Where none can be started, files are read in this process, and counted.
    """

    def __init__(self, limits: FileLimits) -> None:
        self._limits = limits
        self._child: ChildProcess | None = None
        self._can_start = can_start()
        self._asked: deque[Request] = deque()

    def ask(self, file: File) -> None:
        """Ask for the events of a file, which `events` yields in its turn."""
        self._asked.append(Request(file))
        if self._child:
            self._child.ask(self._asked[-1])

    def events(self) -> Iterator[Event]:
        """Yield the events of the file that was asked for first."""
        file = self._asked[0].file
        if self._start():
            yield from _FileEvents(self, file).all()
        else:
            file.remark(_NO_LIMITS)
            yield from read_file(file)
        self._asked.popleft()

    def receive(self) -> Reply:
        """Return the next reply; a child that is used up is replaced.

        Raises:
            ChildEnded: A limit has struck.
        """
        while True:
            try:
                if not self._start() or not self._child:
                    raise ChildEnded("was given up, since no other process can be started any more")
                self._child.seconds = self._asked[0].seconds or self._limits.seconds
                return self._child.receive()
            except ChildEnded as ended:
                self.end()
                if str(ended):
                    raise

    def go_on(self, skip: int) -> None:
        """Have another child read the other members of an archive, with less time for each."""
        self._asked[0] = self._asked[0]._replace(skip=skip, seconds=max(1, _HURRY * self._limits.seconds))

    def end(self) -> None:
        """End the child, if one runs."""
        if self._child:
            self._child.end()
        self._child = None

    def release(self) -> None:
        """Let the child wait for another run, or end it if it still has work."""
        if self._child and not self._asked:
            idle_children.give_back(self._child)
            self._child = None
        self.end()

    def _start(self) -> bool:
        """Start a child where none runs, with all that it was asked for; whether one runs."""
        if self._can_start and not self._child:
            try:
                self._child = idle_children.take(self._limits)
            except OSError:
                self._can_start = False
                return False
            for request in self._asked:
                self._child.ask(request)
        return self._can_start


class _FileEvents:
    """The events of one file, across the children that it takes."""

    def __init__(self, children: Children, file: File) -> None:
        self._children, self._file = children, file
        self._begin()
        self._given_up = 0

    def _begin(self) -> None:
        self._member, self._members = MemberBegun(self._file.name, self._file.absolute_path), 0
        self._articles = 0

    def all(self) -> Iterator[Event]:
        """Yield the events, among them what limits have struck."""
        while True:
            try:
                reply = self._children.receive()
            except ChildEnded as ended:
                yield Unread(self._member.name, f"{ended}{self._told_before()}", self._member.path)
                if not self._goes_on():
                    break
                continue
            self._note(reply)
            if isinstance(reply.event, FileEnd):
                return
            yield reply.event
        if self._given_up == MOST_GIVEN_UP:
            error = f"is read no further, since {MOST_GIVEN_UP} of its files were given up"
            yield Unread(self._file.name, error, self._file.absolute_path)

    def _told_before(self) -> str:
        """Return the end of a sentence about a file of many articles, of which some were read."""
        if not self._articles:
            return ""
        articles = "the article" if self._articles == 1 else f"{self._articles:,} articles"
        return f"; {articles} before that {'was' if self._articles == 1 else 'were'} read, the rest was not"

    def _goes_on(self) -> bool:
        """Whether other members of an archive are read after one was given up."""
        self._given_up += 1
        self._children.go_on(self._members)
        self._begin()
        return self._file.suffix in archives.SUFFIXES and self._given_up < MOST_GIVEN_UP

    def _note(self, reply: Reply) -> None:
        self._file.bytes_read = reply.bytes_read
        for kind, count in reply.remarks.items():
            self._file.remark(kind, count)
        if isinstance(reply.event, MemberBegun):
            self._member, self._members = reply.event, self._members + 1
            self._articles = 0
        self._articles += isinstance(reply.event, Document)
