"""Snippets: the passages of a document that best answer a query, with its words marked.

A passage scores the idf of the different query words in it. Among equals, the one with the words
closer together wins, then the earlier one. It is cut where sentences end if they fit, else between
words. Where two shorter passages show more of the query than one, both are shown, in the order of
the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from searchkit.analysis.analyzed_document import byline_tokens, document_tokens
from searchkit.analysis.token_offsets import Occurrence, Occurrences
from searchkit.document import Document
from searchkit.highlighting.passages import Span, cut_passage, extract, join_snippets
from searchkit.highlighting.scored_window import WindowFinder
from searchkit.parts import Passage
from searchkit.query.nodes import Leaf, WordGroup
from searchkit.results import HighlightedDocument, Snippet
from searchkit_analyzers import Token, is_function_word

LENGTH = 240
"""The length of a passage in code points; a sentence may run a tenth over."""
PASSAGE_LENGTH = 600
"""The length of a passage for programs: some sentences, that need no others to be understood."""
MAX_PASSAGES = 3
"""Passages of one document for programs."""
BYLINE_SEPARATOR = ", "
LENGTHS_OF_TWO = (160, 100)
"""The lengths of two passages in code points, the better one first."""

_JOINERS = frozenset({"-", "\u2010", "\u2011", "'", "’"})


Keep = Callable[[Sequence[Occurrence]], list[Occurrence]]
"""Takes the occurrences in one text, and returns those to mark."""


class HitText(NamedTuple):
    """What a hit shows of its document."""

    heading: Snippet
    """The title, with marks."""
    snippet: Snippet
    """The best passage, or two."""
    byline: Snippet
    """The author, with marks; the office follows where a word of the query stands in it."""
    offset: int | None
    """Where the passage's rarest word stands in the text; none if it has no word of the query."""


class Highlighter:
    """Marks the words of one query in documents, and cuts out passages.

    `leaves` are the words of the query, `idf` the inverse document frequency of each. `keep` drops
    occurrences of words that are marked within phrases only.
    """

    def __init__(self, leaves: Sequence[Leaf], idf: Sequence[float] = (), keep: Keep = list) -> None:
        self._leaves, self._keep = leaves, keep
        content_words = {i for i, leaf in enumerate(leaves) if not _is_function_word(leaf)}
        self._content_words = content_words or set(range(len(leaves)))
        # Whole thousandths: their sums do not depend on the order in which words stand.
        self._scores = [
            round(1000 * word_idf) + 10 if i in self._content_words else 0
            for i, word_idf in enumerate(idf or [0.0] * len(leaves))
        ]
        self._windows = WindowFinder(self._scores)

    def mark(self, document: Document, occurrences: Occurrences | None = None) -> HitText:
        """Return the title and the best passage of a document, with marks.

        The document is analyzed unless the occurrences of the words are given.
        """
        located = occurrences or self._locate(document)
        in_title, in_text = self._to_mark(located.in_title), self._to_mark(located.in_text)
        shown = self._passages(document, in_text)
        snippet = join_snippets([_snippet(document.text, span, marked) for span, marked in shown])
        byline = self._byline(document, located.in_byline)
        return HitText(_marked(document.title, in_title), snippet, byline, self._offset(shown))

    def passages(self, document: Document, occurrences: Occurrences | None = None) -> tuple[Passage, ...]:
        """Return the best passages of a document, which do not overlap, the best first.

        Where no word of the query stands in the text, its beginning is one.
        """
        left = self._to_mark((occurrences or self._locate(document)).in_text)
        found: list[Passage] = []
        while left and len(found) < MAX_PASSAGES:
            span = self._best(document, left, PASSAGE_LENGTH)
            inside, left = _inside(span, left), _outside(span, left)
            if not inside:
                break
            if not any(span[0] < each.end and each.start < span[1] for each in found):
                found.append(self._passage(document, span, inside))
        return tuple(found or [self._passage(document, cut_passage(document, 0, 0, PASSAGE_LENGTH), [])])

    def _passage(self, document: Document, span: Span, inside: Sequence[Occurrence]) -> Passage:
        text = document.text[slice(*span)]
        start = span[0] + len(text) - len(text.lstrip())
        marks = _marks([(o.start - start, o.end - start) for o in inside], text.strip())
        return Passage(text.strip(), start, self._score(_leaves(inside)) / 1000, marks, document.part_at(start))

    def mark_all(self, document: Document, occurrences: Occurrences | None = None) -> HighlightedDocument:
        """Return a document with marks in its title, its whole text and its byline."""
        located = occurrences or self._locate(document)
        in_title, in_text = self._to_mark(located.in_title), self._to_mark(located.in_text)
        title, text = _marked(document.title, in_title), _marked(document.text, in_text)
        return HighlightedDocument(document, title, text, self._byline(document, located.in_byline))

    def _byline(self, document: Document, has_words: bool) -> Snippet:
        """Mark the author, and the office where a word of the query stands in it.

        The byline is analyzed only if it may have words of the query.
        """
        if not (has_words and (document.author or document.office)):
            return Snippet(document.author)
        marks, length = self._byline_marks(document), len(document.author)
        if all(end <= length for _, end in marks):
            return Snippet(document.author, marks)
        between = BYLINE_SEPARATOR if document.author else ""
        shift = len(between) - 1  # a line break parts them where they are analyzed
        shifted = tuple((a, b) if b <= length else (a + shift, b + shift) for a, b in marks)
        return Snippet(document.author + between + document.office, shifted)

    def _byline_marks(self, document: Document) -> tuple[Span, ...]:
        tokens = list(byline_tokens(document))
        occurrences = self._to_mark(self._occurrences(tokens, self._coarse_only(tokens)))
        return _marks([(o.start, o.end) for o in occurrences], f"{document.author}\n{document.office}")

    def _locate(self, document: Document) -> Occurrences:
        """Find the occurrences of the words by analysis of the document."""
        title, text = (list(tokens) for tokens in document_tokens(document))
        coarse = self._coarse_only([*title, *text])
        return Occurrences(self._occurrences(title, coarse), self._occurrences(text, coarse))

    def _coarse_only(self, tokens: Iterable[Token]) -> set[int]:
        """Return the words that match no token exactly: their coarse keys are marked instead."""
        missing = set(range(len(self._leaves)))
        for token in tokens:
            missing -= {i for i in missing if self._leaves[i].matches(token)}
        return missing

    def _occurrences(self, tokens: Sequence[Token], coarse: set[int]) -> list[Occurrence]:
        matches = ((token, self._leaf_of(token, coarse)) for token in tokens)
        return [Occurrence(token.start, token.end, leaf, token.position) for token, leaf in matches if leaf is not None]

    def _leaf_of(self, token: Token, coarse: set[int]) -> int | None:
        for i, leaf in enumerate(self._leaves):
            if leaf.matches_coarsely(token) if i in coarse else leaf.matches(token):
                return i
        return None

    def _to_mark(self, occurrences: Sequence[Occurrence]) -> list[Occurrence]:
        """Return the occurrences to mark, in order.

        Function words (в, и, мен) are marked only beside another query word: alone they are noise.
        """
        if len(self._content_words) == len(self._leaves):
            return self._keep(occurrences)
        runs = _runs(self._keep(occurrences))
        return [o for run in runs if any(o.leaf in self._content_words for o in run) for o in run]

    def _passages(self, document: Document, occurrences: list[Occurrence]) -> list[tuple[Span, list[Occurrence]]]:
        """Return the best passage, or two where they show more of the query."""
        one = self._best(document, occurrences, LENGTH)
        inside = _inside(one, occurrences)
        if self._shows_all(inside, occurrences):
            return [(one, inside)]
        two = [(span, _inside(span, occurrences)) for span in self._best_two(document, occurrences)]
        in_two = set().union(*(_leaves(inside_span) for _, inside_span in two))
        return two if self._score(in_two) > self._score(_leaves(inside)) else [(one, inside)]

    def _offset(self, passages: Sequence[tuple[Span, Sequence[Occurrence]]]) -> int | None:
        """Return the offset of the first of the rarest words in passages."""
        marked = (occurrence for _, inside in passages for occurrence in inside)
        rarest = max(marked, key=lambda occurrence: self._scores[occurrence.leaf], default=None)
        return rarest.start if rarest else None

    def _shows_all(self, inside: Sequence[Occurrence], occurrences: Sequence[Occurrence]) -> bool:
        """Whether the occurrences inside a passage include all words with a score."""
        return len(inside) == len(occurrences) or not self._score(_leaves(occurrences) - _leaves(inside))

    def _best_two(self, document: Document, occurrences: list[Occurrence]) -> list[Span]:
        """Return a passage and another for the words it lacks.

        Where the two touch, they are one span.
        """
        first = self._best(document, occurrences, LENGTHS_OF_TWO[0])
        shown = _leaves(_inside(first, occurrences))
        second = self._best(document, [o for o in occurrences if o.leaf not in shown], LENGTHS_OF_TWO[1])
        earlier, later = sorted((first, second))
        between = document.text[earlier[1] : later[0]].strip()
        return [earlier, later] if between else [(earlier[0], max(earlier[1], later[1]))]

    def _best(self, document: Document, occurrences: list[Occurrence], length: int) -> Span:
        first, last = self._windows.best(occurrences, length)
        return cut_passage(document, first, min(last, first + length), length)

    def _score(self, leaves: Iterable[int]) -> int:
        return sum([self._scores[leaf] for leaf in leaves])


