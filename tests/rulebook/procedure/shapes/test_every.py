"""every: again and again while the file is open."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, filed, says, settled, standing, written

from kesu.reading.text import Text

PROGRESS = written(
    "every: 10 working days\nfrom: accepted\ndo: progress told\nuntil: [result notified, withdrawn]\nforce: reason"
)
PLAIN = written("every: 10 working days\nfrom: accepted\ndo: progress told")
ACCEPTED = act("accepted", "2026-03-02 09:00")


def told(at: str) -> object:
    return act("progress told", at)


def dues(*acts: object) -> list[tuple[str, str]]:
    return [(duty.due.date.isoformat(), duty.state) for duty in filed(PROGRESS, *acts).duties]


def test_it_says_how_often_from_when_until_when() -> None:
    assert says(PROGRESS) == Text(
        zh="从“受理”起，每10个工作日至少“告知进展”一次，直到“通报处理结果”或“撤诉”（写明理由可以不办）。",
        en="At least every 10 working days from “Accepted” until “Result notified” or “Withdrawn by the complainant”: "
        "“Progress told” (it may be left out with a reason).",
    )
    assert says(PLAIN).zh == "从“受理”起，每10个工作日至少“告知进展”一次，直到办结。"


def test_each_time_it_is_done_calls_for_the_next() -> None:
    assert dues(ACCEPTED) == [("2026-03-16", "open")]
    assert dues(ACCEPTED, told("2026-03-10 09:00")) == [("2026-03-16", "met"), ("2026-03-24", "open")]


def test_in_time_late_and_open() -> None:
    assert settled(PROGRESS, ACCEPTED, told("2026-03-16 23:59")) == [("the rule", "kept", "按时", "in time")]
    assert [one[1] for one in settled(PROGRESS, ACCEPTED, told("2026-03-17 00:00"))] == ["broken late"]
    assert standing(PROGRESS, ACCEPTED, as_of="2026-03-16 12:00") == [
        (
            "the rule",
            "open",
            "下一次“告知进展”的期限是2026年3月16日",
            "the next “Progress told” is due by 2026-03-16",
        )
    ]


def test_it_stops_with_its_until_and_with_the_end() -> None:
    notified, closed = act("result notified", "2026-03-11 09:00"), act("closed", "2026-03-12 09:00")
    assert dues(ACCEPTED, notified) == [("2026-03-16", "void")]
    assert dues(ACCEPTED, closed) == [("2026-03-16", "void")]
    assert dues(ACCEPTED, notified, told("2026-03-12 09:00")) == [("2026-03-16", "void")]


def test_what_was_told_before_it_began_calls_for_nothing() -> None:
    assert dues(told("2026-03-01 09:00")) == []
    assert dues(told("2026-03-01 09:00"), ACCEPTED) == [("2026-03-16", "open")]


def test_a_reason_skips_one_round() -> None:
    waived = act(
        "not possible", "2026-03-10 09:00", facts={"instead of": "progress told", "reason": "abroad"}
    )
    assert settled(PROGRESS, ACCEPTED, waived) == [
        (
            "the rule",
            "kept reasoned",
            "已说明理由，这一次不必“告知进展”",
            "this time “Progress told” was not possible, with a reason on record",
        )
    ]
    assert dues(ACCEPTED, waived) == [("2026-03-16", "reasoned"), ("2026-03-24", "open")]


def test_a_reopened_file_begins_again_from_there() -> None:
    notified, again = (
        act("result notified", "2026-03-03 09:00"),
        act("reopened", "2026-04-01 09:00", reason="x"),
    )
    closed = act("closed", "2026-03-04 09:00")
    assert dues(ACCEPTED, notified, closed, again) == [("2026-03-16", "void"), ("2026-04-16", "open")]


def test_it_needs_what_is_done() -> None:
    assert refused("every: 1 week\nfrom: accepted") == (
        "the rule “the rule” needs “do”",
        "规则“the rule”缺少“do”",
    )
