"""Query expansion: adds other names and translations of the words of a query."""
