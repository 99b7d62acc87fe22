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
_THOUSANDS_OR_DECIMALS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
"""A point or a comma before three digits may be either mark: 35.000."""
_ONLY_THOUSANDS = re.compile(r"\d+|\d+(?:\.\d{3}){2,}|\d+(?:,\d{3}){2,}")
_SECTION = re.compile(r"[1-9]\d?\.\d+")
_NATIONAL_DIGITS = 10
_BYTE = 255
_LONGEST_LOCAL = 7
_SHORTEST_LOCAL = 5
_MAX_STEP = 100
"""The items of a list (146,147) are no farther apart; groups of a number (125,500) may be."""


def is_phone(digits: str) -> bool:
    """Return whether a run of digits is a whole phone number: 87011234567."""
    return re.fullmatch(PHONE, digits, re.VERBOSE) is not None


def phone_forms(text: str) -> tuple[str, ...]:
    """Return the digits of a phone number without +7 or 8, and those dialled within its city."""
    national = _COUNTRY.sub("", _digits(text))
    local = _local_digits(text)
    return (national, local) if len(national) == _NATIONAL_DIGITS and local else (national,)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _local_digits(text: str) -> str:
    """Return the digits after the city's code, where a bracket or a gap ends the code."""
    first, *others = re.findall(r"\d+", text)
    local = _digits(text.rpartition(")")[2]) if ")" in text else "".join(others[first in ("7", "8") :])
    return local if _SHORTEST_LOCAL <= len(local) <= _LONGEST_LOCAL else ""


def number_forms(text: str) -> tuple[str, ...]:
    """Return a number without marks between thousands and without zeros at its end."""
    compact = re.sub(r"\s", "", text)
    if _THOUSANDS_OR_DECIMALS.fullmatch(text):
        return (_digits(text), text.replace(",", "."))
    return (_digits(text) if _ONLY_THOUSANDS.fullmatch(compact) else _with_decimals(compact),)


def _with_decimals(number: str) -> str:
    """Return a number whose last mark parts the decimals; zeros of sections (2.10) stay."""
    *thousands, decimals = re.split("[.,]", number)
    whole = "".join(thousands)
    rest = decimals if _SECTION.fullmatch(number) else decimals.rstrip("0")
    return f"{whole}.{rest}" if rest else whole


def list_items(text: str) -> list[tuple[int, int]]:
    """Return the spans of the items of a number that may be a list (146,147) or an IP address."""
    items = [match.span() for match in re.finditer(r"\d+", text)]
    values = [int(text[start:end]) for start, end in items]
    return items if _is_list(text, values) or _is_ip_address(text, values) else []


def _is_list(text: str, values: list[int]) -> bool:
    is_like_one = re.fullmatch(r"\d{3}(?:,\d{3})+", text) is not None
    return is_like_one and all(0 < b - a < _MAX_STEP for a, b in pairwise(values))


def _is_ip_address(text: str, values: list[int]) -> bool:
    return max(values) <= _BYTE and re.fullmatch(r"\d{1,3}(?:\.[12]\d\d){3}", text) is not None
