"""A step as fields, choices and refusals: the same for a page and for the API. Knows no request and no HTML."""
