"""The search for ways round: how a file can be brought to its end, and what of the paper was not done on the way."""
