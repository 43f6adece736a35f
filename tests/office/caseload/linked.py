"""More procedures for the office under test: a survey that opens complaints, and a report that counts them."""

from __future__ import annotations

from tests.office.caseload.office import LIBRARY, Office, at, key

from kesu.caseload.acting.answers import Done
from kesu.registry.editions import put_in_force


def enforce(office: Office, *names: str, now: str = "2026-03-02 08:00") -> None:
    """Puts procedures in force, which has to be accepted."""
    for name in names:
        answer = put_in_force(
            name,
            library=LIBRARY,
            organisation=office.organisation,
            person=office.persons["admin"],
            now=at(now),
            since=at(now),
            key=key(),
        )
        assert isinstance(answer, Done), answer.sentences("en")
