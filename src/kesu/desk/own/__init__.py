"""Kinds of file and lists that have pages of their own: work, batches, programmes, reports, descriptions."""
