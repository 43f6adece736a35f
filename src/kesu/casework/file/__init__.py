"""One case from its acts: what each act changes, what stands, and what the rules say of the next."""
