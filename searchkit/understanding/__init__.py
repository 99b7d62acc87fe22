"""Query understanding: spelling correction, synonyms and translations."""
