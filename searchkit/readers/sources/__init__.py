"""Sources find files and archives, and decode their bytes."""
