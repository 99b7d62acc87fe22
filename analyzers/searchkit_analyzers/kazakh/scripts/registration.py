"""The other scripts of Kazakh as its `Language` offers them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from searchkit_analyzers.kazakh.scripts.alphabets import SCRIPTS
from searchkit_analyzers.kazakh.scripts.detector import SHORT_TEXT_THRESHOLD, TEXT_THRESHOLD, detect_words
from searchkit_analyzers.kazakh.scripts.transliterator import fingerprint, transliterate
from searchkit_analyzers.language import OtherScripts
from searchkit_analyzers.tokenizer import Word


def _detect(text: str, words: Iterable[Word], is_likely: bool) -> Mapping[int, tuple[Word, str]]:
    return detect_words(text, words, SHORT_TEXT_THRESHOLD if is_likely else TEXT_THRESHOLD)


OTHER_SCRIPTS = OtherScripts(SCRIPTS, _detect, transliterate, fingerprint)
