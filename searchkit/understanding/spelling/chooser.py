"""Which of the candidates is understood, and which others stand beside it."""

from __future__ import annotations

import math

from searchkit.lexicon.skeletons import skeleton
from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.query.nodes import Variants
from searchkit.runtime.memo import memoized
from searchkit.understanding.spelling.candidates import Candidate, candidates
from searchkit.understanding.spelling.edits import Replacement
from searchkit.understanding.spelling.input_mode import InputMode
from searchkit.understanding.spelling.noisy_channel import in_russian_letters, prior
from searchkit_analyzers import Token, is_function_word
from searchkit_analyzers.input_methods.romanization import is_latin
from searchkit_analyzers.normalize import clean, fold, is_cyrillic

_MEMO = 10_000
_TYPED = 1.25
"""What an occurrence of the word as typed counts, where the index has it, beside one of what is understood."""
_MOST_BESIDE = 2
_LEAST_BESIDE = 0.05
"""Words less than this share as likely as the best one are left out."""
_UNSEEN_FORM = (-2.0, 1.0)
"""A form that is nowhere, of a word that is somewhere, is so many nats less likely than the word, and at most this:
of a frequent word all forms should be there."""
_NAMESAKE = 0.25
"""What an occurrence of a name's other spelling counts: Тоқаев for Токаев."""
_FEWER = 5
"""A namesake stands in at most so many times fewer documents: else it is a misspelling."""
_SHORTEST_NAME = 4


class CandidateChooser:
    """Chooses by the words of one index; what was chosen is remembered."""

    def __init__(self, vocabulary: WordDictionary) -> None:
        self._vocabulary = vocabulary
        self._remembered = memoized(self._understood, _MEMO)

    def understood(self, token: Token, asked: InputMode, is_name: bool) -> Replacement | None:
        """Return what a word is taken for, None where it stays as it is. A name has namesakes in the other language."""
        return self._remembered(token.surface, token.forms[0], token.lemmas, asked, is_name)

    def is_nowhere(self, token: Token) -> bool:
        """Whether the index has neither a word nor its lemmas."""
        return not any(self._frequency(lemma) for lemma in token.lemmas)

    def _understood(
        self, surface: str, form: str, lemmas: tuple[str, ...], asked: InputMode, is_name: bool
    ) -> Replacement | None:
        typed = fold(clean(surface))
        word = typed if is_latin(typed) else form
        if is_function_word(word) or not (skeleton(word) or is_latin(word)):
            return None
        found = self._choose(word, form, lemmas, asked, is_name)
        if found is None:
            return None
        return found._replace(text=surface if found.text == word else _capitalised(found.text, surface))

    def _choose(
        self, word: str, form: str, lemmas: tuple[str, ...], asked: InputMode, is_name: bool
    ) -> Replacement | None:
        typed = self._as_typed(word, lemmas)
        found = [candidate for candidate in candidates(word, asked, self._vocabulary) if candidate.word != word]
        if found and found[0].score >= typed and found[0].word != form:
            return self._instead(word, found)
        beside = tuple(self._namesakes(lemmas)) if is_name else ()
        if beside:
            return Replacement(form, "name", beside)
        # Beside words that are put into Cyrillic here, the analyzer would take this one for a foreign name.
        return Replacement(form, "") if is_cyrillic(form) and not is_cyrillic(word) else None

    def _as_typed(self, word: str, lemmas: tuple[str, ...]) -> float:
        """Return how likely it is that a word is meant as it is typed, in nats."""
        known = self._vocabulary.find(word)
        frequency = max(map(self._frequency, lemmas), default=0)
        if not frequency:
            return -math.inf
        less, most = _UNSEEN_FORM
        return max(prior(known), min(most, math.log(frequency) + less))

    def _instead(self, word: str, found: list[Candidate]) -> Replacement:
        best, *others = found
        shares = [(other.word, math.exp(other.score - best.score)) for other in others[:_MOST_BESIDE]]
        beside = [(other, share) for other, share in shares if share >= _LEAST_BESIDE]
        if self._frequency(word):
            beside.append((word, _TYPED))
        return Replacement(best.word, best.kind, tuple(beside))

    def _namesakes(self, lemmas: tuple[str, ...]) -> Variants:
        return tuple(
            (known.word, _NAMESAKE)
            for lemma in lemmas
            if len(lemma) >= _SHORTEST_NAME
            for known in self._vocabulary.with_skeleton(skeleton(lemma))
            if known.word not in lemmas and in_russian_letters(known.word) == in_russian_letters(lemma)
            if _FEWER * known.doc_freq >= self._frequency(lemma) > 0
        )

    def _frequency(self, word: str) -> int:
        return self._vocabulary.find(word).doc_freq


def _capitalised(word: str, as_in: str) -> str:
    """Return a word with a capital where another one has it: names tell little of a question's language."""
    return word.capitalize() if as_in[:1].isupper() else word
