"""How people type: keyboard layouts and Latin spellings."""
