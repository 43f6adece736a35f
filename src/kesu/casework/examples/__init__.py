"""Stories told in files beside the rules, the pairs made of them, and trying them both ways."""
