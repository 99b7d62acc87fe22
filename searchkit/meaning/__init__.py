"""Meaning: a small neural model gives questions and passages vectors that can be compared."""
