"""The archive on the web: a search page that needs no JavaScript, an API, feeds. Nothing here writes to an index.

request -> guard -> pages, api or feeds -> archive -> Index
"""
