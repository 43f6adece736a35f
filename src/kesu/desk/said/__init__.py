"""Values, lines, rows and the timeline in words."""
