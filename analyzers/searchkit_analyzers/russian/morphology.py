"""Russian lemmas: pymorphy3's dictionary (OpenCorpora), backed by the Snowball stem.

The recipe, measured over all pairs of word forms in UD treebanks (docs/tour.md has the figures):

1. ask the dictionary for all readings of the word as written, ``ё`` kept;
2. of a known word, keep the readings at least 1/50 as likely as the best; of a guessed word, keep
   all, since a surname's case form is rarely guessed right the first time;
3. fold ``ё`` in the *lemmas*, not in the word asked about: the dictionary tells ёлка from елка;
4. of a name that the dictionary lacks or has as a given name only, add what its endings say
   (`names`): Кененом is guessed an adjective;
5. back the lemmas with the Snowball stem as a coarse key, for words that the dictionary lacks, and
   a verb with its perfective as another (`aspects`): строить, построить.

The terms of frequent words are listed (`frequent`): loading the dictionary takes longer than
answering a short query.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from importlib.util import find_spec
from typing import Any
from unicodedata import name
from zlib import crc32

from searchkit_analyzers.normalize import fold, is_cyrillic, is_ordinary
from searchkit_analyzers.snowball import stemmer, stemmer_checksum
from searchkit_analyzers.token import Terms

if not all(map(find_spec, ("pymorphy3", "pymorphy3_dicts_ru", "snowballstemmer"))):
    raise ImportError("Russian needs pymorphy3 and snowballstemmer: install searchkit-analyzers[russian]")

import pymorphy3_dicts_ru

from searchkit_analyzers.russian import aspects, frequent, names
from searchkit_analyzers.russian.word_file import has_word

_RARE_READING = 0.02
"""A reading below this share of the best one's likelihood is noise, as стали as a form of сталь."""
_LONGEST_KNOWN = 48
"""Longer words (code points) are only folded: guessing and stemming take time by length."""


@cache
def _dictionary() -> Any:
    import pymorphy3  # 60 ms and 28 MB: only where a Russian word needs it

    # It would find the path by itself, but search all installed packages for it, which takes as
    # long again.
    return pymorphy3.MorphAnalyzer(path=pymorphy3_dicts_ru.get_path(), lang="ru")


_Form = tuple[int, int, str]
_VERBS = frozenset({"VERB", "INFN", "PRTF", "PRTS", "GRND"})
_CACHED_VERBS = 5_000


class RussianMorphology:
    """Lemmas by pymorphy3, coarse keys by Snowball and by aspects."""

    language = "ru"

    @cached_property
    def version(self) -> str:
        """The recipe's own number, the dictionary's version, and checksums of stemmer and tables.

        Every search asks for it, so no package metadata is read: that takes 6 ms, this a tenth of
        one.
        """
        tables = aspects.DATA.read_bytes() + names.DATA.read_bytes()
        return f"4+{pymorphy3_dicts_ru.__version__}+{stemmer_checksum('russian')}+{crc32(tables):08x}"

    @lru_cache(5_000)  # noqa: B019 (one instance lives as long as the program)
    def terms(self, word: str) -> Terms:
        """Return the lemmas and the coarse keys of one cleaned, lower-cased word."""
        if not is_cyrillic(word) or len(word) > _LONGEST_KNOWN or not _has_letter_names(word):
            return Terms((fold(word),), ())
        return frequent.terms_of(word) or _terms(word)

    def knows(self, word: str) -> bool:
        """Return whether the dictionary has `word`, cleaned and lower-cased."""
        return frequent.terms_of(word) is not None or has_word(word)


def _has_letter_names(word: str) -> bool:
    """Return whether Unicode names every letter: pymorphy3 fails on others (Tangut)."""
    return is_ordinary(word) or all(name(letter, "") for letter in word)


def _terms(word: str) -> Terms:
    forms = _dictionary_forms(word)
    likely = _likely_lemmas(word, forms)
    of_names = names.nominatives(fold(word)) if all(map(_is_given_name, forms)) else ()
    verbs = map(_lemma, filter(_is_verb, forms))
    perfectives = [_perfective(verb) for verb in verbs if verb in likely]
    coarse = (stemmer("russian").stemWord(fold(word)), *perfectives)
    return Terms(tuple(dict.fromkeys((*likely, *of_names))), tuple(dict.fromkeys(coarse)))


def _likely_lemmas(word: str, forms: Sequence[_Form]) -> tuple[str, ...]:
    listed = tuple(dict.fromkeys(map(_lemma, forms)))
    if len(listed) == 1:  # most words: with one lemma, the likelihood of its readings does not matter
        return listed
    readings = _dictionary().parse(word)
    least = _RARE_READING * max(reading.score for reading in readings) if listed else 0.0
    return tuple(dict.fromkeys(fold(reading.normal_form) for reading in readings if reading.score >= least))


def _dictionary_forms(word: str) -> list[_Form]:
    """Return the paradigm, the number in it, and the spelling of all listed readings."""
    morph = _dictionary()
    similar = morph.dictionary.words.similar_items(word, morph.char_substitutes)
    return [(*form, spelling) for spelling, forms in similar for form in forms]


def _lemma(form: _Form) -> str:
    return fold(_dictionary().dictionary.build_normal_form(*form))


def _marks(form: _Form) -> Any:
    """Return the tag of a listed reading, which contains its grammatical marks."""
    paradigm, number, _ = form
    return _dictionary().dictionary.build_tag_info(paradigm, number)


def _is_given_name(form: _Form) -> bool:
    return "Name" in _marks(form)


def _is_verb(form: _Form) -> bool:
    return _marks(form).POS in _VERBS


@lru_cache(_CACHED_VERBS)
def _perfective(infinitive: str) -> str:
    return aspects.perfective(infinitive, _is_perfective)


def _is_perfective(infinitive: str) -> bool:
    return any({"INFN", "perf"} in _marks(form) for form in _dictionary_forms(infinitive))


RUSSIAN = RussianMorphology()
