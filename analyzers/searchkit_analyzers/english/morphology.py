"""English stems: the Snowball algorithm "english" (Porter2), after a list of irregular forms.

1. Look the word up in ``irregular.tsv``: *children* is *child*, *went* is *go*;
2. take the Snowball stem of the result; function words are not stemmed, or *its* would be *it*.

There is no coarse key. The Snowball stem already brings together more than inflection (*elect*,
*election*, *elective*), and a key of the first letters would add words that mean something else.
"""

from __future__ import annotations

from functools import cache, cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from zlib import crc32

from searchkit_analyzers.normalize import fold
from searchkit_analyzers.snowball import stemmer, stemmer_checksum
from searchkit_analyzers.stopwords import read_stopwords
from searchkit_analyzers.token import Terms

if not find_spec("snowballstemmer"):
    raise ImportError("English needs snowballstemmer: install searchkit-analyzers[english]")

_FOLDER = Path(__file__).parent
_IRREGULAR = _FOLDER / "irregular.tsv"
_LONGEST_STEMMED = 48
"""Longer words (code points) are only folded."""
_NO_SUFFIX_ENDS_IN = frozenset("abfhjkopquvwxz")
"""The stemmer keeps words that end in these letters, so names in queries need not load it."""


class EnglishMorphology:
    """Snowball stems of words in ASCII letters; other words are only folded."""

    language = "en"

    @cached_property
    def version(self) -> str:
        """The recipe's own number, and checksums of the stemmer and the word lists."""
        data = _IRREGULAR.read_bytes() + read_stopwords(_FOLDER).source.encode()
        return f"2+{stemmer_checksum('english')}+{crc32(data):08x}"

    @lru_cache(5_000)  # noqa: B019 (one instance lives as long as the program)
    def terms(self, word: str) -> Terms:
        """Return the stems of one cleaned, lower-cased word.

        *left* has two, its own and that of *leave*.
        """
        if not (word.isascii() and word.isalpha()) or len(word) > _LONGEST_STEMMED:
            return Terms((fold(word),), ())
        return Terms(tuple(dict.fromkeys(map(_stem, _base_forms(word)))), ())

    def knows(self, word: str) -> bool:
        """Return False, as there is no dictionary."""
        return False


def _stem(word: str) -> str:
    return word if word[-1] in _NO_SUFFIX_ENDS_IN or _is_function_word(word) else str(stemmer("english").stemWord(word))


def _base_forms(word: str) -> tuple[str, ...]:
    """Return the base forms of an irregular form, also one in the possessive case (*childrens*)."""
    irregular = _irregular_forms()
    return irregular.get(word) or irregular.get(word.removesuffix("s")) or (word,)


def _is_function_word(word: str) -> bool:
    return word in read_stopwords(_FOLDER).all


@cache
def _irregular_forms() -> dict[str, tuple[str, ...]]:
    lines = _IRREGULAR.read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {form: tuple(bases.split()) for form, bases in rows}


ENGLISH = EnglishMorphology()
"""The English morphology. Its stemmer and its list are read at the first word."""
