"""A command becomes acts, or is refused in words; the clock and a foreign log the same way."""
