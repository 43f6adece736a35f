"""What is owed in a file, to whom it falls, and until when."""
