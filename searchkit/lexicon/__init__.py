"""The words that an index holds, found by spelling."""
