"""Attacks: generated inputs of all kinds that a stranger may send."""
