"""Read the metadata around the headline of an HTML page that declares none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from searchkit.readers.boilerplate import metadata
from searchkit.readers.boilerplate.byline import byline_lines
from searchkit.readers.boilerplate.line import Line
from searchkit.readers.boilerplate.metadata import EMPTY, Metadata
from searchkit.readers.boilerplate.phrase_lists import Kind
from searchkit.readers.boilerplate.rules import ABOUT

_NEAR = 12
"""So many lines around a headline are looked at."""
_MOST_HEADLINES = 20
"""A page repeats its headline less often; what is a headline more often is none."""


def near_headline(texts: Sequence[str], headlines: Iterable[str], modified: datetime | None = None) -> Metadata:
    """Return the date and the author in the lines below a headline, or the date above it.

    Args:
        texts: The lines of the whole page, menus included.
        headlines: The title, and other texts that may be the headline of the page.
        modified: When the page was saved, for *вчера*.
    """
    wanted = {" ".join(text.split()) for text in headlines if text.strip()}
    positions = (number for number, text in enumerate(texts) if " ".join(text.split()) in wanted)
    found = [_around(texts, number, modified) for number in islice(positions, _MOST_HEADLINES)]
    return next((each for each in found if each.date), next((each for each in found if each.author), EMPTY))


def _around(texts: Sequence[str], headline: int, modified: datetime | None) -> Metadata:
    lines = [Line(text, modified) for text in texts[headline : headline + _NEAR]]
    below = metadata.from_lines(lines[number] for number in sorted(byline_lines(lines, 0)))
    found = replace(below, title="", source="", url="", tags=())
    return found if found.date else replace(found, date=_date_above(texts, headline, modified))


def _date_above(texts: Sequence[str], headline: int, modified: datetime | None) -> str:
    """Return the date of the line above a headline, if it is the only one there."""
    above = [Line(text, modified) for text in texts[max(0, headline - _NEAR) : headline]]
    dated = [line for line in above if line.is_all(*ABOUT) and line.has(Kind.DATE)]
    is_lone = len(dated) == 1 and dated[0] is above[-1] and not dated[0].date_match.is_update
    return dated[0].date_match.date if is_lone and dated[0].has_year else ""
