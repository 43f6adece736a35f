"""A Django application with nothing in it but the rows that an intake cannot do without."""
