"""The passage of an article that best answers a question, with the words marked as they are written there.

A passage is worth the rarity of the different words of the question that stand in it; among equals, the one where they
stand closer together, then the earlier one. It is cut where sentences end if they fit, else between words. Where two
shorter passages show more of the question than one, both are shown, in the order of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from searchkit.analysis.analyzed_document import document_tokens
from searchkit.analysis.token_offsets import Occurrence, Occurrences
from searchkit.document import Document
from searchkit.highlighting.passages import Span, cut, cut_out, joined
from searchkit.query.nodes import Leaf, WordGroup
from searchkit.results import Snippet
from searchkit_analyzers import Token, is_function_word

LENGTH = 240
"""How long a passage is, in code points; a sentence may run a tenth over."""
LENGTHS_OF_TWO = (160, 100)
"""How long two passages are, the better one first."""

_JOINS = frozenset({"-", "\u2010", "\u2011", "'", "’"})
_CLOSENESS = 0.3
_REPETITION = 0.05
_MOST_REPEATED = 4


class Highlighter:
    """Marks the words of one question in documents and cuts out passages, which takes how rare each word is."""

    def __init__(self, leaves: Sequence[Leaf], idf: Sequence[float] = ()) -> None:
        self._leaves = leaves
        telling = {i for i, leaf in enumerate(leaves) if not _is_function_word(leaf)}
        self._telling = telling or set(range(len(leaves)))
        # Whole thousandths: their sums do not depend on the order in which words stand.
        self._worth = [
            round(1000 * rarity) + 10 if i in self._telling else 0
            for i, rarity in enumerate(idf or [0.0] * len(leaves))
        ]
        # What all words are worth that stand as often as it counts, however far apart.
        self._much = sum(self._worth) * (1 + _REPETITION * _MOST_REPEATED)

    def mark(self, document: Document, occurrences: Occurrences | None = None) -> tuple[Snippet, Snippet]:
        """Return the title and the best passage of a document, with marks.

        Where the words stand in it is found out by analysis, unless it is known.
        """
        in_title, in_text = self._telling_ones(occurrences or self._analyse(document))
        return _marked(document.title, in_title), self._passage(document, in_text)

    def mark_all(self, document: Document, occurrences: Occurrences | None = None) -> tuple[Snippet, Snippet]:
        """Return the title and the whole text of a document, with marks."""
        in_title, in_text = self._telling_ones(occurrences or self._analyse(document))
        return _marked(document.title, in_title), _marked(document.text, in_text)

    def _analyse(self, document: Document) -> Occurrences:
        title, text = (list(tokens) for tokens in document_tokens(document))
        near = self._only_nearly_met([*title, *text])
        return Occurrences(self._occurrences(title, near), self._occurrences(text, near))

    def _only_nearly_met(self, tokens: Iterable[Token]) -> set[int]:
        """Return the words of which the document holds no form: their coarse keys are marked instead."""
        missing = set(range(len(self._leaves)))
        for token in tokens:
            missing -= {i for i in missing if self._leaves[i].matches(token)}
        return missing

    def _occurrences(self, tokens: Sequence[Token], near: set[int]) -> list[Occurrence]:
        found = ((token, self._leaf_of(token, near)) for token in tokens)
        return [Occurrence(token.start, token.end, leaf, token.position) for token, leaf in found if leaf is not None]

    def _leaf_of(self, token: Token, near: set[int]) -> int | None:
        for i, leaf in enumerate(self._leaves):
            if leaf.matches_coarsely(token) if i in near else leaf.matches(token):
                return i
        return None

    def _telling_ones(self, occurrences: Occurrences) -> Occurrences:
        """Return the words to mark, in order.

        Function words (в, и, мен) are marked only beside another word of the question: alone they are noise.
        """
        if len(self._telling) == len(self._leaves):
            return occurrences
        return Occurrences(*map(self._beside_telling_ones, occurrences))

    def _beside_telling_ones(self, occurrences: Iterable[Occurrence]) -> list[Occurrence]:
        return [o for run in _runs(occurrences) if any(o.leaf in self._telling for o in run) for o in run]

    def _passage(self, document: Document, occurrences: list[Occurrence]) -> Snippet:
        one = self._best(document, occurrences, LENGTH)
        inside = _inside(one, occurrences)
        if self._shows_all(inside, occurrences):
            return _snippet(document.text, one, inside)
        two = [(each, _inside(each, occurrences)) for each in self._best_two(document, occurrences)]
        more = set().union(*(_leaves(inside_each) for _, inside_each in two))
        pieces = two if self._worth_of(more) > self._worth_of(_leaves(inside)) else [(one, inside)]
        return joined([_snippet(document.text, *piece) for piece in pieces])

    def _shows_all(self, inside: Sequence[Occurrence], occurrences: Sequence[Occurrence]) -> bool:
        """Whether a passage shows all words that are worth anything, given what stands inside of it."""
        return len(inside) == len(occurrences) or not self._worth_of(_leaves(occurrences) - _leaves(inside))

    def _best_two(self, document: Document, occurrences: list[Occurrence]) -> list[Span]:
        """Return a passage, and another one for words that it does not show; only one where they meet."""
        first = self._best(document, occurrences, LENGTHS_OF_TWO[0])
        shown = _leaves(_inside(first, occurrences))
        second = self._best(document, [o for o in occurrences if o.leaf not in shown], LENGTHS_OF_TWO[1])
        earlier, later = sorted((first, second))
        between = document.text[earlier[1] : later[0]].strip()
        return [earlier, later] if between else [(earlier[0], max(earlier[1], later[1]))]

    def _best(self, document: Document, occurrences: list[Occurrence], length: int) -> Span:
        first, last = self._best_window(occurrences, length)
        return cut(document, first, min(last, first + length), length)

    def _worth_of(self, different: Iterable[int]) -> int:
        return sum([self._worth[leaf] for leaf in different])

    def _best_window(self, occurrences: list[Occurrence], length: int) -> Span:
        """Return where the best run of occurrences begins and ends that fits into a length; 0 and 0 for none.

        What its different words are worth grows where they stand close together, and where some stand repeatedly.
        """
        best, span, reach, places = -1.0, (0, 0), length, range(len(occurrences))
        worth_of, most = self._worth, len(_leaves(occurrences))
        for i in places:
            start = occurrences[i][0]
            different: set[int] = set()
            met = worth = repeated = 0
            furthest = start + reach
            for j in places[i:]:
                _, end, leaf, _ = occurrences[j]
                if end > furthest and met:
                    break
                if leaf not in different:
                    different.add(leaf)
                    met += 1
                    worth += worth_of[leaf]
                elif repeated < _MOST_REPEATED:
                    repeated += 1
                closeness = _CLOSENESS * (1 - (end - start) / length) if met > 1 else 0.0
                value = worth * (1 + closeness + _REPETITION * repeated)
                if value > best:
                    best, span = value, (start, end)
                if met == most and repeated == _MOST_REPEATED:
                    break  # a longer run is not worth more: a text may hold a word a million times
            if best >= self._much:
                reach = self._reach(best, length)
        return span

    def _reach(self, best: float, length: int) -> int:
        """Return how long a run may be that is worth more than `best`: a letter less is all that it can have before it.

        So a text that is full of the words of a question (``а* б*``) costs little more than one that has a few.
        """
        if len(self._worth) == 1:
            return 0
        return length - int((best - self._much) / (sum(self._worth) * _CLOSENESS / length))


def _is_function_word(leaf: Leaf) -> bool:
    """Whether a word of the question carries no meaning; one in another script (jäne) shows it by its weight alone."""
    return leaf.weight < 1 if isinstance(leaf, WordGroup) else is_function_word(leaf.text)


def _runs(occurrences: Iterable[Occurrence]) -> Iterator[list[Occurrence]]:
    """Part occurrences wherever other words stand between them."""
    run: list[Occurrence] = []
    for o in occurrences:
        if run and o.position - run[-1].position > 1:
            yield run
            run = []
        run.append(o)
    yield run


def _inside(stretch: Span, occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """Return those that stand in a stretch."""
    start, end = stretch
    return [o for o in occurrences if start <= o[0] < end]


def _leaves(occurrences: Iterable[Occurrence]) -> set[int]:
    """Return which words of the question they are."""
    return {leaf for _, _, leaf, _ in occurrences}


def _marked(text: str, occurrences: Iterable[Occurrence]) -> Snippet:
    return Snippet(text, _marks([(o.start, o.end) for o in occurrences], text))


def _marks(words: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Join what a hyphen joins: 30-летию is one mark."""
    marks: list[Span] = []
    last = -2
    for start, end in words:
        if start <= last + 1 and (start <= last or text[last] in _JOINS):
            last = max(end, last)
            marks[-1] = (marks[-1][0], last)
        else:
            last = end
            marks.append((start, end))
    return tuple(marks)


def _snippet(text: str, stretch: Span, inside: Iterable[Occurrence]) -> Snippet:
    """Return a stretch of a text as a snippet, with the words marked that stand in it."""
    _, end = stretch
    return cut_out(text, stretch, _marks([(first, min(last, end)) for first, last, _, _ in inside], text))
