"""What is kept beside the ledger for lists: each row a pure function of a folded file or a register."""
