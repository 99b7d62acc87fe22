"""Russian: dictionary lemmas, backed by a stem.

The recipe, measured over all pairs of word forms in UD treebanks (docs/architecture.md has the figures):

1. ask the dictionary (pymorphy3, OpenCorpora) for all readings of the word as written, ``ё`` kept;
2. of a word that it knows, keep the readings at least 1/50 as likely as the best; of a word that it only guesses,
   keep all: a surname's case form is rarely guessed right the first time;
3. fold ``ё`` in the *lemmas*, not in the question: the dictionary tells ёлка from елка;
4. back the lemmas with the Snowball stem as a coarse key, for words that the dictionary does not have.

What comes out for frequent words is listed (`frequent`): reading the dictionary takes longer than a short question.
"""

from __future__ import annotations

from functools import cache, cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from unicodedata import name
from zlib import crc32

import pymorphy3_dicts_ru

from searchkit_analyzers.normalize import fold, is_cyrillic, is_ordinary
from searchkit_analyzers.russian import frequent
from searchkit_analyzers.token import Terms

_RARE_READING = 0.02
"""A reading less than this share as likely as the best one is noise, such as стали as a form of сталь."""
_LONGEST_KNOWN = 48
"""Longer words (code points) go to neither the dictionary nor the stemmer: guessing takes time by length."""


@cache
def _dictionary() -> Any:
    import pymorphy3  # 60 ms and 28 MB: only where a Russian word needs it

    # It would find the path by itself, but search all installed packages for it, which takes as long again.
    return pymorphy3.MorphAnalyzer(path=pymorphy3_dicts_ru.get_path(), lang="ru")


def _is_read() -> bool:
    """Whether the dictionary is at hand, and therefore asked for frequent words too."""
    return _dictionary.cache_info().currsize > 0


@cache
def _snowball() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("russian")


def _stemmer_source() -> bytes:
    spec = find_spec("snowballstemmer")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).with_name("russian_stemmer.py").read_bytes()


class RussianMorphology:
    """Lemmas by pymorphy3, coarse keys by Snowball."""

    language = "ru"

    @cached_property
    def version(self) -> str:
        """The recipe's own number, the dictionary's, and a hash of the stemmer.

        Every search asks for it. What knows the versions of packages takes 6 ms; this takes a tenth of one.
        """
        return f"2+{pymorphy3_dicts_ru.__version__}+{crc32(_stemmer_source()):08x}"

    @lru_cache(200_000)  # noqa: B019 (one instance lives as long as the program)
    def terms(self, word: str) -> Terms:
        """Return the lemmas and the Snowball stem of one cleaned, lower-cased word."""
        if not is_cyrillic(word) or len(word) > _LONGEST_KNOWN or not _is_named(word):
            return Terms((fold(word),), ())
        listed = None if _is_read() else frequent.terms_of(word)
        return listed or Terms(_lemmas(word), (_snowball().stemWord(fold(word)),))

    def knows(self, word: str) -> bool:
        """Whether the dictionary has a cleaned, lower-cased word."""
        return frequent.terms_of(word) is not None or bool(_dictionary().word_is_known(word))


def _is_named(word: str) -> bool:
    """Whether Unicode has a name for each letter: pymorphy3 asks for it, and stumbles where there is none (Tangut)."""
    return is_ordinary(word) or all(name(letter, "") for letter in word)


def _lemmas(word: str) -> tuple[str, ...]:
    listed = _listed_lemmas(word)
    if len(listed) == 1:  # most words: there is nothing to choose among, so no need to ask how likely each reading is
        return listed
    readings = _dictionary().parse(word)
    least = _RARE_READING * max(reading.score for reading in readings) if listed else 0.0
    return tuple(dict.fromkeys(fold(reading.normal_form) for reading in readings if reading.score >= least))


def _listed_lemmas(word: str) -> tuple[str, ...]:
    """Return the lemmas of all readings that the dictionary itself has, none of a word that it would have to guess."""
    morph = _dictionary()
    lemma = morph.dictionary.build_normal_form
    found = morph.dictionary.words.similar_items(word, morph.char_substitutes)
    return tuple(dict.fromkeys(fold(lemma(*form, spelling)) for spelling, forms in found for form in forms))


RUSSIAN = RussianMorphology()
