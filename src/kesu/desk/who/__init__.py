"""Who sits here: the person at the screen, signing in, the idle lock, the log of look-ups."""
