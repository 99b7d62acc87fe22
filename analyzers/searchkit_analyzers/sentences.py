"""Sentence boundaries: finds the offsets at which passages of a text may be cut."""

from __future__ import annotations

import re
from array import array

# A dot after these ends no sentence: single letters (initials, т.б.), млн., им. They are grouped by
# length, as a look-behind needs a fixed width.
_NO_ABBREVIATION = (
    r"(?<!\b\w\.)(?<!\b(?:им|ст|ул|тг|см|жж|бб|гг)\.)"
    r"(?<!\b(?:тыс|млн|обл|руб|стр)\.)(?<!\b(?:млрд|трлн|проф|акад)\.)"
)
# The end of a line, or a stop before white space and a possible beginning of a sentence. The
# pattern
# begins with one set of characters, to which re skips quickly.
_SENTENCE_END = re.compile(
    rf"[.!?…\n](?:(?<=\n)\s*|{_NO_ABBREVIATION}[»”\")]*\s+(?=[«“„\"(—–-]*\s*[^\W\d_a-zа-яёәғқңөұүһі]))"
)


def sentence_ends(text: str) -> array[int]:
    """Return the offsets at which sentences and lines end, white space after them included.

    They are code points in ascending order; the last is the end of the text.
    """
    return array("i", [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)])
