"""Recognise news sites by name and address, and where articles cite them."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from searchkit.readers.boilerplate.phrase_lists import PHRASE_LISTS, any_of

_HOST = re.compile(r"(?:[\w-]+\.){1,4}kz", re.IGNORECASE)
_DATELINE = re.compile(r"[^\W\d_][^.—–-]{2,40}\.\s(?:\d[^.—–-]{3,30}\.\s)?(?P<name>[^.—–-]{2,40})\s[—–-]\s")


def site_name(text: str) -> str:
    """Return the name of the site that `text` names or addresses, or nothing."""
    text = text.strip(" .«»\"'()")
    host = text.lower().removeprefix("www.")
    return _names().get(text.lower()) or (text if _HOST.fullmatch(host) and not is_government(host) else "")


def site_of_url(url: str) -> str:
    """Return the name of a URL's site, or its host if unknown."""
    host = (urlsplit(url if "//" in url else f"//{url}").hostname or "").removeprefix("www.")
    return _names().get(host) or host


def is_government(host: str) -> bool:
    """Whether a host belongs to a government office.

    Newspapers quote these; they publish no article.
    """
    return host.endswith(PHRASE_LISTS.words("official"))


def cited_site(text: str) -> str:
    """Return the site that an article cites as its own: *деп хабарлайды El.kz*."""
    if match := _DATELINE.match(text):
        name = _names().get(match["name"].strip().lower(), "")
        if name:
            return name
    if not _reporting_verb().search(text):
        return ""
    credits = _credit().finditer(text)
    return next((name for match in credits if (name := site_name(match["after"] or match["before"]))), "")


def mentioned_site(text: str) -> str:
    """Return the only site whose address a text contains, if any."""
    names = {name for host in _HOST.findall(text) if (name := site_name(host))}
    return names.pop() if len(names) == 1 else ""


@cache
def _names() -> dict[str, str]:
    """Return the name of each site by its lower-case host and names."""
    lines = (files("searchkit.readers.boilerplate") / "words" / "sites.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {alias.lower(): name for host, name, *others in rows for alias in (host, name, *others)}


def _reporting() -> str:
    return "|".join(map(PHRASE_LISTS.alternation, ("said", "addressee")))


@cache
def _reporting_verb() -> re.Pattern[str]:
    """Return the pattern of verbs of saying.

    It is searched first: most paragraphs have none of them, and there are many sites.
    """
    return re.compile(rf"\b(?:{_reporting()})\b", re.IGNORECASE)


@cache
def _credit() -> re.Pattern[str]:
    """Return the pattern of a verb of saying beside a site's name."""
    said, by = PHRASE_LISTS.alternation("said"), PHRASE_LISTS.alternation("by")
    name = f"{any_of(_names())}|{_HOST.pattern}"
    return re.compile(
        rf"\b(?:{_reporting()})\s(?:(?:{by})\s){{0,3}}[«\"“]?(?P<after>{name})(?![\w-])"
        rf"|(?<![\w.-])(?P<before>{name})[»\"”]?\s(?:{said})\b",
        re.IGNORECASE,
    )
