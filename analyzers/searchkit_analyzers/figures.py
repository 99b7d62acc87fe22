"""Figures: patterns of numbers and phone numbers, and the forms under which they are indexed.

=====================================================  =====================
written                                                forms
=====================================================  =====================
35 000,0; 35000                                        35000
1.250.000; 1,250,000; 1 250 000,00                     1250000
1 250,50; 1250.5                                       1250.5
35.000; 35,000 (thousands or decimals)                 35000/35.000
2.10 (a section, a version)                            2.10
+7 (7112) 55-12-34; 8-7112-551234; (7112) 55-12-34     7112551234/551234
87112551234; +77112551234                              7112551234
=====================================================  =====================
"""

from __future__ import annotations

import re
from itertools import pairwise

from searchkit_analyzers.normalize import HYPHENS, SPACES

_NO_LETTER_OR_DIGIT = r"(?![\d_A-Za-z]|[^\W\d_](?![^\W\d_])|[.,]\d)"
"""What ends a number: a word may be glued to it (8,1млн), a section's letter (1.2а) may not."""
NUMBER = rf"""
      (?=\d)(?: (?<![\w.,])(?:(?<!\d[{SPACES}])|(?<=[.,]\d[{SPACES}])|(?<=[.,]\d\d[{SPACES}]))
      \d{{1,3}}(?:[{SPACES}]\d{{3}})+(?:[.,]\d+|(?![{SPACES}]\d)){_NO_LETTER_OR_DIGIT}
    | (?<![\w.,])[1-9]\d{{0,2}}
      (?: (?:\.\d{{3}}){{2,}}(?:,\d+)? | (?:,\d{{3}}){{2,}}(?:\.\d+)? | \.\d{{3}},\d+ | ,\d{{3}}\.\d+ )
      {_NO_LETTER_OR_DIGIT}
    | (?<![\w.,])(?!\d{{4}},\d{{4}}\b)\d+[.,]\d+{_NO_LETTER_OR_DIGIT} )
"""
"""A number of several groups of digits."""

_HYPHENS = HYPHENS.replace("-", r"\-")
_GAP = rf"[{SPACES}./\u2013{_HYPHENS}]{{1,3}}"
_MAYBE_GAP = rf"(?:{_GAP})?"
_LOCAL = {
    3: rf"(?:\d{{7}}|\d{{3}}{_GAP}(?:\d{{4}}|\d\d{_MAYBE_GAP}\d\d)|\d\d{_GAP}(?:\d\d{_GAP}\d{{3}}|\d{{3}}{_GAP}\d\d))",
    4: rf"(?:\d{{6}}|\d\d{_GAP}(?:\d{{4}}|\d\d{_MAYBE_GAP}\d\d)|\d{{3}}{_GAP}\d{{3}})",
    5: rf"(?:\d{{5}}|\d{_GAP}(?:\d{{4}}|\d\d{_MAYBE_GAP}\d\d)|\d\d{_GAP}(?:\d{{3}}|\d{_GAP}\d\d)|\d{{3}}{_GAP}\d\d)",
}
"""Patterns of the number within a city, by the length of the city's code."""
_NATIONAL = "|".join(rf"[3-9]\d{{{length - 1}}}{_MAYBE_GAP}{local}" for length, local in _LOCAL.items())
_IN_BRACKETS = "|".join(
    rf"[{SPACES}]?{code}[{SPACES}]?\)(?:{_MAYBE_GAP}\d){{{digits}}}"
    for code, digits in (
        (r"[3-9]\d\d", 7),
        (rf"[3-9]\d\d[{SPACES}{_HYPHENS}]?\d", 6),
        (rf"[3-9]\d\d[{SPACES}{_HYPHENS}]?\d\d", 5),
    )
)
"""The city's code before a closing bracket, and what follows."""
_LOOSE = rf"[{SPACES}(){_HYPHENS}]{{0,3}}"
PHONE = rf"""
    (?=[+(\d])(?<![\w+])
    (?:
        (?:(?:\+?7|8){_MAYBE_GAP})?\((?:{_IN_BRACKETS})
      | \([{SPACES}]?(?:\+7|8){_MAYBE_GAP}(?:{_IN_BRACKETS})
      | (?:\+7|8|7(?=[{SPACES}{_HYPHENS}]?7)){_MAYBE_GAP}(?:{_NATIONAL})
      | (?<![.,/{_HYPHENS}])(?<!\d[{SPACES}])7\d\d{_GAP}\d{{3}}{_GAP}\d\d{_GAP}\d\d
      | (?<![.,/{_HYPHENS}])(?<!\d[{SPACES}])7\d{{3}}{_GAP}\d\d-\d\d-\d\d
      | \+7(?:{_LOOSE}\d){{10}}
      | \+[1-69](?:{_LOOSE}\d){{9,11}}
    )
    (?!\d|[{_HYPHENS}]\d)
"""
"""A phone number of Kazakhstan or Russia with its code, or one of another country after a plus."""