def _is_function_word(leaf: Leaf) -> bool:
    """Whether a query word is a function word.

    In another script (jäne) its weight tells so.
    """
    return leaf.weight < 1 if isinstance(leaf, WordGroup) else is_function_word(leaf.text)


def _runs(occurrences: Iterable[Occurrence]) -> Iterator[list[Occurrence]]:
    """Split occurrences wherever other words stand between them."""
    run: list[Occurrence] = []
    for o in occurrences:
        if run and o.position - run[-1].position > 1:
            yield run
            run = []
        run.append(o)
    yield run


def _inside(span: Span, occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """Return the occurrences that begin in a span."""
    start, end = span
    return [o for o in occurrences if start <= o[0] < end]


def _outside(span: Span, occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """Return the occurrences that do not begin in a span."""
    start, end = span
    return [o for o in occurrences if not start <= o[0] < end]


def _leaves(occurrences: Iterable[Occurrence]) -> set[int]:
    """Return the indexes of the query words that occur."""
    return {leaf for _, _, leaf, _ in occurrences}


def _marked(text: str, occurrences: Iterable[Occurrence]) -> Snippet:
    return Snippet(text, _marks([(o.start, o.end) for o in occurrences], text))


def _marks(words: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Join the marks of words that a hyphen joins: 30-летию has one mark."""
    marks: list[Span] = []
    last = -2
    for start, end in words:
        if start <= last + 1 and (start <= last or text[last] in _JOINERS):
            last = max(end, last)
            marks[-1] = (marks[-1][0], last)
        else:
            last = end
            marks.append((start, end))
    return tuple(marks)


def _snippet(text: str, span: Span, inside: Iterable[Occurrence]) -> Snippet:
    """Return a span of a text as a snippet with marks."""
    _, end = span
    return extract(text, span, _marks([(first, min(last, end)) for first, last, _, _ in inside], text))
