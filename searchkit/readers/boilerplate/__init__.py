"""Telling an article from the page around it: menus, counters, dates, bylines."""
