"""Conversion: the weights of a published model become a model folder, and no code of it runs."""
