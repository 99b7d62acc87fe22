"""Where postings are stored and scored; `base` is the seam."""
