"""What a question that was begun may go on as: words and titles of the index.

The last word is unfinished. What was typed is read as it is, as Cyrillic in Latin letters, and as typed on another
keyboard layout; the reading that leads to the most frequent word is taken. Letters that people type for one another
are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from searchkit.engines.base import Lexicon
from searchkit.lexicon.skeletons import skeleton, text_skeleton
from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.lexicon.word_table import WordStats
from searchkit_analyzers import ANALYZER
from searchkit_analyzers.input_methods.keyboards import on_other_layouts
from searchkit_analyzers.input_methods.romanization import in_cyrillic, is_latin
from searchkit_analyzers.normalize import clean, fold, has_kazakh_letter

_LOOKED_AT = 16
"""Words of each length among which the most frequent ones are looked for."""
_MOST_WAYS = 6
"""A word in Latin letters may be so many in Cyrillic ones."""
_OTHERWISE = 0.1
"""How likely it is that something else is meant than what was typed, where both lead to words."""
_OTHER_LETTERS = 0.3
"""How likely a word is that is written with other letters than typed: қазақ for каз."""
_OFTEN = 4
"""A word is suggested in its base form where that is at most so many times rarer than the form found."""
_MARKS = '«»"“”().,:;!?'


class _Reading(NamedTuple):
    before: str
    """The finished words, with a space after them."""
    begun: str
    """The unfinished one."""
    words: Sequence[WordStats]
    """Those that it may become, the likeliest first."""
    likelihood: float


def suggestions(prefix: str, lexicon: Lexicon, limit: int) -> tuple[str, ...]:
    """Return at most `limit` of them, words before titles; nothing where nothing begins so."""
    vocabulary = lexicon.words()
    typed, *others = {text_skeleton(reading): reading for reading in _readings(prefix)}.values() or [""]
    readings = [_read(typed, vocabulary, 1.0), *(_read(other, vocabulary, _OTHERWISE) for other in others)]
    best = max(readings, key=lambda reading: reading.likelihood)
    if limit <= 0 or not (best.words or any(map(str.isdigit, best.begun))):
        return ()
    held = lexicon.titles(best.before + best.begun, limit)
    continued = chain(_continued(best, held), _completed(best, vocabulary))
    words = _once(islice(continued, 2 * limit))
    room = max(limit - len(held), (limit + 1) // 2)
    return tuple(_once([*words[:room], *held, *words[room:]])[:limit])


def _readings(prefix: str) -> Iterator[str]:
    """Yield what may be meant by what was typed."""
    typed = prefix.split()
    yield " ".join(typed)
    if typed and all(is_latin(fold(word)) for word in typed):
        *first, last = (in_cyrillic(fold(word)) for word in typed)
        yield from (" ".join([*(ways[0] for ways in first), way]) for way in last[:_MOST_WAYS])
    yield from map(" ".join, zip(*map(on_other_layouts, typed), strict=False))


def _read(reading: str, vocabulary: WordDictionary, likelihood: float) -> _Reading:
    """Look up what the last word may become; nothing where another word is not known."""
    before, _, begun = reading.rpartition(" ")
    looks = [skeleton(_folded(word)) for word in before.split()]
    folded = _folded(begun)
    words: list[WordStats] = []
    if skeleton(folded) and all(vocabulary.with_skeleton(look) for look in looks if look):
        words = vocabulary.with_prefix(skeleton(folded), _LOOKED_AT)
        words.sort(key=lambda known: -_likelihood(known, folded))
    best = _likelihood(words[0], folded) if words else 0.0
    return _Reading(f"{before} " if before else "", begun, words, likelihood * best)


def _likelihood(known: WordStats, typed: str) -> float:
    """Return how likely a word is meant: who types Kazakh letters means them, who types none may mean them."""
    if known.word.startswith(typed):
        return known.surface_doc_freq
    return known.surface_doc_freq * _OTHER_LETTERS * (_OTHER_LETTERS if has_kazakh_letter(typed) else 1.0)


def _continued(reading: _Reading, held: Sequence[str]) -> Iterator[str]:
    """Yield what was typed, where it is more than a word, with its last word as titles finish it."""
    before = text_skeleton(reading.before).split()
    for title in held if before else ():
        words = title.split()
        looks = [text_skeleton(word).strip() for word in words]
        for at in range(len(before), len(words)):
            if looks[at - len(before) : at] == before and looks[at].startswith(text_skeleton(reading.begun).strip()):
                yield reading.before + words[at].strip(_MARKS)


def _completed(reading: _Reading, vocabulary: WordDictionary) -> Iterator[str]:
    """Yield what was typed with its last word as the index has it, each word in one of its forms only."""
    shown: set[str] = set()
    for known in reading.words:
        lemma = _lemma(known.word)
        word = lemma if _is_natural(lemma, known, reading, vocabulary) else known.word
        if shown.isdisjoint((lemma, word)):
            yield reading.before + (word.capitalize() if reading.begun[:1].isupper() else word)
        shown |= {lemma, word}


def _is_natural(lemma: str, known: WordStats, reading: _Reading, vocabulary: WordDictionary) -> bool:
    """Whether a lemma begins as typed, and is a word that people write: турал, the stem of туралы, is not."""
    begins = skeleton(lemma).startswith(skeleton(_folded(reading.begun)))
    return begins and _OFTEN * vocabulary.find(lemma).surface_doc_freq >= known.surface_doc_freq


def _lemma(word: str) -> str:
    tokens = ANALYZER.analyze_question(word)
    return tokens[0].lemmas[0] if len(tokens) == 1 else word


def _folded(word: str) -> str:
    return fold(clean(word.strip(_MARKS)))


def _once(found: Iterable[str]) -> list[str]:
    """Return suggestions without those that differ from earlier ones but in capitals."""
    first: dict[str, str] = {}
    for each in found:
        first.setdefault(each.casefold(), each)
    return list(first.values())
