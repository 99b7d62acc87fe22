"""Snippets: the best passages of an article, with the words of a query marked."""
