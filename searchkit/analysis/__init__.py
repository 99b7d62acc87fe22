"""Documents as terms at positions: what an index stores of an article."""
