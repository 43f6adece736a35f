"""Who is who in an organisation: units, posts held for a time, stand-ins, subject items, calendars, editions in force.

Everything here but sign-ins is read from files of the ledger: the tables are projections, and `registers` says what
each kind of file may hold and which rows follow from it. This room does not write: caseload does, through one way.
"""
