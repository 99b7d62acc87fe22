"""Language detection: per paragraph, quotation and word."""
