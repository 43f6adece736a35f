"""Everything that arrives becomes “received”: so far, history from a sheet or a log."""
