"""Words that the end of a line divides: is the hyphen a part of the word, or not?

A writer's hyphen (*премьер-министр*, *ҚХА-ның*) and a typesetter's one (*депутат-тары*) look the
same. The dictionaries tell most of them apart, the text itself the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from searchkit_analyzers.language import Language
from searchkit_analyzers.normalize import clean, fold, has_latin_letter, is_cyrillic
from searchkit_analyzers.registry import LANGUAGES, is_function_word, is_known_word, is_suffix

SOFT = "\u00ad\u00ac"
"""The soft hyphen, and the sign that word processors show or write in its place: neither belongs to
a word."""
_SHORTEST_WORD = 3
"""The dictionaries have too many shorter words (letters) to tell a compound by them."""

_END_OF_SURNAME = re.compile("(?:бае|беко|жано|хано|мурато|галие|калие|алие|тае|кено)в(?:а|у|ы|е|ым|ой|ых)?")
"""Second parts of Kazakh surnames in Russian spelling: the dictionary has some, as surnames."""


def reunited(head: str, tail: str, mark: str, stands_elsewhere: Callable[[str], bool]) -> str:
    """Return a word that the end of a line divides, with its hyphen or without.

    >>> reunited("депутат", "тары", "-", lambda word: False)
    'депутаттары'
    >>> reunited("ҚХА", "ның", "-", lambda word: False)
    'ҚХА-ның'

    Args:
        head: The letters or digits before the mark.
        tail: The letters after the end of the line, or the figures (*COVID-19*).
        mark: The hyphen, or one of `SOFT`.
        stands_elsewhere: Tells whether a folded word stands elsewhere in the text.

    Returns:
        The word, or ``""`` where the two may be two words.
    """
    whole, compound = head + tail, f"{head}-{tail}"
    if tail.isdecimal():
        return compound if head.isalpha() and head[0].isupper() else ""
    if _is_inflected(head, tail):
        return compound
    in_text = [stands_elsewhere(_folded(word)) for word in (whole, compound)]
    if in_text[0] != in_text[1]:
        return whole if in_text[0] else compound
    if tail[0].isupper() and not head.isupper():
        return whole if mark in SOFT else compound if head[0].isupper() or _is_known(compound) else ""
    return _by_dictionary(head, tail, mark in SOFT)


def is_one_word(head: str, tail: str) -> bool:
    """Return whether a hyphen and a blank divide one word, where the end of a line was lost.

    Two words with a careless dash between them are likelier than in `reunited`.

    Args:
        head: The letters before the hyphen.
        tail: The letters after the blank.
    """
    if min(len(head), len(tail)) < 2 or is_function_word(tail) or not (tail.islower() and is_cyrillic(tail)):
        return False
    return _is_known(head + tail) and not _is_known(f"{head}-{tail}") and _folded(head) != _folded(tail)


def _by_dictionary(head: str, tail: str, is_soft: bool) -> str:
    whole, compound = head + tail, f"{head}-{tail}"
    is_whole_known, is_compound_known = _is_known(whole), _is_known(compound)
    is_repeated = _folded(head) == _folded(tail) and (len(head) >= _SHORTEST_WORD or not is_whole_known)
    if is_whole_known and not (is_compound_known or is_repeated):
        return whole
    if is_compound_known or is_repeated or _is_suffix_in_capitals(head, tail):
        return compound
    if is_soft:
        return whole
    if _is_compound(head, tail):
        return "" if is_function_word(tail) else compound
    return whole if _is_division(head, tail) else ""


def _is_inflected(head: str, tail: str) -> bool:
    """Whether a number, an abbreviation or a word in other letters has an ending behind it."""
    if not head.isalpha() or is_cyrillic(head) != is_cyrillic(tail):
        return True
    return head.isupper() and tail.islower() and (len(head) > 1 or is_suffix(tail))


def _is_suffix_in_capitals(head: str, tail: str) -> bool:
    """Whether a suffix stands behind an abbreviation in a line of capitals: *ҚХА-НЫҢ*."""
    return head.isupper() and tail.isupper() and is_suffix(tail.lower())


def _is_compound(head: str, tail: str) -> bool:
    """Whether both parts are words themselves: *іс-шара*, *веб-портал*."""
    if _END_OF_SURNAME.fullmatch(_folded(tail)):
        return False
    is_long = len(head) >= _SHORTEST_WORD or (len(head) == 2 and head[1].islower())
    return is_long and (len(tail) > 1 or is_function_word(tail)) and _is_known(head) and _is_known(tail)


def _is_division(head: str, tail: str) -> bool:
    """Whether the parts of an unlisted word are no words, as typesetters leave them.

    A language without a dictionary may know the beginnings and endings that typesetters part from
    their words.
    """
    if has_latin_letter(head + tail):
        return any(_divides(language, _folded(head), _folded(tail)) for language in LANGUAGES.values())
    return len(tail) > 1 and not is_function_word(tail)


def _divides(language: Language, head: str, tail: str) -> bool:
    """Return whether typesetters of a language part words behind `head`, or before `tail`."""
    is_beginning, is_ending = language.is_beginning, language.is_ending
    return bool((is_beginning and is_beginning(head)) or (is_ending and is_ending(tail)))


def _folded(word: str) -> str:
    return fold(clean(word))


@lru_cache(20_000)
def _is_known(word: str) -> bool:
    return is_known_word(word)
