"""A watched archive and its server under siege: writers, clients, attackers and their tally."""
