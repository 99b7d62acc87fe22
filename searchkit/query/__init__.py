"""The query language: parses typed text into a tree of query nodes."""
