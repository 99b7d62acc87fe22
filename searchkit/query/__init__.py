"""The query language: from typed text to a tree of word groups."""
