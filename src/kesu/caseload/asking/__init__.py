"""What pages and commands ask about files, with nothing in the answer that the asker may not know."""
