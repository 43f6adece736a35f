"""How a case stands to a person: what he may begin, do next, and why not."""