_COUNTRY = re.compile(r"[78](?=\d{10}$)")
_LONGEST_LOCAL = 7
_SHORTEST_LOCAL = 5
_MAX_STEP = 100
"""The items of a list (146,147) are no farther apart; groups of a number (125,500) may be."""


def is_phone(digits: str) -> bool:
    """Return whether a run of digits is a whole phone number: 87011234567."""
    return re.fullmatch(PHONE, digits, re.VERBOSE) is not None


def phone_forms(text: str) -> tuple[str, ...]:
    """Return the ten digits of a phone number, and those that are dialled within its city.

    The country's code goes, however it is written: +7, 8. A number of another country has all of
    its digits.
    """
    digits = re.sub(r"\D", "", text)
    national = _COUNTRY.sub("", digits)
    groups = re.findall(r"\d+", text.rpartition(")")[2] or text)
    local = groups if ")" in text else groups[1 + (groups[0] in ("7", "8")) :]
    joined = "".join(local)
    has_local = len(national) == 10 and _SHORTEST_LOCAL <= len(joined) <= _LONGEST_LOCAL
    return (national, joined) if has_local else (national,)


def number_forms(text: str) -> tuple[str, ...]:
    """Return a number without marks between thousands and without zeros at its end.

    A point or a comma before three digits may be either mark, so there are two forms: 35.000.
    """
    compact = re.sub(r"\s", "", text)
    *_, mark = marks = ["", *re.findall("[.,]", compact)]
    if len(marks) > 2 and mark == marks[1]:
        return (re.sub("[.,]", "", compact),)
    whole, _, decimals = compact.rpartition(mark) if mark else ("", "", "")
    if not mark:
        return (compact,)
    if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", text):
        return (whole + decimals, f"{whole}.{decimals}")
    return (_decimal(re.sub("[.,]", "", whole), mark, decimals),)


def _decimal(whole: str, mark: str, decimals: str) -> str:
    """Return a decimal number; the zeros of sections and versions (2.10) stay."""
    is_section = mark == "." and len(whole) < 3 and whole != "0"
    rest = decimals if is_section else decimals.rstrip("0")
    return f"{whole}.{rest}" if rest else whole


def list_items(text: str) -> list[tuple[int, int]]:
    """Return the spans of the items where a number may also be a list (146,147) or an address.

    An address is one of the internet: 192.168.100.200.
    """
    items = [(match.start(), match.end()) for match in re.finditer(r"\d+", text)]
    values = [int(text[start:end]) for start, end in items]
    if re.fullmatch(r"\d{3}(?:,\d{3})+", text):
        return items if all(0 < b - a < _MAX_STEP for a, b in pairwise(values)) else []
    is_address = re.fullmatch(r"\d{1,3}(?:\.[12]\d\d){3}", text) and max(values) < 256
    return items if is_address else []
