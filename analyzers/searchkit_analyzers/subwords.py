"""Subwords: cuts a word into its parts, each with the forms under which it is indexed.

=============================  =====================================================
word                           subwords (``/`` between the forms at one position)
=============================  =====================================================
К.-Ж.                          к · ж
т.д.                           тд
30-летие                       30/30-летие · летие
XXV, ХХV, VIIІ                 xxv/25, viii/8
22.09.2022                     22/2022-09-22 · 9/09/2022-09-22 · 2022/2022-09-22
22 сентября 2022               22/2022-09-22 · сентября/2022-09-22 · 2022/2022-09-22
8,1; 1 000 000; %              8.1; 1000000; %/процент/пайыз
+7 (7112) 55-12-34             7112551234/551234
премьер-министр                премьер/премьер-министр · министр
COVID-19; Ту134                covid/covid-19/covid19 · 19; ту/ту134 · 134
кто-то                         кто-то
1990-х, 5-й, 3-ші              1990, 5, 3
ҚХА-ның; Wi-Fi-ды              қха/қха-ның; wi/wi-fi · fi
inform.kz/path                 inform/inform.kz/path · kz · path
Д'Артаньян                     дартаньян/артаньян
=============================  =====================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from searchkit_analyzers.dates.iso import days_of
from searchkit_analyzers.figures import list_items, number_forms, phone_forms
from searchkit_analyzers.normalize import HYPHENS, clean, fold, is_ordinary, one_script
from searchkit_analyzers.tokenizer import LONGEST_WORD, Word


class Subword(NamedTuple):
    """One part of a word, which takes one position."""

    word: str
    """The word for the morphology: cleaned, lower-cased, ``ё`` kept."""
    forms: tuple[str, ...]
    """The folded forms, its own first."""
    start: int
    """Where it begins, in code points from the beginning of the raw word."""
    end: int
    """Where it ends (exclusive), in code points from the beginning of the raw word."""


IsSuffix = Callable[[str], bool]
"""Tells whether letters after a hyphen (``-ның``) are an ending of the word before."""

# Particles that stay with their word: кто-то and что-либо are words of their own, and the
# dictionary has them.
_PARTICLES_AFTER = frozenset({"то", "либо", "нибудь", "таки", "ка"})
_PARTICLES_BEFORE = frozenset({"кое", "по", "во", "в"})
# How Russian writes the end of an ordinal or of a counted noun after digits: 5-й, 1990-х, 22-го,
# 15-ти.
_RUSSIAN_NUMBER_ENDINGS = frozenset("й го му м я ю е ей х ми ый ого ому ым ом ая ую ое ые ых ти и".split())
_SYMBOLS = {
    "%": ("%", "процент", "пайыз"),
    "‰": ("‰", "промилле"),
    "₸": ("₸", "тенге", "теңге"),
    "$": ("$", "доллар"),
    "€": ("€", "евро"),
    "₽": ("₽", "рубль"),
}
_HYPHEN = re.compile(f"[{HYPHENS}]")
_DATE_PART = re.compile(rf"[^\W_]+(?:[{HYPHENS}][^\W\d_]+)*")
_SHORT_YEAR = re.compile(r"\d{1,2}\.\d{1,2}\.\d\d")
_LETTERS_OR_DIGITS = re.compile(r"\d+|[^\d]+")
_ADDRESS_PART = re.compile(r"[\w-]+")
_SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?", re.IGNORECASE)
_ROMAN = re.compile(r"(?=[IVXLC]*[IVX])(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_GLUED_ROMAN = re.compile(r"[IVXХІ]{2,6}(?=[а-яёәғқңөұүһі]{2})")
_ROMAN_LOOKALIKES = str.maketrans("ХІ", "XI")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def subwords_of(word: Word, is_suffix: IsSuffix) -> tuple[Subword, ...]:
    """Return the subwords of a word in order; a few symbols and broken characters have none."""
    return _BY_KIND[word.kind](word.text, is_suffix)


def _plain(text: str, is_suffix: IsSuffix) -> tuple[Subword, ...]:
    """Cut a word of letters and digits, with hyphens and apostrophes inside."""
    subwords = [subword for span in _spans(_HYPHEN, text) for subword in _hyphenless(text, *span)]
    if len(subwords) > 1:
        return _compound(text, subwords, is_suffix)
    return tuple(subwords)


def _spans(separator: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    cuts = [(match.start(), match.end()) for match in separator.finditer(text)]
    return [(a, b) for (_, a), (b, _) in pairwise([(0, 0), *cuts, (len(text), 0)]) if a < b]


def _hyphenless(text: str, start: int, end: int) -> list[Subword]:
    """Cut a span without hyphens where digits meet letters or one script meets another."""
    raw = text[start:end]
    if (is_ordinary(raw) or raw.isdecimal()) and len(raw) <= LONGEST_WORD:
        return [Subword(raw.lower(), (fold(raw),), start, end)]
    roman = _roman_number(raw)
    if roman:
        return [Subword(roman[0], roman, start, end)]
    cleaned = clean(raw)[:LONGEST_WORD]
    runs = [run for script in _scripts(cleaned) for run in _LETTERS_OR_DIGITS.findall(script)]
    has_exact_offsets = sum(map(len, runs)) == end - start
    subwords, offset = [], start
    for run in runs:
        span = (offset, offset + len(run)) if has_exact_offsets else (start, end)
        bare = run.strip("'")
        if bare:
            subwords.append(Subword(_without_apostrophes(bare.lower()), _forms(bare), *span))
        offset += len(run)
    return subwords


def _without_apostrophes(word: str) -> str:
    """Return a lower-case word without apostrophes, and without the English ending 's."""
    return word.removesuffix("'s").replace("'", "")


