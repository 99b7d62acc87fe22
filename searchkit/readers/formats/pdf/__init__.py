"""PDF: lines on pages become paragraphs, a title, and pages with names."""
