"""Figures for those who watch a server."""
