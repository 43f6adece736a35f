"""Rows made anew from the ledger and compared with those that stand."""
