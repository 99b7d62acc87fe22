"""Normalization of characters: one spelling for words that look the same to a reader.

All functions work on a single word and know no offsets: the caller keeps the span of the raw text.
"""

from __future__ import annotations

import re
import unicodedata

IGNORABLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0300\u0301\ufe0e\ufe0f"
"""Soft hyphen, zero-width characters, stress marks, variation selectors: they mean nothing inside
words."""
HYPHENS = "-\u2010\u2011"
"""The ASCII, the Unicode and the non-breaking hyphen. Dashes part words; hyphens join them."""
APOSTROPHES = "'\u2019\u02bc`\u02b9\u2032"
SPACES = " \u00a0\u202f\u2009"
KAZAKH_LETTERS = frozenset("әғқңөұүһі")

# NFC makes one letter of е and a grave stress mark: мѐсто.
_DROP = dict.fromkeys(map(ord, IGNORABLE)) | str.maketrans("ѐѝЀЍ", "еиЕИ")
_UNIFY = str.maketrans(dict.fromkeys(HYPHENS, "-") | dict.fromkeys(APOSTROPHES, "'"))
# Letters that old fonts put in the place of Kazakh ones: ӊ for ң, ѳ for ө, ҝ for қ, ҕ for ғ.
_OLD_KAZAKH = str.maketrans("ӊѳҝҕӉѲҜҔ", "ңөқғҢӨҚҒ")
_CLEAN = _DROP | _UNIFY | _OLD_KAZAKH
_SUPERSCRIPTS = "¹²³⁴⁵⁶⁷⁸⁹⁰"

_CYRILLIC = "\u0400-\u052f"
_LATIN = "A-Za-z\u00c0-\u024f\u0259"
_ORDINARY = re.compile("[А-ЯЁӘҒҚҢӨҰҮҺІ]?[а-яёәғқңөұүһі]+")
_HAS_CYRILLIC = re.compile(f"[{_CYRILLIC}]")
_HAS_LATIN = re.compile(f"[{_LATIN}]")
_ONE_SCRIPT_RUN = re.compile(f"[{_CYRILLIC}0-9]+|[{_LATIN}0-9]+|[^{_CYRILLIC}{_LATIN}0-9]+")
# Lower-case k, m, t do not look like к, м, т; upper-case K, M, T do.
_LATIN_TO_CYRILLIC = str.maketrans(
    "aceopxyihëəABCEHIKMOPTXYËƏ",
    "асеорхуіһёәАВСЕНІКМОРТХУЁӘ",
)
_LATIN_LOOKALIKES = frozenset(map(chr, _LATIN_TO_CYRILLIC))
_CYRILLIC_TO_LATIN = str.maketrans("асеорхуіһАВСЕНІКМОРТХУ", "aceopxyihABCEHIKMOPTXY")
_CYRILLIC_LOOKALIKES = frozenset(map(chr, _CYRILLIC_TO_LATIN))


def is_ordinary(word: str) -> bool:
    """Return whether a word has only Russian and Kazakh letters.

    All but the first are in lower case. Most words are so: there is nothing to clean in them, and
    they are one token.
    """
    return _ORDINARY.fullmatch(word) is not None


def clean(word: str) -> str:
    """Return a word in NFC without ignorable characters, with one kind of hyphen and apostrophe.

    NFC and never NFKC: № is not "No" and 10² is not 102. Marks are never stripped after NFD, or
    майор would become маиор.
    """
    if is_ordinary(word):
        return word
    if word.isascii():
        return word.translate(_UNIFY)
    word = unicodedata.normalize("NFC", word).translate(_CLEAN)
    word = unicodedata.normalize("NFC", word)  # a mark between и and its breve is gone
    return word.rstrip(_SUPERSCRIPTS) or word


def fold(word: str) -> str:
    """Return the form under which a cleaned word is indexed: lower case, ``ё`` as ``е``."""
    return word.lower().replace("ё", "е")


def has_kazakh_letter(word: str) -> bool:
    """Return whether a lower-case word has a letter that Kazakh has and Russian lacks."""
    return not KAZAKH_LETTERS.isdisjoint(word)


def is_cyrillic(word: str) -> bool:
    """Return whether a word has at least one Cyrillic letter."""
    return _HAS_CYRILLIC.search(word) is not None


def has_latin_letter(word: str) -> bool:
    """Return whether a word has at least one Latin letter."""
    return _HAS_LATIN.search(word) is not None


def one_script(word: str) -> list[str]:
    """Split a cleaned word into pieces of one script each.

    Nearly always the word is of one script. Latin look-alikes inside a Cyrillic word become
    Cyrillic (``Бiр`` -> ``Бір``, ``Cоветская``), Cyrillic ones inside a Latin word become Latin
    (``МSc`` -> ``MSc``). Other mixtures are cut where the script changes.
    """
    if word.isascii() or not (_HAS_LATIN.search(word) and _HAS_CYRILLIC.search(word)):
        return [word]
    word = _strip_latin_accents(word)
    cyrillic = _HAS_CYRILLIC.findall(word)
    latin = _HAS_LATIN.findall(word)
    looks_cyrillic = _LATIN_LOOKALIKES.issuperset(latin)
    looks_latin = _CYRILLIC_LOOKALIKES.issuperset(cyrillic)
    if looks_cyrillic and (len(cyrillic) >= len(latin) or not looks_latin):
        return [word.translate(_LATIN_TO_CYRILLIC)]
    if looks_latin:
        return [word.translate(_CYRILLIC_TO_LATIN)]
    return _ONE_SCRIPT_RUN.findall(word)


def _strip_latin_accents(word: str) -> str:
    """Return a word without accents: the Latin á of ``Токáев`` is a stressed а."""
    return "".join(_bare(letter) if _HAS_LATIN.match(letter) else letter for letter in word)


def _bare(letter: str) -> str:
    decomposed = unicodedata.normalize("NFD", letter)
    return decomposed[0] if decomposed[1:] in ("\u0301", "\u0300") else letter
