"""One module for each file format, and the registry of them."""
