"""Mend texts as they come in: divided words, letters of old fonts."""
