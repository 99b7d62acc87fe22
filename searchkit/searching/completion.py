"""Completion of a query that is being typed, with words and titles of the index.

The last word is unfinished. The prefix is read as typed, as Cyrillic typed in Latin letters, and as
typed on another keyboard layout; the reading that leads to the most frequent word wins. Letters
that people type for one another are equal. Operators stay; filters are not completed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from searchkit.engines.base import Lexicon
from searchkit.lexicon.skeletons import skeleton, text_skeleton
from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.lexicon.word_table import WordStats
from searchkit.query.vocabulary import FILTER_FIELDS, field_of, field_pattern, is_operator
from searchkit.work import count_work
from searchkit_analyzers import ANALYZER
from searchkit_analyzers.input_methods.keyboards import on_other_layouts
from searchkit_analyzers.input_methods.letters import in_base_letters
from searchkit_analyzers.input_methods.romanization import in_cyrillic, is_latin
from searchkit_analyzers.normalize import clean, fold

_CANDIDATES = 16
"""Words of each length among which the most frequent ones are looked for."""
_MAX_CYRILLIC_READINGS = 6
"""Readings of a word in Latin letters as Cyrillic that are tried."""
_OTHER_READING = 0.1
"""The likelihood of another reading than the typed one, where both lead to words."""
_OTHER_LETTERS = 0.3
"""The likelihood of a word written with other letters than typed: қазақ for каз."""
_MAX_LEMMA_RARITY = 4
"""A word is suggested as its lemma where the lemma is at most so many times rarer."""
_PUNCTUATION = '«»"“”().,:;!?+-'
_SYNTAX = re.compile(rf'[+(-]*(?:(?P<field>{field_pattern()}):)?[!"]*')
"""What may stand before a word that is being typed."""


class _Reading(NamedTuple):
    finished: str
    """The finished words, with a space after them."""
    unfinished: str
    words: Sequence[WordStats]
    """Completions of the unfinished word, the likeliest first."""
    likelihood: float


def complete(prefix: str, lexicon: Lexicon, limit: int) -> tuple[str, ...]:
    """Return at most `limit` completions of a query, words before titles."""
    count_work()
    dictionary = lexicon.words()
    typed, *others = {text_skeleton(reading): reading for reading in _readings(prefix)}.values() or [""]
    readings = [_read(typed, dictionary, 1.0), *(_read(other, dictionary, _OTHER_READING) for other in others)]
    best = max(readings, key=lambda reading: reading.likelihood)
    if limit <= 0 or not (best.words or any(map(str.isdigit, best.unfinished))):
        return ()
    titles = lexicon.titles(best.finished + best.unfinished, limit)
    completed = chain(_completed_from_titles(best, titles), _completed_from_words(best, dictionary))
    words = _without_repetition(islice(completed, 2 * limit))
    room = max(limit - len(titles), (limit + 1) // 2)
    return tuple(_without_repetition([*words[:room], *titles, *words[room:]])[:limit])


def _readings(prefix: str) -> Iterator[str]:
    """Yield the readings of a prefix: as typed, in Cyrillic, on other layouts."""
    typed = prefix.split()
    yield " ".join(typed)
    if typed and all(is_latin(fold(word)) for word in typed):
        *finished, unfinished = (in_cyrillic(fold(word)) for word in typed)
        for reading in unfinished[:_MAX_CYRILLIC_READINGS]:
            yield " ".join([*(readings[0] for readings in finished), reading])
    yield from map(" ".join, zip(*map(on_other_layouts, typed), strict=False))


def _read(reading: str, dictionary: WordDictionary, likelihood: float) -> _Reading:
    """Look up completions of the last word; none where another word is unknown."""
    finished, _, last = reading.rpartition(" ")
    syntax, unfinished = _without_syntax(last)
    folded = _folded(unfinished)
    words: list[WordStats] = []
    if (
        skeleton(folded)
        and not _filters(syntax)
        and all(dictionary.with_skeleton(each) for each in _skeletons(finished))
    ):
        words = dictionary.with_prefix(skeleton(folded), _CANDIDATES)
        words.sort(key=lambda stats: -_likelihood(stats, folded))
    best = _likelihood(words[0], folded) if words else 0.0
    return _Reading((f"{finished} " if finished else "") + syntax, unfinished, words, likelihood * best)


def _without_syntax(word: str) -> tuple[str, str]:
    """Return the signs and the field before a word, and the word."""
    match = _SYNTAX.match(word)
    end = match.end() if match else 0
    return word[:end], word[end:]


def _filters(syntax: str) -> bool:
    """Whether a word is the value of a filter."""
    match = _SYNTAX.match(syntax)
    return match is not None and field_of(match["field"]) in FILTER_FIELDS


def _skeletons(finished: str) -> Iterator[bytes]:
    """Yield the skeletons of words that are finished."""
    pieces = [_without_syntax(word) for word in finished.split() if not is_operator(word)]
    yield from filter(None, (skeleton(_folded(word)) for syntax, word in pieces if not _filters(syntax)))


def _likelihood(stats: WordStats, typed: str) -> float:
    """Return the likelihood of a word, given the typed letters.

    Letters that a keyboard may lack are typed on purpose.
    """
    if stats.word.startswith(typed):
        return stats.surface_doc_freq
    is_typed_on_purpose = in_base_letters(typed) != typed
    return stats.surface_doc_freq * _OTHER_LETTERS * (_OTHER_LETTERS if is_typed_on_purpose else 1.0)


def _completed_from_titles(reading: _Reading, titles: Sequence[str]) -> Iterator[str]:
    """Yield prefixes of several words, the last word finished as in a title."""
    finished = text_skeleton(reading.finished).split()
    for title in titles if finished else ():
        words = title.split()
        keys = [text_skeleton(word).strip() for word in words]
        for at in range(len(finished), len(words)):
            follows = keys[at - len(finished) : at] == finished
            if follows and keys[at].startswith(text_skeleton(reading.unfinished).strip()):
                yield reading.finished + words[at].strip(_PUNCTUATION)


def _completed_from_words(reading: _Reading, dictionary: WordDictionary) -> Iterator[str]:
    """Yield the prefix with its last word as in the index, each lemma once."""
    shown: set[str] = set()
    for stats in reading.words:
        lemma = _lemma(stats.word)
        word = lemma if _is_natural(lemma, stats, reading, dictionary) else stats.word
        if shown.isdisjoint((lemma, word)):
            yield reading.finished + (word.capitalize() if reading.unfinished[:1].isupper() else word)
        shown |= {lemma, word}


def _is_natural(lemma: str, stats: WordStats, reading: _Reading, dictionary: WordDictionary) -> bool:
    """Whether a lemma begins as typed and is a word in use.

    турал, the stem of туралы, is not.
    """
    begins = skeleton(lemma).startswith(skeleton(_folded(reading.unfinished)))
    return begins and _MAX_LEMMA_RARITY * dictionary.find(lemma).surface_doc_freq >= stats.surface_doc_freq


def _lemma(word: str) -> str:
    tokens = ANALYZER.analyze_query(word)
    return tokens[0].lemmas[0] if len(tokens) == 1 else word


def _folded(word: str) -> str:
    return fold(clean(word.strip(_PUNCTUATION)))


def _without_repetition(completions: Iterable[str]) -> list[str]:
    """Return completions without those that differ from earlier ones in case only."""
    first: dict[str, str] = {}
    for each in completions:
        first.setdefault(each.casefold(), each)
    return list(first.values())
