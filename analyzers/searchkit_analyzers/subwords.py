"""What stands inside a word: one or more parts, each with the forms under which it is indexed.

=============================  ==================================================
word                           parts (``/`` parts the forms at one position)
=============================  ==================================================
К.-Ж.                          к · ж
т.д.                           тд
30-летие                       30/30-летие · летие
XXV, ХХV, VIIІ                 xxv/25, viii/8
22.09.2022                     22/2022-09-22 · 9 · 2022
8,1; 1 000 000; %              8.1; 1000000; %/процент/пайыз
премьер-министр                премьер/премьер-министр · министр
COVID-19; Ту134                covid/covid-19/covid19 · 19; ту/ту134 · 134
кто-то                         кто-то
1990-х, 5-й, 3-ші              1990, 5, 3
ҚХА-ның; Wi-Fi-ды              қха/қха-ның; wi/wi-fi · fi
inform.kz/path                 inform/inform.kz/path · kz · path
Д'Артаньян                     дартаньян/артаньян
=============================  ==================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from searchkit_analyzers.normalize import HYPHENS, clean, fold, is_ordinary, one_script
from searchkit_analyzers.tokenizer import LONGEST_WORD, Word


class Subword(NamedTuple):
    """One position of a word."""

    word: str
    """What a morphology is asked about: cleaned, lower-cased, ``ё`` kept."""
    forms: tuple[str, ...]
    """The folded forms, the part's own first."""
    start: int
    """Where it begins, in code points from the beginning of the raw word."""
    end: int


IsSuffix = Callable[[str], bool]
"""Tells whether what follows a hyphen (``-ның``) is an ending of the word before it."""

