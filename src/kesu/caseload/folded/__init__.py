"""A file as its entries make it: editions, calendars, acts read from the ledger, folds kept in memory."""
