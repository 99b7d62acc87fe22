"""Verbs of search by meaning: embed, model."""
