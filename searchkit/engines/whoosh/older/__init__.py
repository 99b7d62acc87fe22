"""Reads the articles of indexes in Whoosh's own format, which came before, to upgrade them."""
