"""A procedure as it is written: layers, rules, settings, editions, and the audit of it all."""
