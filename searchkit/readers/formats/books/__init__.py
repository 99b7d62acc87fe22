"""Readers of electronic books, whose chapters are parts of one article."""
