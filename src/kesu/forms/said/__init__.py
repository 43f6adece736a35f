"""What a fact says, in words: the same for staff and for whoever complains."""
