"""Runs questions on a few threads, so that long ones do not hold up short ones.

Every question begins in the first lane. One that takes more processor time than its lane allows is
stopped, and goes on in the next lane: what it has read of the index is cached by then. Threads take
questions from the first lane that has any, and few of them from the later lanes. So a hundred
clients of long questions wait for each other, and a short question for none of them.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, NamedTuple

from searchkit.errors import SearchTimeout
from searchkit.work import Work, counted

THREADS = 4
"""Questions that one process runs at a time."""


class Lane(NamedTuple):
    """A queue of questions that may take equally long."""

    seconds: float
    """Processor time after which a question goes to the next lane."""
    threads: int
    """Questions of this lane that run at a time."""


TOO_LONG = "this query takes too long; try a shorter one, or again in a moment"
LANES = (Lane(0.1, THREADS), Lane(0.5, 2), Lane(float("inf"), 1))


class _LaneIsLeft(SearchTimeout):
    """A question has taken the time of its lane."""


class Question:
    """A piece of work on the index that somebody waits for."""

    def __init__(self, work: Callable[[], Any], seconds: float) -> None:
        self.work = work
        self.answer: Future[Any] = Future()
        self.answer.set_running_or_notify_cancel()  # whoever stops waiting calls `stop`
        self.lane = 0
        self.deadline = time.monotonic() + seconds
        self.is_stopped = False

    @property
    def is_over(self) -> bool:
        """Whether nobody waits for the answer any more."""
        return self.is_stopped or time.monotonic() > self.deadline

    def stop(self) -> None:
        """End the work, which frees its thread."""
        self.is_stopped = True


class _LaneWork(Work):
    """Ends the work of a question when its time in a lane is over, or nobody waits for it."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question
        self._lane_ends = time.thread_time() + LANES[question.lane].seconds

    def check(self) -> None:
        if self._question.is_over:
            raise SearchTimeout(TOO_LONG)
        if time.thread_time() > self._lane_ends:
            raise _LaneIsLeft


class QuestionPool:
    """Runs questions on threads that end with the process, whatever they do."""

    def __init__(self, threads: int = THREADS) -> None:
        self._threads = threads
        self._waiting: list[deque[Question]] = [deque() for _ in LANES]
        self._running = [0] * len(LANES)
        self._changed = threading.Condition()
        self._is_started = False

    def submit(self, work: Callable[[], Any], seconds: float) -> Question:
        """Return a question that is answered as soon as a thread is free.

        Args:
            work: What gives the answer, or raises an error; it may be begun several times.
            seconds: How long somebody waits for it.
        """
        question = Question(work, seconds)
        self._put(question)
        return question

    def _put(self, question: Question) -> None:
        with self._changed:
            self._start()
            self._waiting[question.lane].append(question)
            self._changed.notify_all()

    def _start(self) -> None:
        if not self._is_started:
            self._is_started = True
            for _ in range(self._threads):
                threading.Thread(target=self._work, name="index", daemon=True).start()

    def _work(self) -> None:
        while True:
            question = self._taken()
            lane = question.lane
            try:
                self._answer(question)
            finally:
                self._leave(lane)

    def _taken(self) -> Question:
        """Wait for a question of the first lane that has one and room."""
        with self._changed:
            while (lane := self._next_lane()) is None:
                self._changed.wait()
            self._running[lane] += 1
            return self._waiting[lane].popleft()

    def _next_lane(self) -> int | None:
        lanes = zip(self._waiting, self._running, LANES, strict=True)
        return next((n for n, (waiting, running, lane) in enumerate(lanes) if waiting and running < lane.threads), None)

    def _leave(self, lane: int) -> None:
        with self._changed:
            self._running[lane] -= 1
            self._changed.notify_all()

    def _answer(self, question: Question) -> None:
        """Answer a question, or put it into the next lane."""
        work = _LaneWork(question)
        try:
            with counted(work):
                work.check()
                answer = question.work()
        except _LaneIsLeft:
            question.lane += 1
            self._put(question)
        except BaseException as error:
            question.answer.set_exception(error)
        else:
            question.answer.set_result(answer)
