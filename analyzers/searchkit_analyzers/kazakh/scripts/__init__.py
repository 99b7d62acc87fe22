"""Kazakh in Latin and Arabic letters: detection and transliteration."""
