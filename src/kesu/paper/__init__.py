"""An organisation's own paper: read into its clauses, and the first draft of a procedure that will hold them."""
