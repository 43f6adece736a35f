"""When an office works, when a span of time runs out, and why: every day counted or skipped.

The lowest room of the house: it knows no other, reads no clock and asks no network.
"""
