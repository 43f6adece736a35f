"""What one person notes in another's name opens nothing that the other decides, until he confirms it (semantics 5.7)."""

from __future__ import annotations

from dataclasses import replace

from tests.rulebook.casework.test_decide import found, problems, tried
from tests.rulebook.small import act, filed, when, written

from kesu.casework.deciding.decide import Accepted
from kesu.casework.file.case_file import CaseFile
from kesu.procedure.history.act import MISSING
from kesu.procedure.kinds.files import named
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text
from kesu.review.judging import Bench, judge_case
from kesu.review.now_known import as_now_known

OWN_WORK = Text(
    "批准的是你自己办的事，请批准人自己登录办理；代记的，要附上签字件的扫描件",
    "what is approved is your own work; whoever approves it does so in his own sign-in, or you attach the scan of the signed paper",
)

RULES = written(
    "rule: consent by the boss\nat: consented\nby: boss",
    "rule: consent before notice\nat: result notified\nafter: consented",
    "rule: consent in time\nwithin: 2 working days\nfrom: handling report made\nto: consented",
    "rule: two check\nat: data checked\ntogether: [lead, boss]",
    "rule: check before finding\nat: found\nafter: data checked",
    "rule: in person\nconfirm: confirmed in person",
)
OF_0_1 = replace(RULES, language=1)
REPORT = act("handling report made", by="gu", post="lead")
BY_PHONE = act(
    "consented", "2026-03-02 10:00", by="lu", post="boss", recorder="an", medium="phone", result="as reported"
)
CONFIRMED = act("confirmed in person", "2026-03-03 09:00", by="lu")


def judged(procedure: Procedure, *acts: object, now_known: bool = False) -> list[tuple[str, str, str]]:
    """What the review says of these acts: rule, verdict, manner."""
    numbered = [replace(one, number=place) for place, one in enumerate(acts, 1)]  # type: ignore[type-var]
    file = filed(procedure)
    bench = Bench(procedure, file.calendar, when("2026-03-10 09:00"), in_full=True)
    read = as_now_known(numbered) if now_known else numbered
    return [(one.rule, one.verdict.value, one.manner) for one in judge_case(read, bench=bench).findings]


def told(file: CaseFile) -> list[tuple[str, str, int]]:
    decided = tried(file, "result notified", by="an", now="2026-03-03 10:00")
    return found(decided)


def test_a_consent_by_telephone_that_a_colleague_notes_opens_no_gate() -> None:
    file = filed(RULES, REPORT, BY_PHONE)
    assert told(file) == [("consent before notice", "broken", 3)]
    assert file.history.value("result") is MISSING


def test_confirmed_by_whoever_consented_it_opens_the_gate_at_its_own_place() -> None:
    file = filed(RULES, REPORT, BY_PHONE, CONFIRMED)
    assert told(file) == [("consent before notice", "kept", 4)]
    assert file.history.value("result") == "as reported"
    assert [(one.rule, one.state) for one in file.duties] == [
        ("consent in time", "met"),
        ("in person", "met"),
    ]


def test_the_duty_that_it_met_is_told_with_the_confirmation() -> None:
    file = filed(RULES, REPORT, BY_PHONE)
    assert found(tried(file, "confirmed in person", by="lu")) == [
        ("consent in time", "kept", 1),
        ("in person", "kept", 2),
    ]


def test_nobody_can_tell_what_the_rules_say_of_it_until_it_is_confirmed() -> None:
    noted = tried(filed(RULES, REPORT), "consented", by="lu", post="boss", recorder="an", medium="phone")
    assert isinstance(noted, Accepted)
    assert found(noted) == [("consent by the boss", "cannot tell", 2)]
    acts = (REPORT, BY_PHONE, CONFIRMED)
    assert ("consent by the boss", "cannot tell", "") in judged(RULES, *acts)
    assert ("consent by the boss", "kept", "") in judged(RULES, *acts, now_known=True)
    assert ("consent by the boss", "cannot tell", "") in judged(RULES, REPORT, BY_PHONE, now_known=True)


