"""Documents on paper: what stands in one, as plain data, and its setting as PDF apart from the server. Knows no case and no person."""
