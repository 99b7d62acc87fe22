"""Kazakh words of other scripts in Cyrillic spelling, so that one stemmer serves all.

1. *Letters*: ``scripts.tsv`` gives the Cyrillic letter for each letter or digraph of a script;
2. *harmony*: Arabic letters do not tell а from ә, the hamza, ە, ك and گ do;
3. *spelling*: what Cyrillic writes with one letter (я, ю, ц) or with a choice of two (и or й) is found by rules;
4. *words*: loans and names that rules would spell wrongly are listed (``loans.txt``, ``kazakh/roots.tsv``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from searchkit_analyzers.kazakh.tables import rows
from searchkit_analyzers.normalize import HYPHENS, clean, is_cyrillic
from searchkit_analyzers.tokenizer import LONGEST_WORD

SCRIPTS = ("kk-Arab", "kk-2017", "kk-2018", "kk-2021")
"""The columns of ``scripts.tsv``: A. Baitursynov's töte jazu as used in China; Latin by the decrees no. 569 of
2017-10-26 and no. 637 of 2018-02-19, and by the project of 2021."""
_SHORTEST_ROOT = 4
"""Shorter roots (letters) are no beginnings of other words: эра would spoil Ералы."""
_LONGEST_LISTED = 24
"""No listed word is longer (letters)."""

_STRETCH = re.compile(rf"[{HYPHENS}]|[^{HYPHENS}]+")
_PIECE = re.compile(r"\d+|\D+")
_ROMAN = re.compile(r"[IVXLC]{2,}")
# A capital I stands for і and for и: for и after a vowel and, at the beginning, before a back vowel or и.
# Işkı, QAITA, Italia.
_CAPITAL_I = re.compile("(?<=[аәеоөұүы])I|^I(?=[^аәеоөұүыі]*[аоұуыи])")
_NOT_CAPITAL_I = re.compile("[^I]|I(?=')")

Ways = Callable[[str], Iterator[str]]
"""Yields what the rules make of a Cyrillic word that is written in another script."""
_INITIALS = str.maketrans("эһйяюёцчщәөүі", "ехииииттшаоұы")

# What a writer of the other scripts spells letter by letter or leaves out.
_SPELLED_OUT = str.maketrans(
    {"й": "и", "я": "иа", "ю": "иу", "ё": "ио", "ц": "тс", "щ": "шш", "э": "е", "һ": "х", "ь": "", "ъ": ""}
)
_SPELLINGS = [
    (re.compile(pattern), letters)
    for pattern, letters in (
        # қайта, үй, киім, партия, but иесі, қиын: и is й after a vowel.
        (r"(?<=[аәеоөұүыіуи])и|^и(?=о)", "й"),
        # аяқ, қою, яғни, юбка.
        (r"(?:й|^и)а", "я"),
        (r"(?:й|^и)у", "ю"),
        # партия, Италияның, жию; but материал, вариант.
        (r"(?<=и)а(?=$|с[ыі]|н[ыі]|ға|д[аы]|м[еы]|лы[қғ]|ла[рнуд])", "я"),
        (r"(?<=и)у$", "ю"),
        # бюджет, плюс, отряд; but радиус, вариант.
        (r"(?<=[бклпт])иу", "ю"),
        (r"(?<=[рл])иа(?=д)", "я"),
        # актёр, волонтёр.
        (r"(?<=[жтсп])иор", "ёр"),
        # лекция, процент, цирк, абзац; but кетсе, айтсын.
        (r"тс(?=и|й|я|е[йнпрсх]|$)|^тс", "ц"),
        # чемпион, матч, почта; but айтшы, жұмысты, қызметші.
        (r"тш(?=$|[бвгдзклмнпрст])|^тш", "ч"),
        # ащы, тұщы.
        (r"шш", "щ"),
    )
]
_RESPELLED = re.compile("[йяюёцщэһьъчи]|т[сш]|шш")
"""What only a word has that the rules may spell otherwise."""

# Arabic letters do not tell front vowels from back ones. A hamza, ە, ك and گ are signs of front vowels, ق and ع of back
# ones, and so is а in a later syllable.
_HAMZA = re.compile("[\u0674\u0621]")
_TATWEEL = "\u0640"
_TO_BACK = str.maketrans("әөүі", "аоұы")
_TO_FRONT = str.maketrans("аоұы", "әөүі")
_FRONT_SIGNS, _BACK_SIGNS = frozenset("кг"), frozenset("қғ")
# -көл, -көз, -сөз, -төбе: ө stands in a later syllable only in compounds.
_FRONT_COMPOUNDED = frozenset(["кол", "коз", "соз", "тоб"])
# жылмен, Байбек: these endings are front ones after any vowel and tell nothing of the word before; -ұлы is never -үлі.
_FOREIGN_END = re.compile("(?:[мбп]ен|бек.*)$")
_PATRONYMIC = re.compile(r"(?<=\w{3}[^г])үлі(?=$|н)")
_SIGN = re.compile("(?P<front>[егк])|[қғ]|(?<=[аоұы])[^аоұыегкқғ]+а")


class Respelled(NamedTuple):
    """A word in Cyrillic letters."""

    text: str
    origin: Mapping[int, int]
    """Where its pieces (letters, digits, hyphens) begin and end in `text` -> in the raw word."""


def respelled(raw: str, script: str) -> Respelled:
    """Return a raw Kazakh word of one of the `SCRIPTS` in Cyrillic.

    What stands between hyphens is respelled as a whole or, where that is no such word, left as it is.
    """
    text, origin = "", {0: 0}
    for stretch in _STRETCH.finditer(raw):
        pieces = _PIECE.findall(stretch.group())
        cyrillic = [in_cyrillic(piece, script) for piece in pieces]
        if not all(is_cyrillic(new) or new.isdecimal() for new in cyrillic):
            cyrillic = pieces
        end = stretch.start()
        for old, new in zip(pieces, cyrillic, strict=True):
            text, end = text + new, end + len(old)
            origin[len(text)] = end
    return Respelled(text, origin)


def in_cyrillic(piece: str, script: str) -> str:
    """Return letters of one script in Cyrillic, in upper or lower case as they were; Roman numbers stay."""
    if len(piece) > LONGEST_WORD or _ROMAN.fullmatch(piece):
        return piece
    word = alphabet(script).read(piece)
    if not word:
        return piece
    if piece.isupper() and len(piece) > 1:
        return word.upper()
    return word.capitalize() if piece[0].isupper() else word


@cache
def alphabet(script: str) -> Latin | Arabic:
    """Return the alphabet of one of the `SCRIPTS`."""
    column = SCRIPTS.index(script) + 1
    letters = {way: row[0] for row in _rows("scripts.tsv") for way in row[column].split()}
    return Arabic(letters) if script == "kk-Arab" else Latin(letters)


@cache
def fingerprint() -> str:
    """Return a short hash of the tables of this module."""
    return f"{crc32(b''.join(map(_bytes, ('scripts.tsv', 'loans.txt')))):08x}"


class Latin:
    """The Latin letters of one year."""

    def __init__(self, letters: Mapping[str, str]) -> None:
        self._letters = _Letters({**letters, "I": "I", "i\u0307": "и"})

    def read(self, piece: str) -> str:
        """Return a raw word in lower-case Cyrillic, ``""`` where a letter is none of this alphabet."""
        word = _NOT_CAPITAL_I.sub(lambda letter: letter.group().lower(), clean(piece))
        word = _CAPITAL_I.sub("и", self._letters.cyrillic(word)).replace("I", "і")
        listed, rest = _longest(_ways, _spelled(word))
        return listed + rest


class Arabic:
    """Töte jazu: one letter for а and ә, for о and ө, for ұ and ү, for ы and і."""

    def __init__(self, letters: Mapping[str, str]) -> None:
        self._letters = _Letters(letters)

    def read(self, piece: str) -> str:
        """Return a raw word in lower-case Cyrillic, ``""`` where a letter is none of this alphabet."""
        bare, hamzas = _HAMZA.subn("", clean(piece).replace(_TATWEEL, ""))
        word = self._letters.cyrillic(bare)
        back = word.translate(_TO_BACK)
        word = _spelled(harmonised(back, bool(hamzas) or word != back or _begins_front(back)))
        listed, rest = _longest(_harmonised_ways, word)
        if listed:
            ending = harmonised(listed[-1] + rest.translate(_TO_BACK), _ends_front(listed), first=False)
            word = listed + ending[1:]
        return _PATRONYMIC.sub("ұлы", word)


class _Letters:
    """One alphabet's letters and digraphs, with the Cyrillic letter for each."""

    def __init__(self, letters: Mapping[str, str]) -> None:
        self._letters = letters
        either = "|".join(map(re.escape, sorted(letters, key=len, reverse=True)))
        self._letter, self._word = re.compile(either), re.compile(f"(?:{either})+")

    def cyrillic(self, word: str) -> str:
        """Return a word letter by letter, и standing for й too; ``""`` where a letter is none of this alphabet."""
        if not self._word.fullmatch(word):
            return ""
        return self._letter.sub(lambda letter: self._letters[letter.group()], word)


