"""A time to wait, in a shape that only its own files know: buttons, what a case waits for and the clock hear of it."""

from __future__ import annotations

from datetime import datetime
from functools import cache, partial
from pathlib import Path

import pytest
from tests.rulebook.new_shape import put_in_place
from tests.rulebook.small import act, filed, offered, says, when, why, written

from kesu.casework.deciding.clock import next_change
from kesu.casework.deciding.decide import Actor
from kesu.casework.file.case_file import CaseFile
from kesu.casework.waiting.needs import need
from kesu.casework.waiting.outstanding import outstanding
from kesu.casework.waiting.takers import Takers
from kesu.casework.waiting.turns import Turn, turns
from kesu.reading.text import Text

RULES = (
    "at: closed\nnot before: 2 working days\nsince: found",
    "rule: first found\nat: closed\nafter: found",
)
FOUND = act("found", "2026-03-02 09:00")  # a Monday
OVER = when("2026-03-05 00:00")


@pytest.fixture(autouse=True)
def _in_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    put_in_place(monkeypatch, tmp_path)


def waiting(file: CaseFile, now: datetime) -> list[str]:
    ready = outstanding(file, cache(partial(need, Takers(file, now=now))))
    return [one.step for one in ready]


def test_it_is_read_said_and_judged() -> None:
    procedure = written(RULES[0])
    assert says(procedure) == Text(
        zh="“结案”须在“作出认定”满2个工作日以后。",
        en="“Closed”: only when 2 working days have passed since “Finding made”.",
    )
    assert why(procedure, FOUND, act("closed", "2026-03-04 23:59")) == (
        "broken",
        "2026年3月4日过后才可以“结案”",
        "“Closed” has to wait until 2026-03-04 is over",
    )
    assert why(procedure, FOUND, act("closed", "2026-03-05 00:00"))[0] == "kept"


def test_the_button_opens_when_the_time_is_over() -> None:
    file, clerk = filed(written(*RULES), FOUND), Actor("an", "clerk")
    assert not offered(file, clerk, now=when("2026-03-04 23:59"))["closed"].allowed
    assert offered(file, clerk, now=OVER)["closed"].allowed


def test_what_the_case_waits_for_hears_of_it_though_nothing_happens() -> None:
    file = filed(written(*RULES), FOUND)
    assert waiting(file, FOUND.noted) == []
    assert waiting(file, OVER) == ["closed"]
    assert next_change(file, FOUND.noted) == OVER
    assert next_change(file, OVER) is None
    (turn,) = turns(file, cache(partial(need, Takers(file, now=FOUND.noted))))
    assert (turn.ready.step, turn.start, turn.until) == ("closed", OVER, None)


def test_a_time_that_runs_out_ends_a_turn() -> None:
    window = "rule: in time\nwithin: 2 working days\nfrom: found\nbars: closed"
    file = filed(written(window, RULES[1]), FOUND)
    (turn,) = turns(file, cache(partial(need, Takers(file, now=FOUND.noted))))
    assert (turn.start, turn.until) == (None, OVER)
    assert (waiting(file, when("2026-03-04 23:59")), waiting(file, OVER)) == (["closed"], [])


def test_without_such_a_rule_what_is_outstanding_is_outstanding_from_now_on() -> None:
    file = filed(written(RULES[1]), FOUND)
    known = cache(partial(need, Takers(file, now=FOUND.noted)))
    assert turns(file, known) == [Turn(ready) for ready in outstanding(file, known)]
