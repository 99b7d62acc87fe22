"""Bounds the work of a query before it is ranked, and tells of all that is left out.

Work is counted in postings. A query may touch a million of them, or six for each document where
that is more: some ten words that stand in every other article. A prefix that stands for too many
words is searched by the commonest of them. Where the rest still costs too much, the rarest words
are searched, and of long phrases the rarest words are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from searchkit.analysis.term_sets import COARSE_MARK
from searchkit.engines.base import TermCosts
from searchkit.query.nodes import Boolean, DisMax, Exact, InTitle, Leaf, Node, Phrase, Prefix, WordGroup
from searchkit.query.parser import Query
from searchkit.runtime.memo import memoized

MIN_POSTINGS = 1_000_000
"""Postings that any query may touch."""
POSTINGS_PER_DOCUMENT = 6
"""Postings that a query may touch for each document of a larger index."""
LIST_COST = 50
"""The cost of finding one posting list, in postings."""
_POSITIONS_COST = 2
"""A posting whose positions are read costs so many."""
_USES_AT_ONCE = 8
"""So many postings are used in the time in which one is read."""
_MAX_TOLD = 5
"""Words that a hint names."""
_MAX_LETTERS = 40
_CACHED_WORDS = 1_000
"""Words of one query whose costs are remembered."""


ScoredNode = WordGroup | Exact | Prefix | Phrase | InTitle | DisMax
"""A node that touches postings."""


class WorkLimit:
    """Bounds the work of queries on one snapshot of an index."""

    def __init__(self, costs: TermCosts) -> None:
        self._costs = costs
        self._doc_count = len(costs)
        self._budget = max(MIN_POSTINGS, POSTINGS_PER_DOCUMENT * self._doc_count)

    def __call__(self, query: Query) -> Query:
        """Return a query that costs no more than is allowed, with hints of all that it lacks."""
        nodes = list(dict.fromkeys(_scored_nodes(query.root)))
        terms = sum(len(_terms(leaf)) for node in nodes for leaf in _leaves(node))
        if terms * self._doc_count * _POSITIONS_COST <= self._budget and not any(map(_prefixes, nodes)):
            return query  # without looking up a term
        costs = _QueryCosts(self._costs)
        prefixes = self._cut_prefixes(nodes, costs)
        cut = _rebuilt(query.root, lambda node: _with_prefixes(node, prefixes))
        changed = self._affordable(cut, costs)
        if cuts := (*map(costs.hint_of, prefixes.values()), *_hints(changed)):
            root = _rebuilt(cut, lambda node: changed.get(node, node))
            return replace(query, root=root, hints=(*query.hints, *cuts))
        return query

    def _cut_prefixes(self, nodes: Sequence[ScoredNode], costs: _QueryCosts) -> dict[Prefix, Prefix]:
        """Give each prefix a share of the budget; return the costlier ones and their cut form."""
        factors = {prefix: _factor(node) for node in nodes for prefix in _prefixes(node)}
        cost_of = {prefix: factor * costs.of_word(prefix) for prefix, factor in factors.items()}
        left = max(self._budget - sum(costs.of_node(node) for node in nodes if not _prefixes(node)), self._budget // 2)
        cut: dict[Prefix, Prefix] = {}
        for done, prefix in enumerate(sorted(cost_of, key=lambda prefix: (cost_of[prefix], prefix.prefix))):
            share = left // (len(cost_of) - done)
            left -= min(cost_of[prefix], share)
            if cost_of[prefix] > share:
                cut[prefix] = costs.cut(prefix, share // factors[prefix])
        return {prefix: shorter for prefix, shorter in cut.items() if shorter != prefix}

    def _affordable(self, root: Boolean, costs: _QueryCosts) -> Mapping[Node, Node | None]:
        """Return by node, in place of those that the budget does not allow, a part of it or None.

        Excluded words come last: without words to find, a query would find nothing.
        """
        sought = dict.fromkeys(_scored_nodes(root, is_excluded=False))
        excluded = [node for node in dict.fromkeys(_scored_nodes(root)) if node not in sought]
        left, changed = self._budget, dict[Node, Node | None]()
        for node in (*sorted(sought, key=costs.of_node), *sorted(excluded, key=costs.of_node)):
            chosen = costs.fitting(node, left if changed else max(left, costs.of_rarest_word(node)))
            changed[node] = chosen
            if chosen:
                left -= costs.of_node(chosen)
                costs.read(chosen)
        return changed


class _QueryCosts:
    """Counts the cost of the words of one query, in postings."""

    def __init__(self, costs: TermCosts) -> None:
        self._costs = costs
        self._expansion = cache(costs.expansion)
        self._lists = memoized(self._costs_of_lists, _CACHED_WORDS)
        self._read: set[str] = set()

    def read(self, node: ScoredNode) -> None:
        """Take the posting lists of a node as read: they cost less when they are used again."""
        self._read.update(term for word in _leaves(node) for term in self._lists(word))

    def _costs_of_lists(self, word: Leaf) -> Mapping[str, int]:
        """Return the cost of each posting list of a word; a whole prefix counts as one."""
        if isinstance(word, Prefix) and not word.terms:
            expansion = self._expansion(word.prefix)
            return {word.text: expansion.postings + LIST_COST * expansion.lists}
        return {term: LIST_COST + self._costs.doc_freq(term) for term in _terms(word)}

    def of_word(self, word: Leaf) -> int:
        """Return the cost of all posting lists of a word."""
        return sum(self._lists(word).values())

    def of_node(self, node: ScoredNode) -> int:
        """Return the cost of a node: of lists not read yet, of their use, of positions."""
        lists = {term: cost for word in _leaves(node) for term, cost in self._lists(word).items()}
        unread = sum(cost for term, cost in lists.items() if term not in self._read)
        used = sum(map(self.of_word, _leaves(node))) // _USES_AT_ONCE
        return unread + used + sum(len(words) * min(map(self.of_word, words)) for words in _phrases(node))

    def of_rarest_word(self, node: ScoredNode) -> int:
        """Return a cost with which a part of a node fits."""
        return _POSITIONS_COST * 2 * min(map(self.of_word, _leaves(node)))

    def cut(self, prefix: Prefix, cost: int) -> Prefix:
        """Return a prefix that is searched by its commonest terms, the prefix itself if by all."""
        expansion = self._expansion(prefix.prefix)
        terms = tuple(expansion.commonest(cost, LIST_COST))
        return prefix if len(terms) == len(expansion) else Prefix(prefix.prefix, terms)

    def hint_of(self, prefix: Prefix) -> str:
        """Return a sentence about a prefix that was cut."""
        count, searched = len(self._expansion(prefix.prefix)), len(prefix.terms)
        return f"{_short(prefix.text)} stands for {count:,} words; searched: the commonest {searched:,}"

    def fitting(self, node: ScoredNode, cost: int) -> ScoredNode | None:
        """Return a node, or a part of it that costs no more than `cost`, if any."""
        if self.of_node(node) <= cost:
            return node
        match node:
            case Phrase():
                return self._rarest_words(node, cost)
            case InTitle(words=phrase):
                words = self._rarest_words(phrase, cost)
                return InTitle(words) if words else None
            case DisMax(original=WordGroup() as word):
                return self.fitting(word, cost)
        return None

    def _rarest_words(self, phrase: Phrase, cost: int) -> Phrase | None:
        """Return a phrase with as many of its rarest words as a cost allows."""
        kept = None
        by_cost = sorted(range(len(phrase.words)), key=lambda place: self.of_word(phrase.words[place]))
        for count in range(1, len(by_cost)):
            places = sorted(by_cost[:count])
            words = tuple(phrase.words[place] for place in places)
            shorter = Phrase(words, phrase.slop, tuple(place - places[0] for place in places))
            if self.of_node(shorter) > cost:
                break
            kept = shorter
        return kept


def _factor(node: Node) -> int:
    """Return the cost of one posting of a node's prefix."""
    return _POSITIONS_COST if isinstance(node, Phrase | InTitle) else 1


