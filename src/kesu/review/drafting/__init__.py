"""Looks at a log that nobody has described yet and drafts its mapping, with what was guessed and why."""
