"""What a procedure does not yet hold of a standard, or of any other paper: rule by rule, shown by trying, with what to add."""
