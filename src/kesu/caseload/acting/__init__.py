"""The way in: a command, the clock or another file becomes entries and rows in one transaction."""
