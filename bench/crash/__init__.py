"""Killing the server between any two statements: `python -m bench.crash`."""
