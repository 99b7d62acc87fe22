"""Watching folders: what changes in them, and what is then indexed."""
