"""Questions: from what a person typed to a tree of word groups."""

from searchkit.query.parser import Query, parse

__all__ = ["Query", "parse"]
