"""News sites by name and address: what a document's source is called, and how articles name the site they stand on."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from searchkit.readers.boilerplate.phrase_lists import PHRASE_LISTS

_HOST = re.compile(r"(?:[\w-]+\.){1,4}kz", re.IGNORECASE)
_DATELINE = re.compile(r"[^\W\d_][^.—–-]{2,40}\.\s(?:\d[^.—–-]{3,30}\.\s)?(?P<name>[^.—–-]{2,40})\s[—–-]\s")


def named(text: str) -> str:
    """Return the name of the site that a text is the name or address of; empty where it is neither."""
    text = text.strip(" .«»\"'()")
    host = text.lower().removeprefix("www.")
    return _names().get(text.lower()) or (text if _HOST.fullmatch(host) and not is_official(host) else "")


def of_address(url: str) -> str:
    """Return the name of the site that an address leads to."""
    host = (urlsplit(url if "//" in url else f"//{url}").hostname or "").removeprefix("www.")
    return _names().get(host) or host


def is_official(host: str) -> bool:
    """Whether the site is an office of state: what newspapers quote, not where an article stands."""
    return host.endswith(tuple(word for row in PHRASE_LISTS.rows("official") for word in row))


def cited(text: str) -> str:
    """Return the site that an article names as its own: *деп хабарлайды El.kz*, *передает корреспондент Zakon.kz*."""
    if match := _DATELINE.match(text):
        name = _names().get(match["name"].strip().lower(), "")
        if name:
            return name
    if not _said().search(text):
        return ""
    return next((name for match in _credits().finditer(text) if (name := named(match["after"] or match["before"]))), "")


def mentioned(text: str) -> str:
    """Return the one site whose address stands in a text; empty where there are none, or several."""
    found = {name for host in _HOST.findall(text) if (name := named(host))}
    return found.pop() if len(found) == 1 else ""


@cache
def _names() -> dict[str, str]:
    """Return names by what pages call a site, lower-case: its host, its name, and its other names."""
    lines = (files("searchkit.readers.boilerplate") / "words" / "sites.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {called.lower(): name for host, name, *others in rows for called in (host, name, *others)}


@cache
def _said() -> re.Pattern[str]:
    """Verbs of saying, which most paragraphs have not: they are looked for first, since there are many sites."""
    return re.compile(rf"\b(?:{_one_of('said')}|корреспонденту)\b", re.IGNORECASE)


@cache
def _credits() -> re.Pattern[str]:
    """Verbs of saying with the name of a site after or before them."""
    said, by = (_one_of(section) for section in ("said", "by"))
    name = "|".join(sorted(map(re.escape, _names()), key=len, reverse=True)) + rf"|{_HOST.pattern}"
    return re.compile(
        rf"\b(?:{said}|корреспонденту)\s(?:(?:{by})\s){{0,3}}[«\"“]?(?P<after>{name})(?![\w-])"
        rf"|(?<![\w.-])(?P<before>{name})[»\"”]?\s(?:{said})\b",
        re.IGNORECASE,
    )


def _one_of(section: str) -> str:
    return "|".join(re.escape(word) for row in PHRASE_LISTS.rows(section) for word in row)
