"""Files of an index: compound files, checksums and tables of contents."""
