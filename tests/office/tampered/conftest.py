"""The whole office, as the tests of case files have it."""

from tests.office.offices import fresh_database, office, procedures_read_once, staffed

__all__ = ["fresh_database", "office", "procedures_read_once", "staffed"]
