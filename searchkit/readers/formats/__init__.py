"""Each file format has a module here, and a line in the registry."""
