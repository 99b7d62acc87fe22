"""Spell transliterated words as Cyrillic texts do, by rules and by lists of words.

The rules follow Cyrillic orthography where it writes two sounds with one letter (я, ю, ц) or
one sound with a choice of letters (и or й). Loans and names that the rules spell wrongly are
listed in ``loans.txt`` and ``kazakh/roots.tsv``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from searchkit_analyzers.kazakh.scripts.harmony import TO_BACK, begins_front, harmonize
from searchkit_analyzers.kazakh.scripts.script_data import LOANS
from searchkit_analyzers.kazakh.tables import rows

RoundTrip = Callable[[str], Iterator[str]]
"""Yields the spellings of a Cyrillic word that is written in another script and read back."""

_MIN_ROOT_LENGTH = 4
"""Shorter roots (in letters) are not matched as beginnings of words: эра would spoil Ералы."""
_MAX_LISTED_LENGTH = 24
"""No listed word is longer (in letters)."""
_INITIALS = str.maketrans("эһйяюёцчщәөүі", "ехииииттшаоұы")
"""The first letter that the rules may put in the place of another one."""

# Writers of the other scripts spell these letters one by one, or leave them out.
_SPELLED_OUT = str.maketrans(
    {"й": "и", "я": "иа", "ю": "иу", "ё": "ио", "ц": "тс", "щ": "шш", "э": "е", "һ": "х", "ь": "", "ъ": ""}
)
_RULES = [
    (re.compile(pattern), letters)
    for pattern, letters in (
        # қайта, үй, киім, партия, but иесі, қиын: и is й after a vowel.
        (r"(?<=[аәеоөұүыіуи])и|^и(?=о)", "й"),
        # Тоқаев, Назарбаева.
        (r"(?<=[аәеоөұүы])йе(?=в)", "е"),
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
_AMBIGUOUS = re.compile("[йяюёцщэһьъчи]|т[сш]|шш")
"""Letters without which the rules leave a word as it is."""


def spell(word: str) -> str:
    """Return a word spelled by the rules of Cyrillic orthography."""
    for pattern, letters in _RULES:
        word = pattern.sub(letters, word)
    return word


def latin_round_trips(word: str) -> Iterator[str]:
    """Yield the spellings of a Cyrillic word read back from Latin letters.

    People write some letters in several ways, so there may be three spellings.
    """
    if not _AMBIGUOUS.search(word):
        yield word
        return
    for old, new in (("", ""), ("ииа", "иа"), ("ч", "тш")):
        yield spell(word.translate(_SPELLED_OUT).replace(old, new))


def arabic_round_trips(word: str) -> Iterator[str]:
    """Yield the spelling of a Cyrillic word read back from Arabic letters."""
    back = word.translate(_SPELLED_OUT).translate(TO_BACK)
    has_hamza = re.match("[^аоұы]*[әөүі]", word) and not re.search("[егк]", word)
    yield spell(harmonize(back, bool(has_hamza) or begins_front(back)))


def longest_listed(round_trip: RoundTrip, word: str) -> tuple[str, str]:
    """Return the listed word that `word` begins with, and the letters after it.

    The listed word is ``""`` where no listed one fits; the longest one wins.
    """
    spellings = _listed_spellings(round_trip, initial(word))
    for end in range(min(len(word), _MAX_LISTED_LENGTH), 0, -1):
        if word[:end] in spellings:
            return spellings[word[:end]], word[end:]
    return "", word


@cache
def _listed_spellings(round_trip: RoundTrip, first_letter: str) -> Mapping[str, str]:
    """Return the listed words with one initial, by their spellings after a round trip.

    Applying the rules to all listed words takes a tenth of a second, and a query has words with
    a few initials only.
    """
    roots_by_initial, loans_by_initial = roots_and_loans()
    roots = roots_by_initial.get(first_letter, ())
    loans = loans_by_initial.get(first_letter, ())
    of_roots = {spelling: word for word in roots for spelling in round_trip(word) if spelling != word}
    of_loans = {spelling: word for word in loans for spelling in round_trip(word)}
    return {spelling: word for spelling, word in of_roots.items() if len(spelling) >= _MIN_ROOT_LENGTH} | of_loans


@cache
def roots_and_loans() -> tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]:
    """Return the listed roots and the listed loans, each by `initial`."""
    roots, loans = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for word, *_ in rows("roots.tsv"):
        roots[initial(word)].append(word)
    for (word,) in rows(LOANS):
        loans[initial(word)].append(word)
    return roots, loans


def initial(word: str) -> str:
    """Return the first letter of a word, the same for letters that the rules exchange."""
    return word[:1].translate(_INITIALS)