def test_a_typed_word_is_no_scan() -> None:
    scanned = replace(BY_PHONE, medium="signed paper", facts={"scan": "SC-1"})
    assert told(filed(RULES, REPORT, scanned)) == [("consent before notice", "broken", 3)]


def test_the_file_of_a_signed_paper_speaks_for_whoever_signed() -> None:
    scanned = replace(BY_PHONE, medium="signed paper", facts={"scan": [named("SC-1")]})
    file = filed(RULES, REPORT, scanned)
    assert told(file) == [("consent before notice", "kept", 3)]
    assert file.open_findings(when("2026-03-10 09:00")) == []


def test_a_part_of_a_joint_step_given_in_another_name_is_no_part() -> None:
    own = act("data checked", by="gu", post="lead")
    other = act("data checked", by="lu", post="boss", recorder="gu", medium="phone")
    assert found(tried(filed(RULES, own, other), "found")) == [("check before finding", "broken", 3)]
    assert found(tried(filed(RULES, own, other, CONFIRMED), "found")) == [("check before finding", "kept", 4)]


def test_what_decides_nothing_opens_and_stays_marked() -> None:
    rules = written(
        "rule: looked into first\nat: found\nafter: investigated",
        "rule: in person\nconfirm: confirmed in person",
    )
    looked = act("investigated", by="gu", post="lead", recorder="an", medium="phone")
    assert found(tried(filed(rules, looked), "found")) == [("looked into first", "kept", 2)]


def test_a_file_does_not_end_in_another_name_nor_while_a_confirmation_is_open() -> None:
    noted = act("note", by="lu", post="boss", recorder="an", medium="phone", text="he agrees")
    assert found(tried(filed(RULES, noted), "closed")) == [("in person", "broken", 2)]
    ended = filed(RULES, act("closed", by="lu", post="boss", recorder="an", medium="phone"))
    assert ended.ended is False
    ended.apply(replace(CONFIRMED, number=2))
    assert ended.ended is True


def test_whoever_s_own_work_is_approved_notes_the_approval_with_a_file_of_the_paper_only() -> None:
    rules = written("rule: consent by another\nat: consented\nby: {not who did: handling report made}")
    own = {"by": "lu", "post": "boss", "recorder": "gu", "medium": "signed paper"}
    named_only = [
        Text("“扫描件”：要传文件，只写名称不算", "“Scan”: has to be a file; its name alone is none")
    ]
    assert problems(tried(filed(rules, REPORT), "consented", **own)) == [OWN_WORK]
    assert problems(tried(filed(rules, REPORT), "consented", scan="page one", **own)) == [
        *named_only,
        OWN_WORK,
    ]
    assert isinstance(tried(filed(rules, REPORT), "consented", scan=[named("page one")], **own), Accepted)


def test_a_strike_or_a_correction_in_another_name_changes_nothing_before_it_is_confirmed() -> None:
    noted = {"by": "lu", "post": "boss", "recorder": "an", "medium": "phone"}
    own = act("consented", by="lu", post="boss", result="as reported")
    struck = filed(RULES, REPORT, own, act("struck", entry="2", reason="he said so", **noted))
    assert told(struck) == [("consent before notice", "kept", 4)]
    changed = act("corrected", entry="2", word="result", value="less", reason="he said so", **noted)
    assert filed(RULES, REPORT, own, changed).history.value("result") == "as reported"
    assert filed(RULES, REPORT, own, changed, CONFIRMED).history.value("result") == "less"


def test_a_confirmation_that_is_struck_confirms_nothing() -> None:
    file = filed(RULES, REPORT, BY_PHONE, CONFIRMED, act("taken back", "2026-03-03 09:10", by="lu"))
    assert told(file) == [("consent before notice", "broken", 5)]


def test_editions_of_kesu_0_1_keep_the_older_reading() -> None:
    assert told(filed(OF_0_1, REPORT, BY_PHONE)) == [("consent before notice", "kept", 3)]
    scanned = replace(BY_PHONE, facts={"scan": "SC-1"})
    assert filed(OF_0_1, REPORT, scanned).open_findings(when("2026-03-10 09:00")) == []
