"""Chooses among the candidates for a query word."""

from __future__ import annotations

import math

from searchkit.lexicon.skeletons import skeleton
from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.query.nodes import Variants
from searchkit.runtime.memo import memoized
from searchkit.understanding.spelling.candidates import Candidate, candidates
from searchkit.understanding.spelling.edits import Replacement
from searchkit.understanding.spelling.noisy_channel import differ_in_base_letters_only, log_prior
from searchkit_analyzers import Token, is_function_word
from searchkit_analyzers.input_methods.input_mode import InputMode
from searchkit_analyzers.input_methods.romanization import is_latin
from searchkit_analyzers.normalize import clean, fold, is_cyrillic

_CACHE_SIZE = 10_000
_TYPED_WEIGHT = 1.25
"""The weight of the word as typed, if the index has it; the chosen word has 1."""
_MAX_VARIANTS = 2
_MIN_SHARE = 0.05
"""Candidates less than this share as likely as the best one are no variants."""
_UNSEEN_FORM_PENALTY, _UNSEEN_FORM_MAX = 2.0, 1.0
"""A form that no document has is less likely than its word by this many nats, and has at most this
log prior: of a frequent word all forms should be there."""
_NAMESAKE_WEIGHT = 0.25
"""The weight of a name's other spelling: Тоқаев for Токаев."""
_MAX_NAMESAKE_RATIO = 5
"""A namesake is at most this many times rarer than the name: else it is a misspelling."""
_MIN_NAME_LENGTH = 4


class CandidateChooser:
    """Chooses the likeliest word by the words of one index; caches its choices."""

    def __init__(self, dictionary: WordDictionary) -> None:
        self._dictionary = dictionary
        self._cached = memoized(self._replacement, _CACHE_SIZE)

    def replacement(self, token: Token, mode: InputMode, is_name: bool) -> Replacement | None:
        """Return the replacement of a word, None if it stays.

        A name may also get its namesakes as variants.
        """
        return self._cached(token.surface, token.forms[0], token.lemmas, token.language, mode, is_name)

    def is_unknown(self, token: Token) -> bool:
        """Whether the index has neither a word nor any of its lemmas."""
        return not any(self._doc_freq(lemma) for lemma in token.lemmas)

    def _replacement(
        self, surface: str, form: str, lemmas: tuple[str, ...], language: str, mode: InputMode, is_name: bool
    ) -> Replacement | None:
        typed = fold(clean(surface))
        word = typed if is_latin(typed) else form
        if is_function_word(word, language) or not (skeleton(word) or is_latin(word)):
            return None
        chosen = self._choose(word, form, lemmas, mode, is_name)
        if chosen is None:
            return None
        return chosen._replace(text=surface if chosen.text == word else _capitalized_like(surface, chosen.text))

    def _choose(
        self, word: str, form: str, lemmas: tuple[str, ...], mode: InputMode, is_name: bool
    ) -> Replacement | None:
        others = [candidate for candidate in candidates(word, mode, self._dictionary) if candidate.word != word]
        if others and others[0].score >= self._typed_log_prior(word, lemmas) and others[0].word != form:
            return self._corrected(word, others)
        namesakes = self._namesakes(lemmas) if is_name else ()
        if namesakes:
            return Replacement(form, "name", namesakes)
        # Beside corrected words, the analyzer would take a Latin one for a foreign name.
        return Replacement(form, "") if is_cyrillic(form) and not is_cyrillic(word) else None

    def _typed_log_prior(self, word: str, lemmas: tuple[str, ...]) -> float:
        """Return the log prior of a word as typed, in nats."""
        doc_freq = max(map(self._doc_freq, lemmas), default=0)
        if not doc_freq:
            return -math.inf
        as_unseen_form = min(_UNSEEN_FORM_MAX, math.log(doc_freq) - _UNSEEN_FORM_PENALTY)
        return max(log_prior(self._dictionary.find(word)), as_unseen_form)

    def _corrected(self, word: str, likeliest_first: list[Candidate]) -> Replacement:
        best, *others = likeliest_first
        shares = [(other.word, math.exp(other.score - best.score)) for other in others[:_MAX_VARIANTS]]
        variants = [(other, share) for other, share in shares if share >= _MIN_SHARE]
        if self._doc_freq(word):
            variants.append((word, _TYPED_WEIGHT))
        return Replacement(best.word, best.kind, tuple(variants))

    def _namesakes(self, lemmas: tuple[str, ...]) -> Variants:
        """Return the spellings of a name in other languages."""
        return tuple(
            (stats.word, _NAMESAKE_WEIGHT)
            for lemma in lemmas
            if len(lemma) >= _MIN_NAME_LENGTH
            for stats in self._dictionary.with_skeleton(skeleton(lemma))
            if stats.word not in lemmas and differ_in_base_letters_only(stats.word, lemma)
            if _MAX_NAMESAKE_RATIO * stats.doc_freq >= self._doc_freq(lemma) > 0
        )

    def _doc_freq(self, word: str) -> int:
        return self._dictionary.find(word).doc_freq


def _capitalized_like(model: str, word: str) -> str:
    """Capitalize a word like `model`, since names tell little of a query's language."""
    return word.capitalize() if model[:1].isupper() else word
