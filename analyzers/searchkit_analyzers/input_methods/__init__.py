"""How people type: keyboard layouts, Latin spellings, letters typed for one another."""
