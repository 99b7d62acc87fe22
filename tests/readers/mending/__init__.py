"""Tests of texts that are mended as they come in."""
