"""Segments: their metadata, their files, and their documents as a commit sees them."""
