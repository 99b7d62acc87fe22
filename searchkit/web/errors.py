"""What went wrong, as a status and a sentence. Neither ever tells what is inside: paths, stacks, versions."""

from __future__ import annotations

from typing import NamedTuple

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from searchkit.errors import ArticleNotFound, SearchkitError
from searchkit.web.index_service import TooSlow
from searchkit.web.search_params import LONGEST, TooLong
from searchkit.web.translations import Translations

RETRY_AFTER = "5"
"""Seconds after which it may be worth while to ask again."""


class Problem(NamedTuple):
    """A status of HTTP, and the name of a sentence in ``texts/``."""

    status: int
    name: str

    def sentence(self, words: Translations) -> str:
        """Return what is said to whoever asked."""
        return words(self.name, n=LONGEST) if self.name == "too_long" else words(self.name)

    @property
    def headers(self) -> dict[str, str]:
        """What a program needs to know beside the status."""
        return {"Retry-After": RETRY_AFTER} if self.status == 503 else {}


_KINDS: tuple[tuple[type[Exception], Problem], ...] = (
    (TooSlow, Problem(503, "slow")),
    (TooLong, Problem(422, "too_long")),
    (ArticleNotFound, Problem(404, "missing")),
    (SearchkitError, Problem(503, "unavailable")),
    (RequestValidationError, Problem(422, "invalid")),
)


def problem_of(error: Exception) -> Problem:
    """Return what is said of an error."""
    if isinstance(error, HTTPException):
        return Problem(error.status_code, "no_page" if error.status_code == 404 else "invalid")
    return next((problem for kind, problem in _KINDS if isinstance(error, kind)), Problem(500, "failed"))
