"""Kesu: complaints by the book, and proof of it."""
