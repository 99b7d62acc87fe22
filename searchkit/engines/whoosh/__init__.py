"""The Whoosh engine: a standard Whoosh 2.7.4 index, ranked by our own arithmetic."""
