"""An index on the web: a search page that needs no JavaScript, an API, feeds. Nothing here writes to an index.

request -> security -> pages, api or feeds -> index_service -> Index
"""
