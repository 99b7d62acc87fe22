"""Paths, files, archives and character sets: the bytes that formats are read from."""
