"""Russian: lemmas from a dictionary, backed by a stem as a coarse key (`russian.morphology`)."""
