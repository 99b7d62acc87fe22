"""Errors as an HTTP status and a sentence.

Neither reveals paths, stack traces or versions.
"""

from __future__ import annotations

from typing import NamedTuple

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from searchkit.errors import ArticleNotFound, SearchkitError, SearchTimeout
from searchkit.web.api_params import WrongParameter
from searchkit.web.search_params import MAX_QUERY_LENGTH, QueryTooLong
from searchkit.web.translations import Translations

RETRY_AFTER = "5"
"""Seconds after which a client may try again."""


class Problem(NamedTuple):
    """An HTTP status, and the name of a sentence in ``texts/``."""

    status: int
    name: str
    parameter: str = ""
    """The parameter that is wrong."""
    reason: str = ""
    """Why it is wrong, in English."""

    def sentence(self, texts: Translations) -> str:
        """Return the sentence in the language of `texts`; programs read the reason in English."""
        if self.parameter:
            return f"{self.parameter}: {self.reason}"
        return texts(self.name, n=MAX_QUERY_LENGTH) if self.name == "too_long" else texts(self.name)

    @property
    def headers(self) -> dict[str, str]:
        """HTTP headers that go with the status."""
        return {"Retry-After": RETRY_AFTER} if self.status == 503 else {}


_PROBLEMS: tuple[tuple[type[Exception], Problem], ...] = (
    (SearchTimeout, Problem(503, "slow")),
    (QueryTooLong, Problem(422, "too_long")),
    (ArticleNotFound, Problem(404, "missing")),
    (SearchkitError, Problem(503, "unavailable")),
)


def problem_of(error: Exception) -> Problem:
    """Return the problem that an exception stands for."""
    if isinstance(error, HTTPException):
        return Problem(error.status_code, "no_page" if error.status_code == 404 else "invalid")
    if isinstance(error, WrongParameter):
        return Problem(422, "invalid", error.parameter, str(error))
    if isinstance(error, RequestValidationError):
        return _invalid(error)
    return next((problem for kind, problem in _PROBLEMS if isinstance(error, kind)), Problem(500, "failed"))


def _invalid(error: RequestValidationError) -> Problem:
    """Return the first of the wrong parameters, without what was sent."""
    for each in error.errors():
        names = [str(part) for part in each["loc"][1:] if not isinstance(part, int)]
        message = str(each["msg"])
        return Problem(422, "invalid", ".".join(names), message[:1].lower() + message[1:])
    return Problem(422, "invalid")
