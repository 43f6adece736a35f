"""The page round every page, and the pages that say that something is not there."""
