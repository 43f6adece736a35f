"""Demo data: a testing laboratory with two sites, and a second organisation beside it. Performed, never inserted."""
