"""The page of one article, and the articles like it."""