def _spelled(word: str) -> str:
    """Spell as Cyrillic texts do what other scripts spell letter by letter."""
    for pattern, letters in _SPELLINGS:
        word = pattern.sub(letters, word)
    return word


def harmonised(word: str, front: bool, *, first: bool = True) -> str:
    """Return `word`, in which а о ұ ы stand for ә ө ү і too, with the vowels that harmony asks for.

    `front` is what the first of them is, if the letters beside it do not tell; `first`, whether it is the word's
    first vowel: ә stands in no other place, ө hardly ever.
    """
    out = ""
    for i, letter in enumerate(word):
        if letter in "аоұы":
            front = _is_front(letter, word[max(0, i - 1) : i + 2], front, first)
            out += letter.translate(_TO_FRONT) if front else letter
        else:
            front = front or letter == "е"
            out += letter
        first = first and letter not in "аоұые"
    return out


def _is_front(letter: str, around: str, so_far: bool, first: bool) -> bool:
    """қ and ғ make the vowel beside them a back one, к and г one of ы, ұ and a first о a front one."""
    back, front = not _BACK_SIGNS.isdisjoint(around), not _FRONT_SIGNS.isdisjoint(around)
    if letter == "о" and not first:
        return around in _FRONT_COMPOUNDED
    if letter == "а" or back == front:
        return so_far and not back and (first or letter != "а")
    return front


