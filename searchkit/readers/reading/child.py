"""The child process: reads the files that its parent names, and sends what it finds."""

from __future__ import annotations

import gc
import math
import os
import pickle
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from threading import Thread
from typing import BinaryIO, NamedTuple

from searchkit.document import Document
from searchkit.readers.formats.further import take_over
from searchkit.readers.reading.events import Event, FileEnd, MemberBegun, Reply, Unread, encoded
from searchkit.readers.reading.file_reading import read_file
from searchkit.readers.reading.limits import Clock, FileLimits, Memory, bound_memory
from searchkit.readers.sources.files import File, ReadingRun
from searchkit.runtime.gc_policy import seldom_collected

LENGTH = 8
"""The bytes before each reply that give its length."""
NO_MEMORY = 3
"""The exit code of a child that cannot tell of its lack of memory otherwise."""


class Request(NamedTuple):
    """A file to read."""

    file: File
    skip: int = 0
    """How many of its members were read before."""
    seconds: float = 0
    """The processor time of an article, where it is not the usual one."""


def main() -> None:
    """Read files until the parent closes its pipe, or ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    requests, replies = _pipes()
    limits, life, further = pickle.load(requests)
    take_over(further)
    _end_with_parent(life)
    bound_memory(limits.megabytes)
    try:
        with suppress(BrokenPipeError, EOFError), seldom_collected():
            serve(requests, replies, limits)
    except MemoryError:
        os._exit(NO_MEMORY)
    os._exit(0)


def serve(requests: BinaryIO, replies: BinaryIO, limits: FileLimits) -> None:
    """Answer each request with the replies of its file, until the process is used up."""
    memory = Memory(limits)
    _send(replies, Reply(FileEnd(), 0, {}))  # it runs
    while not memory.is_used_up:
        request: Request = pickle.load(requests)
        for reply in _replies(request, Clock(request.seconds or limits.seconds), memory, limits):
            _send(replies, reply)


def _send(replies: BinaryIO, reply: Reply) -> None:
    data = encoded(reply)
    replies.write(len(data).to_bytes(LENGTH, "big") + data)
    replies.flush()


def _replies(request: Request, clock: Clock, memory: Memory, limits: FileLimits) -> Iterator[Reply]:
    reading = ReadingRun(request.file.columns, request.file.reading.by_day, on_letters=clock.note_letters)
    file = replace(request.file, reading=reading)
    clock.begin_file(file)
    memory.begin_file(file)
    for event in _told_memory(read_file(file, skip=request.skip), file, memory, limits):
        yield _reply(event, file)
        _allow_next(event, clock)
    clock.stop()
    gc.collect(1)
    yield _reply(FileEnd(), file)


def _allow_next(event: Event, clock: Clock) -> None:
    """Allow the time of what follows; a member of unknown size may take what its archive may."""
    if isinstance(event, Document):
        clock.note_letters(len(event.text))
    clock.begin_article((event.size or math.inf) if isinstance(event, MemberBegun) else 0)


def _told_memory(events: Iterator[Event], file: File, memory: Memory, limits: FileLimits) -> Iterator[Event]:
    """Yield events, and say where memory was refused, which libraries may have hidden."""
    end = MemberBegun("", "")
    member, is_told = MemberBegun(file.name, file.absolute_path), False
    for event in chain(events, [end]):
        if isinstance(event, MemberBegun):
            if memory.is_exhausted and not is_told:
                yield Unread(member.name, f"{limits.of_memory}, and may lack a part", member.path)
            member, is_told = event, False
            memory.begin()
        elif isinstance(event, Unread) and memory.explains_failure:
            event, is_told = event._replace(error=f"{limits.of_memory}, and was given up"), True
        yield from [event] if event is not end else []


def _reply(event: Event, file: File) -> Reply:
    """Return a reply, and forget the remarks that it tells."""
    remarks = dict(file.reading.remarks)
    file.reading.remarks.clear()
    return Reply(event, file.bytes_read, remarks)


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the pipes of the parent; what libraries print goes nowhere."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nowhere, descriptor)
    return requests, replies


def _end_with_parent(life: int) -> None:
    """End this process, whatever it does, once the other end of the pipe `life` is closed."""
    if life < 0:
        return
    if sys.platform == "linux":
        import fcntl

        fcntl.fcntl(life, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(life, fcntl.F_SETFL, fcntl.fcntl(life, fcntl.F_GETFL) | os.O_ASYNC)  # a signal, not a thread
    Thread(target=_wait_for_end, args=(life,), daemon=True).start()


def _wait_for_end(life: int) -> None:
    os.read(life, 1)
    os._exit(1)
