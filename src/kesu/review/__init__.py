"""Judging what already happened: a log in (CSV, XLSX, XES), findings out by rule, case and month."""
