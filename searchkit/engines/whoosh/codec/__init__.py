"""Byte layouts of term dictionaries, posting lists and columns."""
