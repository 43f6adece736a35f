"""Performing acts: the one way in, the rows that follow from the ledger, and the questions that pages ask of them."""
