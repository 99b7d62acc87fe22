"""Files that survive a crash, and the folder of an index."""
