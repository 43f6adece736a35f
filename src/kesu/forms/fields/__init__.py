"""A step as a form, read and made."""
