"""Commits: their segments, and the segment readers that stay open between them."""
