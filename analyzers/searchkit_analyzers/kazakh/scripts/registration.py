"""The other scripts of Kazakh as its `Language` offers them, loaded where a text may have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from searchkit_analyzers.kazakh.scripts.script_data import SCRIPTS, fingerprint, may_have_words
from searchkit_analyzers.language import OtherScripts, Respelling
from searchkit_analyzers.tokenizer import Word


def _detect(text: str, words: Iterable[Word], is_likely: bool) -> Mapping[int, tuple[Word, str]]:
    if not may_have_words(text):
        return {}
    from searchkit_analyzers.kazakh.scripts.detector import SHORT_TEXT_THRESHOLD, TEXT_THRESHOLD, detect_words

    return detect_words(text, words, SHORT_TEXT_THRESHOLD if is_likely else TEXT_THRESHOLD)


def _respell(raw: str, script: str) -> Respelling:
    from searchkit_analyzers.kazakh.scripts.transliterator import transliterate

    return transliterate(raw, script)


OTHER_SCRIPTS = OtherScripts(SCRIPTS, _detect, _respell, fingerprint)
