"""waits: a step that comes only when so long has passed, or when what was waited for has come."""

from tests.rulebook.small import act, filed, says, verdict, when, why, written

from kesu.procedure.history.act import Shown
from kesu.reading.text import Text

FIVE = written("at: found\nwaits: 5 natural days\nfrom: investigated")
HEARD = written("at: found\nwaits: 2 clock hours\nfrom: investigated\nunless: [consented, progress told]")
NOT_AT_ALL = written("at: found\nwaits: no limit\nfrom: investigated")
SENT = act("investigated", "2026-03-02 09:00")


def test_it_says_how_long_after_what_and_what_makes_waiting_needless() -> None:
    assert says(FIVE) == Text(
        zh="“调查核实”之后满5个自然日，才能“作出认定”。",
        en="“Finding made”: not before 5 natural days from “Investigated” are over.",
    )
    assert says(HEARD) == Text(
        zh="“调查核实”之后满2小时，才能“作出认定”；此后已有“同意”或“告知进展”的，不必等满。",
        en="“Finding made”: not before 2 clock hours from “Investigated” are over, unless there has been “Consented” or “Progress told” since.",
    )
    assert says(NOT_AT_ALL) == Text(
        zh="“调查核实”之后不必等，就可以“作出认定”。", en="“Finding made” need not wait after “Investigated”."
    )


def test_not_before_the_last_day_is_over() -> None:
    assert verdict(FIVE, SENT, act("found", "2026-03-08 00:00")) == "kept"
    assert why(FIVE, SENT, act("found", "2026-03-07 23:59")) == (
        "broken",
        "要等到2026年3月7日以后，现在还早",
        "it has to wait until 2026-03-07 is over",
    )


def test_hours_are_over_at_their_minute() -> None:
    assert verdict(HEARD, SENT, act("found", "2026-03-02 10:59")) == "broken"
    assert verdict(HEARD, SENT, act("found", "2026-03-02 11:00")) == "kept"


def test_what_came_since_makes_waiting_needless_and_what_came_before_does_not() -> None:
    soon = act("found", "2026-03-02 09:30")
    assert verdict(HEARD, SENT, act("consented"), soon) == "kept"
    assert verdict(HEARD, SENT, act("progress told"), soon) == "kept"
    assert verdict(HEARD, act("consented"), SENT, soon) == "broken"


def test_it_is_counted_from_the_last_time_and_silent_before_the_first() -> None:
    again = act("investigated", "2026-03-07 09:00")
    assert verdict(FIVE, SENT, again, act("found", "2026-03-09 09:00")) == "broken"
    assert verdict(FIVE, act("found", "2026-03-09 09:00")) == ""


def test_without_a_limit_nobody_waits() -> None:
    assert verdict(NOT_AT_ALL, SENT, act("found", "2026-03-02 09:00")) == "kept"


def test_a_log_that_does_not_show_it_cannot_tell() -> None:
    soon = act("found", "2026-03-02 09:30")
    hidden = Shown(steps=frozenset({"found"}))
    assert verdict(FIVE, soon, shown=hidden) == "cannot tell"
    unheard = Shown(steps=frozenset({"found", "investigated"}))
    assert verdict(HEARD, SENT, soon, shown=unheard) == "cannot tell"


def test_it_says_from_when_the_step_can_be_taken() -> None:
    shape = FIVE.by_name["the rule"].shape
    assert shape.changes_at(filed(FIVE, SENT).history, act("found", "2026-03-03 09:00")) == when(
        "2026-03-08 00:00"
    )
    assert shape.changes_at(filed(FIVE).history, act("found", "2026-03-03 09:00")) is None
