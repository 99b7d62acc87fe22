"""Which segments a commit has, and which of their readers are open."""
