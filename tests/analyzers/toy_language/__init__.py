"""A made-up language: an example of a package that adds one, copied by a test."""
