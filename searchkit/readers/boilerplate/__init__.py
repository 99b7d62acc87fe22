"""The article of a page, told apart from its boilerplate: menus, counters, dates, bylines."""
