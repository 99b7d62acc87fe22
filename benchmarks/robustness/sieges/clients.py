"""Ordinary clients: they ask for articles whose right answer is known."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from http.client import HTTPConnection, HTTPException
from threading import Event
from typing import NamedTuple
from urllib.parse import quote

from benchmarks.robustness.sieges.archive import Archive, Expectation, WrittenArticle
from benchmarks.robustness.sieges.tally import Tally

_PATIENCE = 30.0
"""Seconds after which there is no answer."""
_PAUSE = 0.1
"""Seconds between two questions of a client."""


class Answer(NamedTuple):
    """What a server has answered."""

    status: int
    """Or 0 if there was no answer."""
    body: str
    milliseconds: float

    @property
    def ids(self) -> Sequence[str]:
        """The ids of the articles found."""
        return [hit["id"] for hit in json.loads(self.body)["hits"]]


def get(port: int, path: str) -> Answer:
    """Ask a server of this machine, on a connection of its own."""
    began = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        status, body = response.status, response.read().decode("utf-8", "replace")
    except (OSError, HTTPException) as error:
        status, body = 0, repr(error)
    finally:
        connection.close()
    return Answer(status, body, (time.monotonic() - began) * 1000)


def search_path(query: str) -> str:
    """Return the address of the answer to a query."""
    return f"/api/search?q={quote(query)}"


def _is_only_hit(answer: Answer, article: WrittenArticle) -> bool:
    return answer.ids == [article.name]


def _is_text(answer: Answer, article: WrittenArticle) -> bool:
    return article.phrase in json.loads(answer.body)["text"]


_QUESTIONS: Sequence[tuple[Callable[[WrittenArticle], str], Callable[[Answer, WrittenArticle], bool]]] = (
    (lambda article: search_path(article.word), _is_only_hit),
    (lambda article: search_path(f'"{article.phrase}"'), _is_only_hit),
    (lambda article: search_path(f"+{article.word} {article.phrase.split()[0]}"), _is_only_hit),
    (lambda article: f"/api/articles/{article.name}", _is_text),
)
"""Addresses that are asked for an article, each with whether an answer is right."""


class OrdinaryClient:
    """Asks one question after the other, and checks each answer."""

    def __init__(self, port: int, archive: Archive, tally: Tally, within: float) -> None:
        """Prepare to ask.

        Args:
            port: Where the server listens.
            archive: The articles.
            tally: Counts the answers.
            within: Seconds after which a change of the archive must be seen.
        """
        self._port, self._archive, self._tally, self._within = port, archive, tally, within

    def run(self, is_over: Event) -> None:
        """Ask until it is over: for what is in the archive, and for what has changed."""
        while not is_over.wait(_PAUSE):
            for path, is_right in _QUESTIONS:
                self._ask_for_article(path, is_right)
            if expectation := self._archive.expectation():
                self._ask_for_change(expectation)

    def _ask_for_article(
        self, path: Callable[[WrittenArticle], str], is_right: Callable[[Answer, WrittenArticle], bool]
    ) -> None:
        article = self._archive.any_article()
        answer = get(self._port, path(article))
        problem = _fault(answer, path(article))
        if not problem and not is_right(answer, article) and self._archive.is_settled(article):
            problem = f"{path(article)} is answered wrongly: {answer.body[:300]}"
        self._tally.ordinary(answer.milliseconds, answer.status, problem)

    def _ask_for_change(self, expectation: Expectation) -> None:
        asked = time.monotonic()
        answer = get(self._port, search_path(expectation.article.word))
        problem = _fault(answer, f"a change of {expectation.article.name}")
        if not problem and _is_seen(expectation, answer):
            self._archive.see(expectation)
        elif not (problem := problem or self._late(expectation, asked)):
            self._archive.put_back(expectation)
        self._tally.ordinary(answer.milliseconds, answer.status, problem)

    def _late(self, expectation: Expectation, asked: float) -> str:
        seconds = asked - expectation.since
        state = "not found" if expectation.is_found else "still found"
        return f"{expectation.article.name} is {state} after {seconds:.0f} s" if seconds > self._within else ""


def _is_seen(expectation: Expectation, answer: Answer) -> bool:
    return (expectation.article.name in answer.ids) == expectation.is_found


def _fault(answer: Answer, asked: str) -> str:
    return "" if answer.status == 200 else f"{asked}: {answer.status} {answer.body[:200]}"


def watch_health(port: int, tally: Tally, within: float, is_over: Event) -> None:
    """Ask each second whether the server is well.

    Args:
        port: Where it listens.
        tally: Counts the answers.
        within: Milliseconds that an answer may take.
        is_over: When to end.
    """
    while not is_over.wait(1):
        answer = get(port, "/health")
        problem = _fault(answer, "health")
        if not problem and answer.milliseconds > within:
            problem = f"health took {answer.milliseconds:.0f} ms"
        tally.health(answer.milliseconds, problem)
