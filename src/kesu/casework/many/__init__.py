"""Counting over files: values used once, watches, figures of a report."""