# Particles that stay with their word: кто-то and что-либо are words of their own, and the dictionary has them.
_PARTICLES_AFTER = frozenset({"то", "либо", "нибудь", "таки", "ка"})
_PARTICLES_BEFORE = frozenset({"кое", "по", "во", "в"})
# How Russian writes the end of an ordinal or of a counted noun after digits: 5-й, 1990-х, 22-го, 15-ти.
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
_DOT = re.compile(r"\.")
_LETTERS_OR_DIGITS = re.compile(r"\d+|[^\d]+")
_ADDRESS_PART = re.compile(r"[\w-]+")
_SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?", re.IGNORECASE)
_ROMAN = re.compile(r"(?=[IVXLC]*[IVX])(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_GLUED_ROMAN = re.compile(r"[IVXХІ]{2,6}(?=[а-яёәғқңөұүһі]{2})")
_ROMAN_LOOKALIKES = str.maketrans("ХІ", "XI")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def subwords_of(word: Word, is_suffix: IsSuffix) -> tuple[Subword, ...]:
    """Return the parts of `word`, in order; a few symbols and broken characters have none."""
    return _BY_KIND[word.kind](word.text, is_suffix)


def _plain(text: str, is_suffix: IsSuffix) -> tuple[Subword, ...]:
    """A word of letters and digits, with hyphens and apostrophes inside it."""
    pieces = [piece for span in _spans(_HYPHEN, text) for piece in _pieces(text, *span)]
    if len(pieces) > 1:
        return _compound(text, pieces, is_suffix)
    return tuple(pieces)


def _spans(separator: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    cuts = [(match.start(), match.end()) for match in separator.finditer(text)]
    return [(a, b) for (_, a), (b, _) in pairwise([(0, 0), *cuts, (len(text), 0)]) if a < b]


def _pieces(text: str, start: int, end: int) -> list[Subword]:
    """Cut one hyphen-free stretch where digits meet letters or one script meets another."""
    stretch = text[start:end]
    if (is_ordinary(stretch) or stretch.isdecimal()) and len(stretch) <= LONGEST_WORD:
        return [Subword(stretch.lower(), (fold(stretch),), start, end)]
    roman = _roman_number(stretch)
    if roman:
        return [Subword(roman[0], roman, start, end)]
    cleaned = clean(stretch)[:LONGEST_WORD]
    runs = [run for script in _scripts(cleaned) for run in _LETTERS_OR_DIGITS.findall(script)]
    exact = sum(map(len, runs)) == end - start
    pieces, at = [], start
    for run in runs:
        span = (at, at + len(run)) if exact else (start, end)
        bare = run.strip("'")
        if bare:
            pieces.append(Subword(_without_apostrophes(bare.lower()), _forms(bare), *span))
        at += len(run)
    return pieces


def _without_apostrophes(word: str) -> str:
    """Return a lower-case word without apostrophes; the possessive 's of English goes as a whole."""
    return word.removesuffix("'s").replace("'", "")


def _scripts(cleaned: str) -> list[str]:
    """Cut where the script changes, and between a Roman number and the word glued to it (``IIIстепени``)."""
    roman = _GLUED_ROMAN.match(cleaned)
    return [roman.group().translate(_ROMAN_LOOKALIKES), cleaned[roman.end() :]] if roman else one_script(cleaned)


def _forms(piece: str) -> tuple[str, ...]:
    """``Д'Артаньян`` is looked for as one word and by the name behind the apostrophe."""
    folded = fold(piece)
    behind = [part for part in folded.split("'")[1:] if len(part) > 1]
    return (folded.replace("'", ""), *behind)


def _compound(text: str, pieces: list[Subword], is_suffix: IsSuffix) -> tuple[Subword, ...]:
    first, last = pieces[0], pieces[-1]
    whole = _whole(text)
    if last.word in _PARTICLES_AFTER or (first.word in _PARTICLES_BEFORE and "-" in whole):
        return (Subword(_whole(text, str.lower), (whole,), 0, len(text)),)
    if _is_ending(text, pieces[-2], last, is_suffix):
        return _with_ending(text, pieces, is_suffix)
    glued = (whole.replace("-", ""),) if last.word.isdigit() else ()
    forms = tuple(dict.fromkeys((*first.forms, whole, *glued)))
    return (first._replace(forms=forms), *pieces[1:])


def _with_ending(text: str, pieces: list[Subword], is_suffix: IsSuffix) -> tuple[Subword, ...]:
    """The ending goes to the part before it: ``Wi-Fi-ды`` is ``Wi-Fi``, ``5G-нің`` is ``5G``."""
    stem = pieces[-2]
    if len(pieces) > 2:
        *before, stem = _compound(text[: stem.end], pieces[:-1], is_suffix)
        return (*before, stem._replace(end=len(text)))
    forms = stem.forms if stem.forms[-1].isdigit() else (*stem.forms, _whole(text))
    return (stem._replace(forms=forms, end=len(text)),)


def _whole(text: str, folded: Callable[[str], str] = fold) -> str:
    """Return a compound as one form, each of its parts in one script."""
    parts = [text[start:end] for start, end in _spans(_HYPHEN, text)]
    known = [(_roman_number(part) or ("".join(_scripts(clean(part))),))[0] for part in parts]
    return folded("-".join(known))[:LONGEST_WORD]


def _is_ending(text: str, stem: Subword, ending: Subword, is_suffix: IsSuffix) -> bool:
    """Whether ``stem-ending`` is one inflected word.

    A hyphen joins an ending only to digits, names and acronyms (2024-ші, ҚХА-ның): after a common noun the same
    letters are a word or a repetition (тау-тас), so they stay. Ту134да has none.
    """
    if stem.end >= ending.start:
        return False
    if stem.forms[-1].isdigit() and ending.word in _RUSSIAN_NUMBER_ENDINGS:
        return True
    is_name = not text[stem.start : stem.end].islower() and text[ending.start : ending.end].islower()
    return is_name and is_suffix(ending.word)


def _roman_number(text: str) -> tuple[str, ...]:
    """``ХІХ`` in any mixture of scripts -> (``xix``, ``19``); nothing for words that are no Roman number."""
    if not 1 < len(text) < 9:
        return ()
    latin = text.translate(_ROMAN_LOOKALIKES)
    if not _ROMAN.fullmatch(latin):
        return ()
    values = [_ROMAN_VALUES[digit] for digit in latin]
    number = sum(-a if a < b else a for a, b in pairwise([*values, 0]))
    return (latin.lower(), str(number))


def _number(text: str, _: IsSuffix) -> tuple[Subword, ...]:
    digits = re.sub(r"\s", "", text).replace(",", ".")[:LONGEST_WORD]
    return (Subword(digits, (digits,), 0, len(text)),)


def _date(text: str, _: IsSuffix) -> tuple[Subword, ...]:
    day, month, year = (Subword("", (str(int(text[a:b])),), a, b) for a, b in _spans(_DOT, text))
    century = "" if len(year.forms[0]) == 4 else "20" if int(year.forms[0]) < 70 else "19"
    full_year = f"{century}{year.forms[0]:0>2}"
    iso = f"{full_year}-{month.forms[0]:0>2}-{day.forms[0]:0>2}"
    return (day._replace(forms=(*day.forms, iso)), month, year._replace(forms=(full_year,)))


def _time(text: str, _: IsSuffix) -> tuple[Subword, ...]:
    return (Subword(text, (text,), 0, len(text)),)


def _initials(text: str, _: IsSuffix) -> tuple[Subword, ...]:
    """``К.-Ж.`` stands for two names, ``т.д.`` for one abbreviation."""
    letters = [match.start() for match in re.finditer(r"[^\W\d_]", text)]
    if any(text[at].islower() for at in letters):
        joined = fold("".join(text[at] for at in letters))[:LONGEST_WORD]
        return (Subword(joined, (joined,), 0, len(text)),)
    return tuple(Subword(text[at].lower(), (fold(text[at]),), at, at + 1) for at in letters)


def _address(text: str, _: IsSuffix) -> tuple[Subword, ...]:
    """An address is found whole, and by each of its words."""
    bare = text.rstrip(".,;:!?)]}»")
    skip = _SCHEME.match(bare)
    begin = skip.end() if skip else 0
    words = [(fold(m.group())[:LONGEST_WORD], m.start(), m.end()) for m in _ADDRESS_PART.finditer(bare, begin)]
    found = [Subword(word, (word,), start, end) for word, start, end in words]
    if len(found) > 1:
        whole = fold(bare[begin:])[: 2 * LONGEST_WORD]
        found[0] = found[0]._replace(forms=(*found[0].forms, whole))
    return tuple(found)


def _symbol(text: str, _: IsSuffix) -> tuple[Subword, ...]:
    return (Subword("", _SYMBOLS[text], 0, len(text)),)


_BY_KIND: dict[str, Callable[[str, IsSuffix], tuple[Subword, ...]]] = {
    "word": _plain,
    "number": _number,
    "date": _date,
    "time": _time,
    "initials": _initials,
    "address": _address,
    "symbol": _symbol,
}
