"""Done on paper or by phone, and noted by somebody else (semantics 5.7)."""

from __future__ import annotations

from dataclasses import replace

from tests.rulebook.casework.test_decide import found, problems, tried
from tests.rulebook.small import act, filed, when, written

from kesu.casework.deciding.decide import Accepted
from kesu.procedure.kinds.files import named
from kesu.reading.text import Text

OWN_WORK = Text(
    "批准的是你自己办的事，请批准人自己登录办理；代记的，要附上签字件的扫描件",
    "what is approved is your own work; whoever approves it does so in his own sign-in, or you attach the scan of the signed paper",
)

RULES = written(
    "rule: consent by the boss\nat: consented\nby: boss",
    "rule: consent by another\nat: consented\nby: {not who did: handling report made}",
    "rule: in person\nconfirm: confirmed in person",
)
OF_0_1 = replace(RULES, language=1)
REPORT = act("handling report made", by="gu", post="lead")
PAPER = {"by": "lu", "post": "boss", "recorder": "an", "medium": "signed paper"}


def test_the_rules_judge_who_acted_and_not_who_noted() -> None:
    assert isinstance(tried(filed(RULES, REPORT), "consented", **PAPER), Accepted)
    for_clerk = tried(filed(RULES, REPORT), "consented", **(PAPER | {"post": "clerk"}))
    assert found(for_clerk) == [("consent by the boss", "broken", 2)]
    own = tried(filed(RULES, REPORT), "consented", **(PAPER | {"by": "gu"}))
    assert found(own) == [("consent by another", "broken", 2)]


def test_it_names_who_noted_it_how_and_when_it_happened() -> None:
    decision = tried(filed(RULES, REPORT), "consented", at=when("2026-03-02 10:00"), **PAPER)
    assert isinstance(decision, Accepted)
    one = decision.act
    assert (one.by, one.recorder, one.medium, one.at) == (
        "lu",
        "an",
        "signed paper",
        when("2026-03-02 10:00"),
    )


def test_in_editions_of_kesu_0_1_whoever_s_own_work_is_approved_notes_the_approval_with_its_scan() -> None:
    by_author = PAPER | {"recorder": "gu"}
    assert problems(tried(filed(OF_0_1, REPORT), "consented", **by_author)) == [OWN_WORK]
    assert isinstance(
        tried(filed(OF_0_1, REPORT), "consented", scan=[named("page one")], **by_author), Accepted
    )


def test_until_it_is_confirmed_nobody_can_tell_and_only_that_person_confirms() -> None:
    noted = act("consented", by="lu", post="boss", recorder="an", medium="phone")
    file = filed(RULES, REPORT, noted)
    later = when("2026-03-10 09:00")
    assert [(one.rule, one.verdict, one.number) for one in file.open_findings(later)] == [
        ("in person", "cannot tell", 2)
    ]
    nothing = [Text("没有等你本人确认的代记事项", "nothing noted for you waits for your confirmation")]
    assert problems(tried(file, "confirmed in person", by="an")) == nothing
    assert problems(tried(file, "confirmed in person", by="lu", recorder="an", medium="phone")) == nothing
    assert found(tried(file, "confirmed in person", by="lu")) == [("in person", "kept", 2)]


def test_in_editions_of_kesu_0_1_a_scan_added_by_a_correction_is_enough() -> None:
    noted = act("consented", by="lu", post="boss", recorder="an", medium="signed paper")
    file = filed(
        OF_0_1, noted, act("corrected", by="an", entry="1", word="scan", value="page one", reason="found it")
    )
    assert file.open_findings(when("2026-03-10 09:00")) == []


def test_what_mends_or_decides_upon_the_file_itself_nobody_notes_for_another() -> None:
    noted = tried(filed(RULES, REPORT), "struck", entry="1", reason="he said so", **PAPER)
    assert problems(noted)[0] == Text(
        "“划去”不能代记，请本人登录办理",
        "“Struck” is not noted for another; whoever takes it does so in his own sign-in",
    )


def test_nobody_stands_in_for_himself_and_the_last_resort_is_that_of_the_post() -> None:
    assert problems(tried(filed(RULES), "note", by="an", post="boss", behalf="an")) == [
        Text("不能代理自己", "nobody stands in for himself")
    ]
    assert problems(tried(filed(RULES), "note", by="an", post="lead", behalf="boss")) == [
        Text("组长不是主任的最后人选", "the lead is no last resort of the boss")
    ]
