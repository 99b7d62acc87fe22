"""Makes files of every format that searchkit reads, whole and broken."""
