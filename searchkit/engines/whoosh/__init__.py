"""The Whoosh engine: a standard Whoosh 2.7.4 index, ranked by our own arithmetic."""

from searchkit.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
