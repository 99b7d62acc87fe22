"""Chooses among the candidates for a query word."""

from __future__ import annotations

import math

from searchkit.lexicon.skeletons import skeleton
from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.query.nodes import Variants
from searchkit.runtime.memo import memoized
from searchkit.understanding.spelling.candidates import Candidate, candidates, has_no_others
from searchkit.understanding.spelling.edits import Replacement
from searchkit.understanding.spelling.noisy_channel import differ_in_base_letters_only, log_prior
from searchkit.understanding.spelling.typed_word import Treatment, TypedWord
from searchkit_analyzers import Token, is_function_word
from searchkit_analyzers.input_methods.romanization import is_latin
from searchkit_analyzers.normalize import is_cyrillic

_CACHE_SIZE = 5_000
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

    def replacement(self, word: TypedWord) -> Replacement | None:
        """Return the replacement of a word, None if it stays.

        A name may also get its namesakes as variants.
        """
        return self._cached(word)

    def is_unknown(self, token: Token) -> bool:
        """Whether the index has neither a word nor any of its lemmas."""
        return not any(self._doc_freq(lemma) for lemma in token.lemmas)

    def _replacement(self, word: TypedWord) -> Replacement | None:
        typed = _searched(word)
        if is_function_word(typed, word.language) or not (skeleton(typed) or is_latin(typed)):
            return None
        chosen = self._choose(typed, word)
        if chosen is None:
            return None
        text = word.surface if chosen.text == typed else _capitalized_like(word, chosen.text)
        return chosen._replace(text=text)

    def _choose(self, typed: str, word: TypedWord) -> Replacement | None:
        likelier = self._likelier(typed, word)
        treatment = word.treatment(likelier[0], self._likelihood(likelier[0])) if likelier else Treatment.KEEP
        if treatment is Treatment.REPLACE:
            return self._corrected(typed, likelier)
        if treatment is Treatment.BESIDE and self._dictionary.find(likelier[0].word).surface_doc_freq:
            return self._accompanied(typed, word, likelier)
        namesakes = self._namesakes((word.form, *word.lemmas[:1])) if word.may_be_name else ()
        if namesakes:
            return Replacement(word.form, "name", namesakes)
        # Beside corrected words, the analyzer would take a Latin one for a foreign name.
        return Replacement(word.form, "") if is_cyrillic(word.form) and not is_cyrillic(typed) else None

    def _likelier(self, typed: str, word: TypedWord) -> list[Candidate]:
        """Return the candidates if the best of them is likelier than the word as typed."""
        if has_no_others(typed, self._dictionary):
            return []
        others = [candidate for candidate in candidates(typed, word.mode, self._dictionary) if candidate.word != typed]
        is_likelier = bool(others) and others[0].score >= self._typed_log_prior(typed, word.lemmas)
        return others if is_likelier and others[0].word != word.form else []

    def _typed_log_prior(self, word: str, lemmas: tuple[str, ...]) -> float:
        """Return the log prior of a word as typed, in nats."""
        doc_freq = max(map(self._doc_freq, lemmas), default=0)
        if not doc_freq:
            return -math.inf
        as_unseen_form = min(_UNSEEN_FORM_MAX, math.log(doc_freq) - _UNSEEN_FORM_PENALTY)
        return max(log_prior(self._dictionary.find(word)), as_unseen_form)

    def _likelihood(self, candidate: Candidate) -> float:
        return candidate.score - math.log(self._dictionary.highest_doc_freq)

    def _accompanied(self, typed: str, word: TypedWord, likeliest_first: list[Candidate]) -> Replacement:
        """Return a word with others beside it.

        An unknown word that no document has needs no searching: the others stand for it.
        """
        if word.is_known or any(map(self._doc_freq, word.lemmas)):
            return Replacement(typed, "name", _weighted(likeliest_first))
        return self._corrected(typed, likeliest_first)._replace(kind="name")

    def _corrected(self, word: str, likeliest_first: list[Candidate]) -> Replacement:
        best = likeliest_first[0]
        variants = _weighted(likeliest_first)[1:]
        if self._doc_freq(word):
            variants += ((word, _TYPED_WEIGHT),)
        return Replacement(best.word, best.kind, variants)

    def _namesakes(self, lemmas: tuple[str, ...]) -> Variants:
        """Return the spellings of a name in other languages."""
        return tuple(
            (stats.word, _NAMESAKE_WEIGHT)
            for lemma in dict.fromkeys(lemmas)
            if len(lemma) >= _MIN_NAME_LENGTH
            for stats in self._dictionary.with_skeleton(skeleton(lemma))
            if stats.word not in lemmas and differ_in_base_letters_only(stats.word, lemma)
            if _MAX_NAMESAKE_RATIO * stats.doc_freq >= self._doc_freq(lemma) > 0
        )

    def _doc_freq(self, word: str) -> int:
        return self._dictionary.find(word).doc_freq


def _searched(word: TypedWord) -> str:
    """Return the word that is looked up: in Latin as typed, else as the analyzers respell it."""
    return word.folded if is_latin(word.folded) else word.form


def _weighted(likeliest_first: list[Candidate]) -> Variants:
    """Return the best candidate with weight 1, and others nearly as likely with less."""
    best = likeliest_first[0]
    shares = ((other.word, math.exp(other.score - best.score)) for other in likeliest_first[: 1 + _MAX_VARIANTS])
    return tuple((other, share) for other, share in shares if share >= _MIN_SHARE)


def _capitalized_like(model: TypedWord, word: str) -> str:
    """Return a word in capitals like those of `model`: names tell little of a query's language."""
    if model.is_shouted:
        return word.upper()
    return word.capitalize() if model.is_capitalized else word
