"""One case from arrival to close: commands, events, decide, evolve, duties, the clock."""
