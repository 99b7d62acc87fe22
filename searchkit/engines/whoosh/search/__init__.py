"""Searching in a Whoosh index: a query tree in; doc ids, scores, positions and facets out."""
