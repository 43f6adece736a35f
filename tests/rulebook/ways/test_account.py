"""What of the paper was done on a way: a clause stands as the worst of its rules that were asked."""

from tests.rulebook.small import act, written
from tests.rulebook.ways.test_search import CALENDAR

from kesu.ways.account import Standing, account
from kesu.ways.search import Way

PROCEDURE = written(
    "rule: told\nclause: [X-1]\nwhen: {finding: upheld}\nbefore: closed\nmust have: result notified\n"
    "unless waived: {by: lead, for: [cannot be reached]}",
    "rule: looked into\nclause: [X-1, X-2]\nat: found\nafter: investigated",
    "rule: reason\nclause: [X-3]\nat: consented\nrecord: opinion",
    "rule: doing without\ndoing without: not possible",
)


def stands(*acts: object) -> dict[str, Standing]:
    numbered = tuple(
        act_.__class__(**{**{f: getattr(act_, f) for f in act_.__dataclass_fields__}, "number": place})  # type: ignore[attr-defined]
        for place, act_ in enumerate(acts, start=1)
    )
    return dict(account(PROCEDURE, Way(numbered[-1].step, numbered, reached=True), calendar=CALENDAR).clauses)


def test_what_was_asked_and_kept_is_done_and_what_nobody_came_by_was_never_asked() -> None:
    done = (
        act("received"),
        act("investigated"),
        act("found", finding="upheld"),
        act("result notified"),
        act("closed"),
    )
    assert stands(*done) == {"X-1": Standing.DONE, "X-2": Standing.DONE, "X-3": Standing.NEVER_ASKED}


def test_what_was_left_out_with_a_reason_is_told_apart_and_what_was_left_out_without_is_broken() -> None:
    before = (act("received"), act("investigated"), act("found", finding="upheld"))
    waived = act(
        "not possible",
        instead_of="result notified",
        waiver_ground="cannot be reached",
        reason="five calls",
        post="lead",
    )
    assert stands(*before, waived, act("closed"))["X-1"] is Standing.WAIVED
    assert stands(*before, act("closed"))["X-1"] is Standing.BROKEN
