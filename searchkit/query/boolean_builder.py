"""Builds one Boolean node from the clauses of a query."""

from __future__ import annotations

from dataclasses import replace

from searchkit.query.nodes import Boolean, DateRange, FieldFilter, Node, WordGroup


class BooleanBuilder:
    """Collects clauses; `sign` and `is_alternative` are the operators before their bracket."""

    def __init__(self, sign: str = "", is_alternative: bool = False) -> None:
        self.sign, self.is_alternative = sign, is_alternative
        self._clauses: list[tuple[str, Node]] = []

    def add(self, sign: str, node: Node) -> None:
        """Add a clause with the sign ``+``, ``-`` or none."""
        self._clauses.append((sign, node))

    def add_alternative(self, sign: str, node: Node) -> None:
        """Combine a node with the clause before it: either may match."""
        if not self._clauses or "-" in (sign, self._clauses[-1][0]):
            self.add(sign, node)
            return
        sign, before = self._clauses.pop()
        alternatives = before.should if isinstance(before, Boolean) and _is_disjunction(before) else (before,)
        self.add(sign, Boolean(should=(*alternatives, node)))

    def require_last(self) -> None:
        """Turn the last clause into one that must match."""
        if self._clauses and not self._clauses[-1][0]:
            self._clauses[-1] = ("+", self._clauses[-1][1])

    def node(self) -> Boolean:
        """Return the clauses as one node; filters apply to all of them."""
        words, filters = self._words_and_filters()
        if not filters:
            return words
        if words.should or words.must:
            return Boolean(must=(words, *filters))
        return Boolean(must=filters, must_not=words.must_not)

    def _words_and_filters(self) -> tuple[Boolean, tuple[Node, ...]]:
        """Separate filters from words; function words are optional beside content words."""
        by_sign: dict[str, list[Node]] = {"": [], "+": [], "-": []}
        filters: list[Node] = []
        for sign, node in self._clauses:
            (filters if sign != "-" and _is_filter(node) else by_sign[sign]).append(node)
        should, must, must_not = map(tuple, by_sign.values())
        optional = tuple([node for node in should if isinstance(node, WordGroup) and node.weight < 1])
        if optional and (must or len(optional) < len(should)):
            should = tuple([node for node in should if node not in optional])
        else:
            optional = ()
        return Boolean(should, must, tuple(map(_without_coarse_keys, must_not)), optional), tuple(filters)

    def __bool__(self) -> bool:
        return bool(self._clauses)


def _without_coarse_keys(node: Node) -> Node:
    """Return a node without coarse matches, so that -сенат does not exclude сенатор."""
    if isinstance(node, WordGroup):
        return replace(node, coarse=())
    if isinstance(node, Boolean):
        should, must = (tuple(map(_without_coarse_keys, nodes)) for nodes in (node.should, node.must))
        return replace(node, should=should, must=must)
    return node


def _is_filter(node: Node) -> bool:
    """Whether a node consists of filters, which score nothing."""
    if isinstance(node, Boolean):
        inner = (*node.should, *node.must)
        return bool(inner) and not node.must_not and all(map(_is_filter, inner))
    return isinstance(node, FieldFilter | DateRange)


def _is_disjunction(node: Boolean) -> bool:
    return bool(node.should) and not (node.must or node.must_not)
