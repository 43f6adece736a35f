"""Acts and facts as rules see them: what is on record, what follows from it, what a verdict is."""
