"""The ground: YAML read strictly, key by key, with file and line; text in the two languages of the house."""
