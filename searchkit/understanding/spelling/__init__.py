"""Spelling correction: keyboard layouts, missing letters, Latin spellings and typing errors."""
