"""Guess which of the charsets from before UTF-8 a text is in, by its words that are not ASCII.

The rest of a text may be English or markup, and tells nothing. A word speaks for a charset if the
dictionaries have it there, a little if its letters look like a word, and against it otherwise.
"""

from __future__ import annotations

import re
from itertools import islice

from searchkit.readers.letters import CAPITALS, SMALL_CYRILLIC
from searchkit_analyzers import is_known_word, old_font_of

CHARSETS = ("cp1251", "kz1048", "ptcp154", "koi8_u", "cp866", "iso8859_5", "mac_cyrillic")
"""The charsets of Cyrillic, likeliest first; KOI8-U is KOI8-R with four more letters."""
_OF_CP1251 = frozenset({"cp1251", "kz1048", "ptcp154"})
"""Charsets that were declared as cp1251: their Russian letters have the same places."""
_OF_FONT = {"KZ-1048": "kz1048", "PTCP154": "ptcp154"}
"""The charset of a text in cp1251 that an old font would show."""
_OF_NEIGHBOUR = re.compile("[\u0402-\u0405\u0407-\u040f\u0452-\u0455\u0457-\u045f\u0490\u0491]")
_RUN = re.compile(rb"(?<![A-Za-z\x80-\xff])[A-Za-z]*+[\x80-\xff][A-Za-z\x80-\xff]*")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MOST_RUNS, _MOST_WORDS, _LONGEST_RUN = 4000, 300, 200
_SHAPES = (
    (re.compile(f"[{CAPITALS[:-3]}]?[{SMALL_CYRILLIC}]+"), 1.0),
    (re.compile(f"[{CAPITALS[:-3]}]+"), 0.6),
    (re.compile("[\u0400-\u042f\u0490]?[\u0430-\u045f\u0491]+|[\u0400-\u042f\u0490]+"), 0.3),
)
"""Usual words, words in capitals, words with letters of the neighbours of Russian and Kazakh."""
_KNOWN, _BAD, _SIGN = 3.0, -1.0, -0.05
"""A typographic sign may be a capital letter in another charset."""
_ENOUGH = 0.5
"""The least score of a word on average: names are in no dictionary, but have the shape of words."""
_MANY, _LEAST_KNOWN = 8, 0.1
"""Of so many words at least this share is known, or they are in another alphabet."""
_ODD_SIGN = re.compile(r"[^\w\s«»“”„‘’‚–—…•§©®°·№\u00a0\u00ad\u2011-]|[_ªºµ]")
"""Signs that seldom stand beside letters."""
_ODD_LETTER = re.compile(rf"(?<=[^\W\d_])(?:{_ODD_SIGN.pattern})(?=[^\W\d_])")
"""The same inside a word: some letter of another charset."""
_TYPOGRAPHIC = re.compile("[«»“”„‘’‚–—…•§©®°·№]")
_FEW = 3
"""So few words with letters of their own do not tell cp1251 from its Kazakh variants."""
_AS_HEBREW = re.compile("[\u0430-\u044a\\s]+")
"""The letters of Russian at whose places cp1255 has Hebrew: no capitals, no vowels at the end."""
_LATIN = re.compile("[A-Za-z\u00c0-\u024fŒœŠšŽžŸ«»“”„‘’‚–—…•§©®°·€£ºª\u00a0]+")


def likeliest(data: bytes) -> list[str]:
    """Return the charsets in which `data` reads as text, likeliest first."""
    runs = _runs(data)
    if _may_be_hebrew(runs):
        return []
    scores = {charset: _score(runs, charset) for charset in CHARSETS}
    found = sorted(
        (charset for charset in CHARSETS if scores[charset] >= _ENOUGH), key=scores.__getitem__, reverse=True
    )
    if found and found[0] in _OF_CP1251:
        return [variant_of_cp1251(data), *found]
    return found or (["cp1252"] if _is_latin(data, runs) else [])


def _may_be_hebrew(runs: list[bytes]) -> bool:
    """Whether words have Hebrew letters in cp1255, and most are none in any charset of Cyrillic."""
    data = b"\n".join(runs)
    if len(runs) < _FEW or not _AS_HEBREW.fullmatch(data.decode("cp1251", "replace")):
        return False
    readings = (data.decode(charset, "replace").split() for charset in CHARSETS)
    return all(2 * sum(map(is_known_word, words)) < len(words) for words in readings)


def variant_of_cp1251(data: bytes) -> str:
    """Return the charset of a text in cp1251 or a Kazakh variant of it.

    Kazakh pages declared their charsets as cp1251. Where few letters tell, it is the standard one,
    KZ-1048.
    """
    runs = _runs(data)
    text = b"\n".join(runs).decode("cp1251", "replace")
    font = old_font_of(text)
    if font and font.charset in _OF_FONT:
        return _OF_FONT[font.charset]
    telling = sum(1 for word in text.split() if _OF_NEIGHBOUR.search(word))
    return "cp1251" if telling > _FEW else max(_OF_FONT.values(), key=lambda charset: _score(runs, charset))


def _runs(data: bytes) -> list[bytes]:
    """Return different words with bytes that are not ASCII, and what stands close to them."""
    found = (match[0][:_LONGEST_RUN] for match in islice(_RUN.finditer(data), _MOST_RUNS))
    runs = list(dict.fromkeys(found))
    return runs[:: len(runs) // _MOST_WORDS + 1]


def _score(runs: list[bytes], charset: str) -> float:
    """Return how well words read in a charset: on average, from `_BAD` to `_KNOWN`."""
    text = b"\n".join(runs).decode(charset, "replace")
    scores = [_word_score(word) for word in _WORD.findall(text) if not word.isascii()]
    if len(scores) > _MANY and scores.count(_KNOWN) < _LEAST_KNOWN * len(scores):
        return _BAD
    signs = _BAD * (len(_ODD_SIGN.findall(text)) + 3 * len(_ODD_LETTER.findall(text))) + _SIGN * len(
        _TYPOGRAPHIC.findall(text)
    )
    return (sum(scores) + signs) / max(len(scores), 1)


def _word_score(word: str) -> float:
    shape = next((score for pattern, score in _SHAPES if pattern.fullmatch(word)), _BAD)
    return _KNOWN if shape > 0 and len(word) > 2 and is_known_word(word) else shape


def _is_latin(data: bytes, runs: list[bytes]) -> bool:
    """Whether a text is in Latin letters, some with accents, or has typographic signs."""
    accented = b"".join(runs).decode("cp1252", "replace")
    letters = sum(1 for byte in data[:65536] if chr(byte).isalpha() and byte < 128)
    return bool(_LATIN.fullmatch(accented)) and letters * 2 > len(data[:65536])
