"""A watched archive and its server under siege: what is written, asked, attacked and counted."""
