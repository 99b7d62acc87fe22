"""From a query tree to ranked documents of one commit."""
