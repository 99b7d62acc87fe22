"""Bounds of a server: connections that wait, requests at a time, the work of a question."""