def _phrases(node: Node) -> Iterator[Sequence[Leaf]]:
    """Yield the words of each phrase of a node, whose positions are read where all of them are."""
    match node:
        case Exact():
            yield (node,)
        case Phrase(words=words) | InTitle(words=Phrase(words=words)):
            yield words
        case DisMax(aliases=aliases):
            yield from (alias.words for alias, _ in aliases)


def _scored_nodes(node: Node, *, is_excluded: bool = True) -> Iterator[ScoredNode]:
    """Yield the nodes that touch postings, those of excluded words only if `is_excluded`."""
    if isinstance(node, ScoredNode):
        yield node
    elif isinstance(node, Boolean):
        excluded = node.must_not if is_excluded else ()
        for child in (*node.should, *node.must, *node.optional, *excluded):
            yield from _scored_nodes(child, is_excluded=is_excluded)


def _leaves(node: Node) -> Iterator[Leaf]:
    """Yield the words of a node, those of other names too."""
    match node:
        case Phrase(words=words) | InTitle(words=Phrase(words=words)):
            yield from words
        case DisMax(original=original, aliases=aliases):
            yield from _leaves(original)
            for alias, _ in aliases:
                yield from alias.words
        case Boolean(should=should, must=must):
            for child in (*should, *must):
                yield from _leaves(child)
        case WordGroup() | Exact() | Prefix():
            yield node


