"""The clauses of a question or of a pair of brackets, put together to one node of the tree."""

from __future__ import annotations

from dataclasses import replace

from searchkit.query.nodes import Boolean, DateRange, FieldFilter, Node, WordGroup


class BooleanBuilder:
    """Clauses while they are collected; `sign` and `either` tell what stood before their bracket."""

    def __init__(self, sign: str = "", either: bool = False) -> None:
        self.sign, self.either = sign, either
        self._signed: list[tuple[str, Node]] = []

    def add(self, sign: str, node: Node) -> None:
        """Take one more clause, with ``+``, ``-`` or nothing before it."""
        self._signed.append((sign, node))

    def add_alternative(self, sign: str, node: Node) -> None:
        """Put `node` beside the clause before it: either may hold."""
        if not self._signed or "-" in (sign, self._signed[-1][0]):
            self.add(sign, node)
            return
        sign, before = self._signed.pop()
        alternatives = before.should if isinstance(before, Boolean) and _is_choice(before) else (before,)
        self.add(sign, Boolean(should=(*alternatives, node)))

    def require_last(self) -> None:
        """Make the last clause one that must hold."""
        if self._signed and not self._signed[-1][0]:
            self._signed[-1] = ("+", self._signed[-1][1])

    def node(self) -> Boolean:
        """Return the clauses as one node: conditions hold for all of them and leave what words mean as it is."""
        words, conditions = self._parted()
        if not conditions:
            return words
        if words.should or words.must:
            return Boolean(must=(words, *conditions))
        return Boolean(must=conditions, must_not=words.must_not)

    def _parted(self) -> tuple[Boolean, tuple[Node, ...]]:
        """Return the clauses without conditions, and those. Function words make no match beside words that tell."""
        of_sign: dict[str, list[Node]] = {"": [], "+": [], "-": []}
        conditions: list[Node] = []
        for sign, node in self._signed:
            (conditions if sign != "-" and _is_condition(node) else of_sign[sign]).append(node)
        should, must, unwanted = map(tuple, of_sign.values())
        optional = tuple([node for node in should if isinstance(node, WordGroup) and node.weight < 1])
        if optional and (must or len(optional) < len(should)):
            should = tuple([node for node in should if node not in optional])
        else:
            optional = ()
        return Boolean(should, must, tuple(map(_in_its_forms, unwanted)), optional), tuple(conditions)

    def __bool__(self) -> bool:
        return bool(self._signed)


def _in_its_forms(node: Node) -> Node:
    """Return a node that the coarse key meets no more: -сенат leaves the сенатор where it is."""
    if isinstance(node, WordGroup):
        return replace(node, coarse=())
    if isinstance(node, Boolean):
        should, must = (tuple(map(_in_its_forms, nodes)) for nodes in (node.should, node.must))
        return replace(node, should=should, must=must)
    return node


def _is_condition(node: Node) -> bool:
    """Whether a node filters and scores nothing: a condition, or nothing but conditions."""
    if isinstance(node, Boolean):
        inner = (*node.should, *node.must)
        return bool(inner) and not node.must_not and all(map(_is_condition, inner))
    return isinstance(node, FieldFilter | DateRange)


def _is_choice(node: Boolean) -> bool:
    return bool(node.should) and not (node.must or node.must_not)
