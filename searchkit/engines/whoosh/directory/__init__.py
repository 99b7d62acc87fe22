"""Files of an index: mapped, checked by checksums, and listed in tables of contents."""
