"""An office to bring history into."""

from tests.office.offices import fresh_database, office, procedures_read_once, staffed

__all__ = ["fresh_database", "office", "procedures_read_once", "staffed"]