def _scripts(cleaned: str) -> list[str]:
    """Cut a word at changes of script and after a Roman number (``IIIстепени``)."""
    roman = _GLUED_ROMAN.match(cleaned)
    return [roman.group().translate(_ROMAN_LOOKALIKES), cleaned[roman.end() :]] if roman else one_script(cleaned)


def _forms(bare: str) -> tuple[str, ...]:
    """Return the forms of a word, with the last part of ``Д'Артаньян``."""
    folded = fold(bare)
    last_parts = [part for part in folded.split("'")[1:] if len(part) > 1]
    return (folded.replace("'", ""), *last_parts)


def _compound(text: str, subwords: list[Subword], is_suffix: IsSuffix) -> tuple[Subword, ...]:
    first, last = subwords[0], subwords[-1]
    whole = _whole(text)
    if last.word in _PARTICLES_AFTER or (first.word in _PARTICLES_BEFORE and "-" in whole):
        return (Subword(_whole(text, str.lower), (whole,), 0, len(text)),)
    if _is_ending(text, subwords[-2], last, is_suffix):
        return _with_ending(text, subwords, is_suffix)
    unhyphenated = (whole.replace("-", ""),) if last.word.isdigit() else ()
    forms = tuple(dict.fromkeys((*first.forms, whole, *unhyphenated)))
    return (first._replace(forms=forms), *subwords[1:])


def _with_ending(text: str, subwords: list[Subword], is_suffix: IsSuffix) -> tuple[Subword, ...]:
    """Join an ending with the subword before it: ``Wi-Fi-ды`` is a form of ``Wi-Fi``."""
    stem = subwords[-2]
    if len(subwords) > 2:
        *before, stem = _compound(text[: stem.end], subwords[:-1], is_suffix)
        return (*before, stem._replace(end=len(text)))
    forms = stem.forms if stem.forms[-1].isdigit() else (*stem.forms, _whole(text))
    return (stem._replace(forms=forms, end=len(text)),)


def _whole(text: str, folded: Callable[[str], str] = fold) -> str:
    """Return a compound as one form, each of its parts in one script."""
    parts = [text[start:end] for start, end in _spans(_HYPHEN, text)]
    unmixed = [(_roman_number(part) or ("".join(_scripts(clean(part))),))[0] for part in parts]
    return folded("-".join(unmixed))[:LONGEST_WORD]


def _is_ending(text: str, stem: Subword, ending: Subword, is_suffix: IsSuffix) -> bool:
    """Return whether ``stem-ending`` is one inflected word.

    A hyphen joins an ending only to digits, names and acronyms (2024-ші, ҚХА-ның): after a common
    noun the same letters are a word or a repetition (тау-тас), so they stay. Ту134да has no ending.
    """
    if stem.end >= ending.start:
        return False
    if stem.forms[-1].isdigit() and ending.word in _RUSSIAN_NUMBER_ENDINGS:
        return True
    is_name = not text[stem.start : stem.end].islower() and text[ending.start : ending.end].islower()
    return is_name and is_suffix(ending.word)


