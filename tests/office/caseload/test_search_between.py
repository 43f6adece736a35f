"""Whatever happens between two statements of the search that follows, each moment is one that a check finds sound, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from django.db import connection
from tests.office.caseload.office import Office
from tests.office.caseload.test_search_follows import followed_up_to, leaves, rows, sealed
from tests.office.caseload.test_searching import SAID, found

from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.caseload.rows.following import follow

Meanwhile = Callable[[Office, str], object]

MEANWHILE: Final[dict[str, Meanwhile]] = {
    "an act": lambda office, file: noted(office, file),
    "an act and its seal": lambda office, file: (noted(office, file), sealed(office, "2026-03-05 12:00")),
    "a seal": lambda office, file: sealed(office, "2026-03-05 12:00"),
    "another who follows": lambda office, file: (noted(office, file), follow(office.organisation)),
    "one more case": lambda office, file: office.receive("2026-03-05 11:00", **SAID),
    "an act, its seal, another who follows": lambda office, file: (
        noted(office, file),
        sealed(office, "2026-03-05 12:00"),
        follow(office.organisation),
    ),
}


def noted(office: Office, file: str) -> None:
    office.do("note", "zhou", "2026-03-05 11:00", file=file, facts={"text": "已电话联系清泉"})


@contextmanager
def before_statement(place: int, happens: Callable[[], object]) -> Iterator[list[int]]:
    """Before this statement outside a transaction something happens, once; gives how many there were."""
    seen = [0]

    def wrapped(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not connection.in_atomic_block and seen[0] >= 0:
            seen[0] += 1
            if seen[0] == place:
                count, seen[0] = seen[0], -1_000_000
                happens()
                seen[0] = count
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapped):
        yield seen


@pytest.mark.parametrize("meanwhile", MEANWHILE.values(), ids=MEANWHILE)
@pytest.mark.parametrize("place", range(1, 9))
def test_each_moment_is_sound_and_nothing_is_lost(office: Office, meanwhile: Meanwhile, place: int) -> None:
    file = office.receive(**SAID).file
    sealed(office)
    follow(office.organisation)
    office.do("note", "zhou", "2026-03-05 09:00", file=file, facts={"text": "等待回复"})
    sealed(office, "2026-03-05 10:00")
    office.do("note", "zhou", "2026-03-05 10:30", file=file, facts={"text": "又问了一次"})

    def happens() -> None:
        meanwhile(office, file)
        assert rebuild(check=True) == []

    with before_statement(place, happens) as seen:
        follow(office.organisation)
    assert seen[0] >= 1
    assert rebuild(check=True) == []
    sealed(office, "2026-03-05 13:00")
    assert rebuild(check=True) == []
    wanted = dict(rows(office))
    assert "TS-2026-0001" in found(office, "源达")
    assert all(number >= wanted[name] for name, number in rows(office) if name in wanted)
    assert (follow(office.organisation), followed_up_to(office)) == (0, [leaves(office)])
