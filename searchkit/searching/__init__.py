"""One search: a query in, results out."""
