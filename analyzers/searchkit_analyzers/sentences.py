"""Where the sentences and lines of a text end: the places at which a passage may be cut."""

from __future__ import annotations

import re
from array import array

# A dot after these ends no sentence: single letters (initials, т.б.), млн., им. By length, which re wants to know.
_NO_ABBREVIATION = (
    r"(?<!\b\w\.)(?<!\b(?:им|ст|ул|тг|см|жж|бб|гг)\.)"
    r"(?<!\b(?:тыс|млн|обл|руб|стр)\.)(?<!\b(?:млрд|трлн|проф|акад)\.)"
)
# A line's end, or a stop before white space and what may begin a sentence. (One set of first letters: re skips to it.)
_SENTENCE_END = re.compile(
    rf"[.!?…\n](?:(?<=\n)\s*|{_NO_ABBREVIATION}[»”\")]*\s+(?=[«“„\"(—–-]*\s*[^\W\d_a-zа-яёәғқңөұүһі]))"
)


def sentence_ends(text: str) -> array[int]:
    """Return where sentences and lines end, the white space after them included; ascending, the last is the text's."""
    return array("i", [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)])
