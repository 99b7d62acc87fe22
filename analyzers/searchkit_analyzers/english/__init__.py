"""English: Snowball stems and a list of irregular forms (`english.morphology`)."""
