"""Orders the best articles of a search by meaning; where that fails, the order by words stays."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.base import Match, Searcher
from searchkit.errors import ModelError
from searchkit.explanation import MeaningExplanation
from searchkit.highlighting.passages import cut_passage, extract
from searchkit.meaning.encoder import Encoder
from searchkit.meaning.model_folder import ModelFolder
from searchkit.meaning.reranking import CANDIDATES, Scale, is_settled, reordered
from searchkit.meaning.vector_store import VectorStore, Window, short
from searchkit.query.nodes import (
    Boolean,
    ById,
    DateRange,
    DisMax,
    Exact,
    FieldFilter,
    FieldValue,
    InTitle,
    Node,
    Phrase,
    Prefix,
)
from searchkit.query.vocabulary import OPERATORS, field_pattern
from searchkit.results import Hit, Snippet, replaced

if TYPE_CHECKING:
    from searchkit.document import Document
    from searchkit.understanding.rewriter import RewrittenQuery


_JOINED = 50
"""How many articles without a word of the question may join the candidates."""
_QUOTED_CHARS, _SNIPPET_CHARS = 80, 240
_RESTRICTIONS = re.compile(rf'(?<!\S)-(?:"[^"]*"|\S+)|\b{field_pattern()}:(?:"[^"]*"|\S+)')
"""Excluded words and fields of a query."""
_SYNTAX = re.compile(rf'\b(?:AND|OR|NOT|{"|".join(OPERATORS)})\b|[()"|*!+~]')


class Found(NamedTuple):
    """The window of an article that is like the question, and the points that it adds."""

    points: float
    start: int

    def told(self, hit: Hit) -> Hit:
        """Return a hit that tells of it, with the window as its snippet where no word is met."""
        text = hit.document.text
        start = self.start if self.start < len(text) else 0
        quoted, shown = (_passage(hit.document, start, length) for length in (_QUOTED_CHARS, _SNIPPET_CHARS))
        snippet = hit.snippet if hit.heading.marks or hit.snippet.marks else shown
        return replace(hit, meaning=MeaningExplanation(self.points, quoted.text or hit.title), snippet=snippet)


class Reordered(NamedTuple):
    """The candidates in their new order."""

    matches: tuple[Match, ...]
    found: Mapping[str, Found]
    joined: int = 0
    """How many of them have no word of the question."""
    hint: str = ""
    """A sentence where not all was done as asked."""


class MeaningSession:
    """Keeps the model and the vectors of one index from search to search."""

    def __init__(self, vectors: Path, model: Path | None) -> None:
        self._vectors, self._model = vectors, model
        self._encoder: Encoder | None = None
        self._store: VectorStore | None = None
        self._ids: tuple[Searcher, dict[int, str]] | None = None

    def reorder(
        self, searcher: Searcher, rewritten: RewrittenQuery, matches: Sequence[Match], *, across: bool
    ) -> Reordered:
        """Return matches, the best of them by words and meaning together.

        Args:
            searcher: The snapshot that is searched.
            rewritten: The question.
            matches: The best matches by words; those after the candidates keep their places.
            across: Whether articles without a word of the question may join.
        """
        unchanged = Reordered(tuple(matches), {})
        if (not across and is_settled([match.score for match in matches])) or not (text := understood(rewritten)):
            return unchanged
        root = rewritten.query.root if across else None
        try:
            best = self._reordered(searcher, root, text, matches[:CANDIDATES])
        except ModelError as error:
            return unchanged._replace(hint=f"ordered by words alone: {error}")
        last = [match for match in matches[CANDIDATES:] if match.id not in best.found]
        return best._replace(matches=(*best.matches, *last))

    def _reordered(self, searcher: Searcher, root: Boolean | None, text: str, matches: Sequence[Match]) -> Reordered:
        encoder, store = self._encoder_and_store()
        if not len(store):
            raise ModelError("no article has vectors of this model; make them with: searchkit embed")
        question = encoder.query_vector(text)
        windows = _windows_of(searcher, store, question, [match.id for match in matches])
        new = self._near(searcher, store, question, root, {match.id for match in matches}) if root else {}
        scores = {match.id: match.score for match in matches} | dict.fromkeys(new, 0.0)
        return _ordered(matches, scores, windows | new, Scale(encoder.settings, max(scores.values(), default=0.0)))

    def _encoder_and_store(self) -> tuple[Encoder, VectorStore]:
        encoder = self._encoder = self._encoder or Encoder(ModelFolder.find(self._model))
        if self._store is None or not self._store.is_current():
            self._store = VectorStore(self._vectors, encoder.fingerprint)
        return encoder, self._store

    def _near(
        self, searcher: Searcher, store: VectorStore, question: NDArray[Any], root: Boolean, known: Collection[str]
    ) -> dict[str, Window]:
        """Return articles near the question that are no candidates yet, and pass all conditions."""
        conditions = open_conditions(root)
        if conditions is None:
            return {}
        ids = self._ids_by_key(searcher, store)
        near = {ids[key]: window for key, window in store.nearest(question, CANDIDATES).items() if key in ids}
        new = [id_ for id_ in near if id_ not in known][:_JOINED]
        return {id_: near[id_] for id_ in _passing(searcher, new, conditions)}

    def _ids_by_key(self, searcher: Searcher, store: VectorStore) -> dict[int, str]:
        """Return the articles of a snapshot by the keys of their texts."""
        if self._ids is None or self._ids[0] is not searcher:
            self._ids = searcher, {key: id_ for id_, key in _keys(searcher, store).items()}
        return self._ids[1]


def understood(rewritten: RewrittenQuery) -> str:
    """Return the words of a question after correction, without syntax and excluded words."""
    text = rewritten.query.text
    for correction in rewritten.corrections:
        if correction.kind != "name":
            text = replaced(text, correction.typed, correction.understood)
    return " ".join(_SYNTAX.sub(" ", _RESTRICTIONS.sub(" ", text)).split())


def _passage(document: Document, start: int, length: int) -> Snippet:
    return extract(document.text, cut_passage(document, start, start, length), ())


class Conditions(NamedTuple):
    """What an article must pass to join the candidates."""

    must: tuple[Node, ...] = ()
    must_not: tuple[Node, ...] = ()


def open_conditions(root: Boolean) -> Conditions | None:
    """Return the filters and excluded words of a query of plain words.

    None where a word is a condition itself, or there are only phrases, exact words or prefixes:
    then no article without them may join.
    """
    if root.should and all(map(_is_strict, root.should)):
        return None
    must, must_not = list[Node](), list(root.must_not)
    for child in root.must:
        if _is_filter(child):
            must.append(child)
        elif isinstance(child, Boolean) and (inner := open_conditions(child)) is not None:
            must += inner.must
            must_not += inner.must_not
        else:
            return None
    return Conditions(tuple(must), tuple(must_not))


def _is_strict(node: Node) -> bool:
    """Whether a node asks for words in one form or in one order."""
    return isinstance(node.original if isinstance(node, DisMax) else node, Phrase | Exact | Prefix | InTitle)


def _is_filter(node: Node) -> bool:
    """Whether a node is made of filters alone."""
    match node:
        case FieldFilter() | FieldValue() | DateRange():
            return True
        case Boolean(should=should, must=must, must_not=must_not, optional=()):
            return bool(children := (*should, *must, *must_not)) and all(map(_is_filter, children))
        case _:
            return False


def _passing(searcher: Searcher, ids: Sequence[str], conditions: Conditions) -> list[str]:
    """Return the ids of documents that pass all conditions."""
    if not ids:
        return []
    chosen = Boolean(should=tuple(map(ById, ids)))
    root = Boolean(must=(chosen, *conditions.must), must_not=conditions.must_not)
    return [match.id for match in searcher.best(root, len(ids))]


def _keys(searcher: Searcher, store: VectorStore, ids: Sequence[str] | None = None) -> dict[str, int]:
    """Return the key of the text of each document that has vectors."""
    digests = {id_: short(state.digest) for id_, state in searcher.states(ids).items()}
    known = store.key_of(np.array(list(digests.values()), np.uint64))
    return {id_: known[digest] for id_, digest in digests.items() if digest in known}


def _windows_of(
    searcher: Searcher, store: VectorStore, question: NDArray[Any], ids: Sequence[str]
) -> dict[str, Window]:
    keys = _keys(searcher, store, ids)
    best = store.best_windows(question, keys.values())
    return {id_: best[key] for id_, key in keys.items() if key in best}


def _ordered(
    matches: Sequence[Match], scores: Mapping[str, float], windows: Mapping[str, Window], scale: Scale
) -> Reordered:
    copies = {match.id: match.copies for match in matches}
    order = reordered(scores, {id_: window.cosine for id_, window in windows.items()}, scale)
    found = {id_: Found(scale.points(each.cosine), each.start) for id_, each in windows.items()}
    missing = len(scores) - len(found)
    hint = f"{missing} of the {len(scores)} best articles are not embedded yet: searchkit embed" if missing else ""
    ordered = tuple(Match(id_, score, copies.get(id_, 0)) for id_, score in order.items())
    return Reordered(ordered, found, len(scores) - len(copies), hint)
