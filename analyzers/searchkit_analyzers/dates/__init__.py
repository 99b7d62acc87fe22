"""Dates in texts and queries: one form for a day, however it is written."""
