"""within, once late: what a lateness of another rule calls for."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, filed, says, when, written

from kesu.casework.deciding.decide import clock_acts
from kesu.casework.file.case_file import CaseFile
from kesu.procedure.written.audit import audit
from kesu.reading.text import Text

TOLD = "rule: told\nwithin: 5 working days\nfrom: accepted\nto: result notified"
CHASED = written(
    f"within: 1 working day\nonce late: told\nto: progress told\nuntil: result notified\nowner: lead\n---\n{TOLD}"
)
ACCEPTED = act("accepted", "2026-03-02 11:30")  # a Monday: due by Monday the 9th


def at(moment: str, *acts: object) -> CaseFile:
    """A file in which these acts happened, as the clock leaves it at a moment."""
    file = filed(CHASED, *acts)  # type: ignore[arg-type]
    clock_acts(file, when(moment))
    return file


def owed(file: CaseFile) -> list[tuple[str, str, str]]:
    return [(duty.rule, duty.state, duty.due.date.isoformat() if duty.due else "") for duty in file.duties]


def test_it_says_what_is_late_by_its_step_and_not_by_the_name_of_a_rule() -> None:
    assert says(CHASED) == Text(
        zh="“通报处理结果”逾期的，逾期之后1个工作日内要有“告知进展”。",
        en="Once “Result notified” is late: “Progress told” within 1 working day.",
    )


def test_nothing_is_owed_before_it_is_late() -> None:
    assert owed(at("2026-03-09 23:59", ACCEPTED)) == [("told", "open", "2026-03-09")]


def test_it_is_owed_from_the_lateness_on_whenever_the_clock_looks() -> None:
    for moment in ("2026-03-10 00:01", "2026-03-11 09:00"):
        assert owed(at(moment, ACCEPTED)) == [
            ("told", "late", "2026-03-09"),
            ("the rule", "open", "2026-03-11"),
        ]
    assert owed(at("2026-03-12 00:01", ACCEPTED))[1] == ("the rule", "late", "2026-03-11")


def test_it_is_met_by_its_step_and_void_by_what_was_waited_for() -> None:
    file = at("2026-03-10 09:00", ACCEPTED)
    file.apply(act("progress told", "2026-03-10 10:00", number=file.number + 1))
    assert owed(file)[1] == ("the rule", "met", "2026-03-11")
    other = at("2026-03-10 09:00", ACCEPTED)
    other.apply(act("result notified", "2026-03-10 10:00", number=other.number + 1))
    assert owed(other)[1] == ("the rule", "void", "2026-03-11")


def test_another_rule_that_falls_late_calls_for_nothing() -> None:
    both = written(
        f"within: 1 working day\nonce late: told\nto: progress told\n---\n{TOLD}\n---\nrule: found in time\nwithin: 1 working day\nfrom: accepted\nto: found"
    )
    file = filed(both, ACCEPTED)
    clock_acts(file, when("2026-03-04 09:00"))
    assert [(duty.rule, duty.state) for duty in file.duties] == [("told", "open"), ("found in time", "late")]


def test_it_counts_from_one_thing_only_and_names_a_rule_that_can_fall_late() -> None:
    en, zh = refused("within: 1 working day\nonce late: told\nfrom: accepted\nto: progress told")
    assert en == "the rule “the rule” has both “from” and “once late”; it is counted from one of them"
    assert zh == "规则“the rule”既有“from”又有“once late”；只能从其中一个起算"
    alone = written("within: 1 working day\nonce late: told\nto: progress told")
    assert [one.text.en for one in audit(alone) if "once late" in one.text.en] == [
        "the rule “the rule” says “once late: told”, and no other rule of this name can fall late; name one with a time limit"
    ]
