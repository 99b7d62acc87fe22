"""Write analyzed documents as segments, and merge small segments into large ones."""
