"""The Python runtime: garbage collection policy and bounded caches."""
