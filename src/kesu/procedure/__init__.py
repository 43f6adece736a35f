"""What the paper says, as data: a strict reader, the words, the model, the shapes of rules, and the audit of a file."""
