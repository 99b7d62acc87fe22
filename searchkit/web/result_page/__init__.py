"""Parts of the page of results: facets with true counts, times, page numbers, reasons."""
