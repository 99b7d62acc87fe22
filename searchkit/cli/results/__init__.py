"""Output of a search: listings for people, tables for programs, remarks."""
