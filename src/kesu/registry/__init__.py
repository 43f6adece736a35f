"""The organisation's own files: people, units, posts, items, calendars, editions in force, erasing."""
