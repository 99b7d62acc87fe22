"""An index on the web: a search page, an API, feeds.

The page needs no JavaScript. Nothing here writes to an index.

request -> security -> pages, api or feeds -> index_service -> Index
"""
