"""Who sees which file, and what of it."""
