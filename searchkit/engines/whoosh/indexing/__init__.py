"""From analyzed documents to segments, and from small segments to large ones."""
