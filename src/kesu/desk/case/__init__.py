"""The case page: what happened, what is owed, what this person can do now."""
