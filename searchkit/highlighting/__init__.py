"""Highlighting: the best passages of a document, with the words of a query marked."""
