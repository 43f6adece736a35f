"""What is printed of the house: each document put together from what its reader sees, and from nothing else."""
