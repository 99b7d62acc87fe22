"""The article of a page is separated from menus, counters and dates."""