def _terms(leaf: Leaf) -> Sequence[str]:
    """Return the terms whose postings a word touches, for a prefix only where they are chosen."""
    match leaf:
        case WordGroup(coarse=coarse):
            return (*leaf.terms, *(COARSE_MARK + key for key in coarse))
        case Exact(form=form):
            return (form,)
        case Prefix(terms=terms):
            return terms


def _prefixes(node: Node) -> list[Prefix]:
    return [leaf for leaf in _leaves(node) if isinstance(leaf, Prefix)]


def _with_prefixes(node: Node, prefixes: dict[Prefix, Prefix]) -> Node:
    """Return a node with cut prefixes in place of others."""
    match node:
        case Prefix():
            return prefixes.get(node, node)
        case Phrase(words=words):
            return replace(node, words=_cut_words(words, prefixes))
        case InTitle(words=phrase):
            return InTitle(replace(phrase, words=_cut_words(phrase.words, prefixes)))
    return node


def _cut_words(words: Sequence[Leaf], prefixes: dict[Prefix, Prefix]) -> tuple[Leaf, ...]:
    return tuple(prefixes.get(word, word) if isinstance(word, Prefix) else word for word in words)


def _rebuilt(node: Boolean, change: Callable[[Node], Node | None]) -> Boolean:
    """Return a Boolean node with its nodes changed, or dropped where `change` returns None."""
    rebuilt = _rebuilt_or_none(node, change)
    return rebuilt if isinstance(rebuilt, Boolean) else Boolean()


def _rebuilt_or_none(node: Node, change: Callable[[Node], Node | None]) -> Node | None:
    """Return a changed node; None for a Boolean node that has no words left to find."""
    if not isinstance(node, Boolean):
        return change(node)
    should, must, must_not, optional = (
        _kept(children, change) for children in (node.should, node.must, node.must_not, node.optional)
    )
    if not (should or must):
        should, optional = optional, ()  # function words are sought where no others are left
    has_words = should or must or (must_not and not (node.should or node.must))
    return Boolean(should, must, must_not, optional) if has_words else None


def _kept(nodes: Iterable[Node], change: Callable[[Node], Node | None]) -> tuple[Node, ...]:
    changed = (_rebuilt_or_none(node, change) for node in nodes)
    return tuple(node for node in changed if node is not None)


def _hints(changed: Mapping[Node, Node | None]) -> list[str]:
    """Return sentences about nodes that were changed or dropped."""
    cut = [_hint_of(node, chosen) for node, chosen in changed.items() if chosen and chosen != node]
    dropped = [_short(node.text) for node, chosen in changed.items() if chosen is None and isinstance(node, ScoredNode)]
    if not dropped:
        return cut[:_MAX_TOLD]
    more = f" and {len(dropped) - _MAX_TOLD:,} more" if len(dropped) > _MAX_TOLD else ""
    return [*cut[:_MAX_TOLD], f"too many common words; not searched: {', '.join(dropped[:_MAX_TOLD])}{more}"]


def _hint_of(node: Node, chosen: Node) -> str:
    """Return a sentence that tells of which part of a node was searched."""
    words = " ".join(word.text for word in _leaves(node))
    if isinstance(node, DisMax):
        return f"other names of {_short(node.text)} were not searched: they are too common"
    count = len(list(_leaves(chosen)))
    return f"the phrase {_short(words)} has too many common words; only the rarest {count} were compared"


def _short(text: str) -> str:
    return text if len(text) <= _MAX_LETTERS else f"{text[:_MAX_LETTERS]}…"
