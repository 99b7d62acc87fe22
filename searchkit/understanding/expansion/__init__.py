"""Query expansion: other names and translations of the words of a query."""
