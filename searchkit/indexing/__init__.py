"""One indexing run: documents in, commits out."""
