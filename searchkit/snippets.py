"""The passage of an article that best answers a question, with the words marked as they are written there.

A passage is worth the rarity of the different words of the question that stand in it; among equals, the one where they
stand closer together, then the earlier one. It is cut where sentences end if they fit, else between words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from searchkit.document import Document
from searchkit.entry import tokens_of
from searchkit.places import Occurrence, Occurrences
from searchkit.query.tree import Leaf, WordGroup
from searchkit.results import Snippet
from searchkit_analyzers import Token, is_function_word

LENGTH = 240
"""How long a passage is, in code points; a sentence may run a tenth over."""
ELLIPSIS = "…"

_STOPS = (".", "!", "?", "…")
_PAUSES = (*_STOPS, ":", ";")
_CLOSERS = '»”")'
_UNENDED_PARAGRAPH = re.compile(r"(?<![.!?…:;,»”\"\s])\s*\n\s*")
_WORD_BORDER = re.compile(r"\s(?=\S)")
_ODD_SPACE = re.compile(r"[^\S ]\s*| \s+")
_JOINS = frozenset({"-", "\u2010", "\u2011", "'", "’"})
_CLOSENESS = 0.3
_REPETITION = 0.05
_MOST_REPEATED = 4


class Marker:
    """Marks the words of one question in documents and cuts out passages."""

    def __init__(self, leaves: Sequence[Leaf], idf: Mapping[Leaf, float]) -> None:
        self._leaves = leaves
        telling = {i for i, leaf in enumerate(leaves) if not _is_function_word(leaf)}
        self._telling = telling or set(range(len(leaves)))
        # Whole thousandths: their sums do not depend on the order in which words stand.
        self._worth = [
            round(1000 * idf.get(leaf, 0.0)) + 10 if i in self._telling else 0 for i, leaf in enumerate(leaves)
        ]

    def mark(self, document: Document, occurrences: Occurrences | None = None) -> tuple[Snippet, Snippet]:
        """Return the title and the best passage of a document, with marks.

        Where the words stand in it is found out by analysis, unless it is known.
        """
        in_title, in_text = map(self._telling_ones, occurrences or self._analyse(document))
        heading = Snippet(document.title, _marks([(o.start, o.end) for o in in_title], document.title))
        return heading, self._passage(document, in_text)

    def _analyse(self, document: Document) -> Occurrences:
        title, text = (list(tokens) for tokens in tokens_of(document))
        near = self._only_nearly_met([*title, *text])
        return Occurrences(self._occurrences(title, near), self._occurrences(text, near))

    def _only_nearly_met(self, tokens: Iterable[Token]) -> set[int]:
        """Return the words of which the document holds no form: their coarse keys are marked instead."""
        missing = set(range(len(self._leaves)))
        for token in tokens:
            missing -= {i for i in missing if self._leaves[i].meets(token)}
        return missing

    def _occurrences(self, tokens: Sequence[Token], near: set[int]) -> list[Occurrence]:
        found = ((token, self._leaf_of(token, near)) for token in tokens)
        return [Occurrence(token.start, token.end, leaf, token.position) for token, leaf in found if leaf is not None]

    def _leaf_of(self, token: Token, near: set[int]) -> int | None:
        for i, leaf in enumerate(self._leaves):
            if leaf.nearly_meets(token) if i in near else leaf.meets(token):
                return i
        return None

    def _telling_ones(self, occurrences: Sequence[Occurrence]) -> list[Occurrence]:
        """Return the words to mark, in order.

        Function words (в, и, мен) are marked only beside another word of the question: alone they are noise.
        """
        if len(self._telling) == len(self._leaves):
            return list(occurrences)
        return [o for run in _runs(occurrences) if any(o.leaf in self._telling for o in run) for o in run]

    def _passage(self, document: Document, occurrences: list[Occurrence]) -> Snippet:
        first, last = self._best_window(occurrences)
        start, end = _cut(document, first, min(last, first + LENGTH))
        inside = [(o.start, min(o.end, end)) for o in occurrences if start <= o.start < end]
        return _tidy(document.text, start, end, _marks(inside, document.text))

    def _best_window(self, occurrences: list[Occurrence]) -> tuple[int, int]:
        """Return where the best run of occurrences begins and ends that fits into a passage; 0 and 0 for none.

        What its different words are worth grows where they stand close together, and where some stand repeatedly.
        """
        best, span = -1.0, (0, 0)
        most = len({occurrence.leaf for occurrence in occurrences})
        for i, (start, *_) in enumerate(occurrences):
            different: set[int] = set()
            worth = repeated = 0
            for _, end, leaf, _ in islice(occurrences, i, None):
                if end - start > LENGTH and different:
                    break
                if leaf in different:
                    repeated = min(repeated + 1, _MOST_REPEATED)
                else:
                    different.add(leaf)
                    worth += self._worth[leaf]
                closeness = _CLOSENESS * (1 - (end - start) / LENGTH) if len(different) > 1 else 0.0
                value = worth * (1 + closeness + _REPETITION * repeated)
                if value > best:
                    best, span = value, (start, end)
                if len(different) == most and repeated == _MOST_REPEATED:
                    break  # a longer run is not worth more: a text may hold a word a million times
        return span


def _is_function_word(leaf: Leaf) -> bool:
    """Whether a word of the question carries no meaning; one in another script (jäne) shows it by its weight alone."""
    return is_function_word(leaf.text) or (isinstance(leaf, WordGroup) and leaf.weight < 1)


def _runs(occurrences: Iterable[Occurrence]) -> Iterator[list[Occurrence]]:
    """Part occurrences wherever other words stand between them."""
    run: list[Occurrence] = []
    for o in occurrences:
        if run and o.position - run[-1].position > 1:
            yield run
            run = []
        run.append(o)
    yield run


def _marks(words: Iterable[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    """Join what a hyphen joins: 30-летию is one mark."""
    marks: list[tuple[int, int]] = []
    for start, end in words:
        if marks and (start <= marks[-1][1] or text[marks[-1][1] : start] in _JOINS):
            marks[-1] = (marks[-1][0], max(end, marks[-1][1]))
        else:
            marks.append((start, end))
    return tuple(marks)


def _cut(document: Document, first: int, last: int) -> tuple[int, int]:
    """Return the borders of a passage around `first` to `last`: whole sentences as far as they fit."""
    text, ends = document.text, document.sentence_ends
    before = bisect_right(ends, first)
    start = ends[before - 1] if before else 0
    spare = LENGTH - (last - first)
    if first - start > spare:
        start = _word_start(text, first - spare // 2, first)
    possible = ends[bisect_left(ends, last) : bisect_right(ends, start + LENGTH * 11 // 10)]
    return start, _end_of(text, possible, start) if possible else _word_end(text, start + LENGTH, last)


def _end_of(text: str, ends: Sequence[int], start: int) -> int:
    """Return the last of the possible ends, or that of the paragraph where enough has been said by then."""
    paragraph_ends = (end for end in ends if "\n" in text[end - 2 : end] and end - start >= LENGTH // 3)
    return next(paragraph_ends, ends[-1])


def _word_start(text: str, at: int, latest: int) -> int:
    """Return where the first whole word at or after `at` begins, at the latest at `latest`."""
    if at <= 0:
        return 0
    match = _WORD_BORDER.search(text, at - 1, latest)
    return match.end() if match else latest


def _word_end(text: str, at: int, earliest: int) -> int:
    """Return where the last whole word before `at` ends, at the earliest at `earliest`."""
    if at >= len(text):
        return len(text)
    space = max(text.rfind(" ", earliest, at), text.rfind("\n", earliest, at))
    return space if space >= 0 else max(at, earliest)


def _tidy(text: str, start: int, end: int, marks: Sequence[tuple[int, int]]) -> Snippet:
    """Cut the passage out; one space for any white space, an ellipsis where the text was cut inside a sentence."""
    passage = text[start:end]
    ends_here = end >= len(text) or "\n" in text[end - 1 : end + 1] or _is_ended(passage.rstrip(), _PAUSES)
    before = ELLIPSIS if start > 0 and not _begins_sentence(text, start) else ""
    start += len(passage) - len(passage.lstrip())
    tidy, shifted = _respaced(before, passage.strip(), [(a - start, b - start) for a, b in marks])
    return Snippet(tidy if ends_here else tidy + ELLIPSIS, shifted)


def _respaced(before: str, passage: str, marks: Sequence[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Put one space for any white space in a passage, and something before it; return the marks as they stand then."""
    if _is_well_spaced(passage):
        return before + passage, tuple([(a + len(before), b + len(before)) for a, b in marks])
    out, moved, at = before, [], 0
    for a, b in marks:
        out += _spaced(passage[at:a])
        moved.append((len(out), len(out) + b - a))
        out += passage[a:b]
        at = b
    return out + _spaced(passage[at:]), tuple(moved)


def _is_well_spaced(text: str) -> bool:
    return text.isprintable() and "  " not in text


def _spaced(text: str) -> str:
    """Put one space for any white space, and a mark between paragraphs of which the first ends like a heading."""
    if _is_well_spaced(text):
        return text
    if "\n" in text:
        text = _UNENDED_PARAGRAPH.sub(f" {ELLIPSIS} ", text)
    return _ODD_SPACE.sub(" ", text)


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start]
    said = before.rstrip()
    return "\n" in before or (said != before and _is_ended(said, _STOPS))


def _is_ended(text: str, stops: tuple[str, ...]) -> bool:
    """Whether a text ends with one of the stops, or with quotation marks and brackets after one."""
    return text.rstrip(_CLOSERS).endswith(stops)
