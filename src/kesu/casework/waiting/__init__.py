"""What stands out in a file, and who can do it."""
