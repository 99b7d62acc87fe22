"""What a question that was begun may go on as: words and titles of the index.

The last word is unfinished. What was typed is read as it is, then as Cyrillic in Latin letters, then as typed on
another keyboard layout; the first reading that leads anywhere is taken. Letters that people type for one another are
one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from searchkit.repair.latin import in_cyrillic, is_latin
from searchkit.repair.layout import on_other_layouts
from searchkit.vocabulary import Known, Vocabulary, skeleton
from searchkit_analyzers import ANALYZER
from searchkit_analyzers.normalize import clean, fold, has_kazakh_letter

Titles = Callable[[str, int], Sequence[str]]
"""Returns so many titles that begin so, or have words that do."""
_LOOKED_AT = 16
"""Words of each length among which the most frequent ones are looked for."""
_OTHER_LETTERS = 0.3
"""What a word counts that is written with other letters than typed: қазақ for каз."""
_MOST_READINGS = 8


def suggestions(prefix: str, vocabulary: Vocabulary, titles: Titles, limit: int) -> tuple[str, ...]:
    """Return at most `limit` of them, words before titles; nothing where nothing begins so."""
    begun = " ".join(prefix.split())
    for reading in islice(_readings(begun), _MOST_READINGS) if begun and limit > 0 else ():
        found = _of_reading(reading, vocabulary, titles, limit)
        if found:
            return found
    return ()


def _readings(begun: str) -> Iterator[str]:
    yield begun
    words = begun.split()
    if all(is_latin(fold(word)) for word in words):
        ways = [in_cyrillic(fold(word)) for word in words]
        yield from (" ".join(first[0] for first in ways[:-1]) + " " * bool(ways[1:]) + last for last in ways[-1])
    moved = [on_other_layouts(word) for word in words]
    if all(moved):
        yield from (" ".join(way) for way in zip(*moved, strict=False))


def _of_reading(begun: str, vocabulary: Vocabulary, titles: Titles, limit: int) -> tuple[str, ...]:
    held = titles(begun, limit)
    *before, last = begun.split()
    words = _continued(begun, held) if before else _completed(last, vocabulary)
    some = list(islice(words, limit))
    room = max(limit - len(held), (limit + 1) // 2)
    return _once([*some[:room], *held, *some[room:]])[:limit]


def _once(found: Iterable[str]) -> tuple[str, ...]:
    """Return suggestions without those that differ from earlier ones but in capitals."""
    return tuple({each.casefold(): each for each in reversed(list(found))}.values())[::-1]


def _continued(begun: str, held: Sequence[str]) -> Iterator[str]:
    """Yield what was typed, with its last word as titles finish it."""
    *before, last = begun.split()
    for title in held:
        words = title.split()
        for at in range(len(words) - len(before)):
            if _looks_begun(words[at + len(before)], last) and all(map(_looks_alike, words[at:], before)):
                yield " ".join([*before, words[at + len(before)].strip(".,:;!?»")])


def _looks_begun(word: str, begun: str) -> bool:
    return skeleton(_folded(word)).startswith(skeleton(_folded(begun)) or b"\xff")


def _looks_alike(word: str, other: str) -> bool:
    return skeleton(_folded(word)) == skeleton(_folded(other))


def _folded(word: str) -> str:
    return fold(clean(word.strip('«»"“”().,:;!?')))


def _completed(begun: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the words that begin so, the most frequent first, each in one of its forms only."""
    looks = skeleton(_folded(begun))
    if not looks:
        return
    typed = _folded(begun)
    found = sorted(vocabulary.beginning(looks, _LOOKED_AT), key=lambda known: -_likelihood(known, typed))
    shown: set[str] = set()
    for known in found:
        lemma = _lemma(known.word)
        base = lemma if skeleton(lemma).startswith(looks) and vocabulary.find(lemma).written else known.word
        if shown.isdisjoint((lemma, base)):
            yield base.capitalize() if begun[:1].isupper() else base
        shown |= {lemma, base}


def _likelihood(known: Known, typed: str) -> float:
    """Return how likely a word is meant: who types Kazakh letters means them, who types none may mean them."""
    if known.word.startswith(typed):
        return known.frequency
    return known.frequency * _OTHER_LETTERS * (_OTHER_LETTERS if has_kazakh_letter(typed) else 1.0)


def _lemma(word: str) -> str:
    tokens = ANALYZER.analyze_question(word)
    return tokens[0].lemmas[0] if len(tokens) == 1 else word
