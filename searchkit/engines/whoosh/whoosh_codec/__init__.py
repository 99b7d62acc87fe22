"""The format as a codec of Whoosh: its own searcher, query parser and writer work on it."""
