"""How dictionaries, posting lists and columns are laid out in bytes."""
