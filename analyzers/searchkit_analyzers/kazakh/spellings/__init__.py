"""Stems that are written in several ways: loans before endings, colloquial words."""
