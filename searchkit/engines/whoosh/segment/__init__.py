"""One segment: its files, and its documents as one commit sees them."""