def _begins_front(word: str) -> bool:
    """Whether the first vowel of a word without a hamza is a front one: the first letter that tells says so."""
    sign = _SIGN.search(_FOREIGN_END.sub("", word))
    return sign is not None and sign["front"] is not None


def _ends_front(word: str) -> bool:
    """Whether the last vowel of a Cyrillic word that tells is a front one."""
    return re.search("[әөүіеэ][^аоұыяу]*$", word) is not None


def _ways(word: str) -> Iterator[str]:
    """Yield what the rules make of a Cyrillic word written in Latin letters, in each way that people write it."""
    if not _RESPELLED.search(word):
        yield word
        return
    for old, new in (("", ""), ("ииа", "иа"), ("ч", "тш")):
        yield _spelled(word.translate(_SPELLED_OUT).replace(old, new))


def _harmonised_ways(word: str) -> Iterator[str]:
    """Yield what the rules make of a Cyrillic word written in Arabic letters."""
    back = word.translate(_SPELLED_OUT).translate(_TO_BACK)
    has_hamza = re.match("[^аоұы]*[әөүі]", word) and not re.search("[егк]", word)
    yield _spelled(harmonised(back, bool(has_hamza) or _begins_front(back)))


@cache
def _listed(ways: Ways, initial: str) -> Mapping[str, str]:
    """Return what the rules make of the listed words with that initial -> how Cyrillic texts spell them.

    To ask the rules for all listed words takes a tenth of a second, and a question has words with a few initials.
    """
    common, borrowed = (words.get(initial, ()) for words in _roots_and_loans())
    roots = {way: word for word in common for way in ways(word) if way != word}
    loans = {way: word for word in borrowed for way in ways(word)}
    return {way: word for way, word in roots.items() if len(way) >= _SHORTEST_ROOT} | loans


@cache
def _roots_and_loans() -> tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]:
    """Return both by their initials."""
    roots, loans = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for word, *_ in rows("roots.tsv"):
        roots[_initial(word)].append(word)
    for (word,) in _rows("loans.txt"):
        loans[_initial(word)].append(word)
    return roots, loans


def _initial(word: str) -> str:
    """Return the first letter of a word; letters for which the rules may put one another count as one."""
    return word[:1].translate(_INITIALS)


def _longest(ways: Ways, word: str) -> tuple[str, str]:
    """Return the listed word for the longest listed beginning of `word`, and the letters after that."""
    listed = _listed(ways, _initial(word))
    for end in range(min(len(word), _LONGEST_LISTED), 0, -1):
        if word[:end] in listed:
            return listed[word[:end]], word[end:]
    return "", word


def _bytes(name: str) -> bytes:
    return Path(__file__).with_name(name).read_bytes()


def _rows(name: str) -> list[list[str]]:
    lines = (line.split("#")[0].rstrip() for line in _bytes(name).decode().splitlines())
    return [line.split("\t") for line in lines if line]
