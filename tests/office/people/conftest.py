"""Every test here runs beside a second organisation with look-alike numbers and names; all rows equal their folds."""

from tests.office.offices import fresh_database, office, procedures_read_once, staffed

__all__ = ["fresh_database", "office", "procedures_read_once", "staffed"]