def _roman_number(text: str) -> tuple[str, ...]:
    """Return a Roman number in any scripts (``ХІХ``) as (``xix``, ``19``), or nothing."""
    if not 1 < len(text) < 9:
        return ()
    latin = text.translate(_ROMAN_LOOKALIKES)
    if not _ROMAN.fullmatch(latin):
        return ()
    values = [_ROMAN_VALUES[digit] for digit in latin]
    number = sum(-a if a < b else a for a, b in pairwise([*values, 0]))
    return (latin.lower(), str(number))


def _number(text: str, _: IsSuffix) -> tuple[Subword, ...]:
    """Return a number as one subword, or a possible list (146,147) as its items."""
    forms = tuple(form[:LONGEST_WORD] for form in number_forms(text))
    items = [Subword(text[start:end], (text[start:end],), start, end) for start, end in list_items(text)]
    if items:
        first, *others = items
        return (first._replace(forms=(*first.forms, *forms)), *others)
    return (Subword(forms[0], forms, 0, len(text)),)


def _phone(text: str, _: IsSuffix) -> tuple[Subword, ...]:
    national, *local = phone_forms(text)
    return (Subword(national, (national, *local), 0, len(text)),)


def _date(text: str, is_suffix: IsSuffix) -> tuple[Subword, ...]:
    """Cut a date into words; each has the day as a form."""
    days = days_of(text)
    parts = [
        part._replace(forms=_date_forms(part.forms, days), start=start + part.start, end=start + part.end)
        for start, written in ((match.start(), match.group()) for match in _DATE_PART.finditer(text))
        for part in _plain(written, is_suffix)
    ]
    if days and _SHORT_YEAR.fullmatch(text):
        parts[-1] = parts[-1]._replace(forms=(days[0][: len("2022")], *days))
    return tuple(parts)


def _date_forms(forms: tuple[str, ...], days: tuple[str, ...]) -> tuple[str, ...]:
    number = (str(int(forms[0])),) if forms[0].isdecimal() else ()
    return tuple(dict.fromkeys((*number, *forms, *days)))


def _time(text: str, _: IsSuffix) -> tuple[Subword, ...]:
    return (Subword(text, (text,), 0, len(text)),)


def _initials(text: str, _: IsSuffix) -> tuple[Subword, ...]:
    """Cut initials: ``К.-Ж.`` stands for two names, ``т.д.`` for one abbreviation."""
    offsets = [match.start() for match in re.finditer(r"[^\W\d_]", text)]
    if any(text[offset].islower() for offset in offsets):
        joined = fold("".join(text[offset] for offset in offsets))[:LONGEST_WORD]
        return (Subword(joined, (joined,), 0, len(text)),)
    return tuple(Subword(text[offset].lower(), (fold(text[offset]),), offset, offset + 1) for offset in offsets)


def _address(text: str, _: IsSuffix) -> tuple[Subword, ...]:
    """Cut an address into words; the first has the whole address as a form."""
    bare = text.rstrip(".,;:!?)]}»")
    scheme = _SCHEME.match(bare)
    begin = scheme.end() if scheme else 0
    words = [(fold(m.group())[:LONGEST_WORD], m.start(), m.end()) for m in _ADDRESS_PART.finditer(bare, begin)]
    subwords = [Subword(word, (word,), start, end) for word, start, end in words]
    if len(subwords) > 1:
        whole = fold(bare[begin:])[: 2 * LONGEST_WORD]
        subwords[0] = subwords[0]._replace(forms=(*subwords[0].forms, whole))
    return tuple(subwords)


def _symbol(text: str, _: IsSuffix) -> tuple[Subword, ...]:
    return (Subword("", _SYMBOLS[text], 0, len(text)),)


_BY_KIND: dict[str, Callable[[str, IsSuffix], tuple[Subword, ...]]] = {
    "word": _plain,
    "number": _number,
    "phone": _phone,
    "date": _date,
    "time": _time,
    "initials": _initials,
    "address": _address,
    "symbol": _symbol,
}
