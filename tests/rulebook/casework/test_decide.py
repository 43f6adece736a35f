"""decide: given what happened, when somebody commands, then these acts and findings, or this refusal."""

from __future__ import annotations

from typing import Any

from tests.rulebook.small import act, filed, from_text, offered, text_of, when, written

from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Accepted, Actor, Barred, ChildToOpen, decide
from kesu.casework.file.case_file import CaseFile
from kesu.reading.text import Text

RULES = written(
    "rule: acceptance by the clerk\nat: accepted\nby: clerk",
    "rule: finding after acceptance\nat: found\nafter: accepted",
    "rule: finding in time\nwithin: 1 working day\nfrom: accepted\nto: found",
    "rule: major by topic\nwhen: {topic: conduct}\nfollows: {grade: major}",
    'rule: retest file\nwhen: {retest: "yes"}\nopens: lab-retest\nat: retest decided',
    "rule: intake\nat: received\nrecord: [matter]",
)
NOON = when("2026-03-02 12:00")


def tried(file: CaseFile, step: str, *, now: str = "2026-03-02 12:00", **more: Any) -> Accepted | Barred:
    fields = {name: more.pop(name) for name in list(more) if name in Command.__dataclass_fields__}
    facts = {name.replace("_", " "): value for name, value in more.items()} | dict(fields.pop("facts", {}))
    return decide(file, Command(step=step, by=fields.pop("by", "an"), facts=facts, **fields), now=when(now))


def acts(decision: Accepted | Barred) -> list[tuple[int, str, str, str | None, dict[str, Any]]]:
    assert isinstance(decision, Accepted), decision
    return [
        (one.number, one.step, one.at.strftime("%m-%d %H:%M"), one.by, dict(one.facts))
        for one in decision.acts
    ]


def found(decision: Accepted | Barred) -> list[tuple[str, str, int]]:
    return [(one.rule, f"{one.verdict} {one.manner}".strip(), one.number) for one in decision.findings]


def problems(decision: Accepted | Barred) -> list[Text]:
    assert isinstance(decision, Barred), decision
    return list(decision.problems)


RECEIVED = act("received", matter="complaint")
ACCEPTED = act("accepted", post="clerk")


def test_an_accepted_command_gives_its_act_and_every_finding() -> None:
    decision = tried(filed(RULES, RECEIVED), "accepted", post="clerk")
    assert acts(decision) == [(2, "accepted", "03-02 12:00", "an", {})]
    assert found(decision) == [("acceptance by the clerk", "kept", 2)]


def test_a_refused_command_gives_the_rules_that_bar_it_and_no_others() -> None:
    decision = tried(filed(RULES, RECEIVED), "found")
    assert isinstance(decision, Barred)
    assert (found(decision), decision.problems) == ([("finding after acceptance", "broken", 2)], ())


def test_deciding_changes_nothing() -> None:
    file = filed(RULES, RECEIVED, ACCEPTED)
    before = (list(file.history.acts), [(one.key, one.state) for one in file.duties])
    tried(file, "found", now="2026-03-09 09:00")
    tried(file, "accepted", now="2026-03-09 09:00")
    assert (list(file.history.acts), [(one.key, one.state) for one in file.duties]) == before


def test_what_the_clock_owes_comes_first_in_order_and_the_late_act_is_recorded_as_late() -> None:
    decision = tried(filed(RULES, RECEIVED, ACCEPTED), "found", now="2026-03-09 09:00")
    assert acts(decision) == [
        (3, "fell late", "03-04 00:00", None, {"rule": "finding in time", "entry": "2"}),
        (4, "found", "03-09 09:00", "an", {}),
    ]
    assert found(decision) == [("finding after acceptance", "kept", 4), ("finding in time", "broken late", 2)]


def test_what_a_rule_records_comes_after_the_act() -> None:
    decision = tried(filed(RULES, RECEIVED), "registered", topic=["conduct"])
    assert acts(decision) == [
        (2, "registered", "03-02 12:00", "an", {"topic": ["conduct"]}),
        (3, "promoted", "03-02 12:00", None, {"grade": "major", "rule": "major by topic"}),
    ]


def test_an_act_may_open_a_linked_file_once() -> None:
    decision = tried(filed(RULES, RECEIVED), "retest decided", retest="yes")
    assert isinstance(decision, Accepted)
    assert decision.children == (ChildToOpen("lab-retest", "retest file", 2),)
    linked = act("linked", by=None, kind="lab-retest", linked_file="RT-1")
    again = tried(
        filed(RULES, RECEIVED, act("retest decided", retest="yes"), linked), "note", text="called back"
    )
    assert isinstance(again, Accepted)
    assert again.children == ()


def test_the_arrival_is_never_refused_for_want_of_a_fact() -> None:
    decision = tried(CaseFile(RULES, calendar=filed(RULES).calendar), "received", account="late")
    assert acts(decision) == [(1, "received", "03-02 12:00", "an", {"account": "late"})]


def test_a_command_of_another_kind_is_answered_before_any_rule() -> None:
    file = filed(RULES, RECEIVED)
    assert problems(tried(file, "acepted")) == [
        Text(
            "本程序没有“acepted”这一步；是不是“accepted”？",
            "this procedure has no step “acepted”; did you mean “accepted”?",
        )
    ]
    assert problems(tried(file, "fell late")) == [
        Text("“逾期”由系统记录，不能由人办理", "“Fell late” is recorded by the system, not by a person")
    ]
    for house in ("linked", "link ended", "item noted"):
        assert len(problems(tried(file, house))) == 1
    assert problems(tried(file, "received")) == [
        Text(
            "本案已经收到；另一件事请另立案卷，同一件事的补充请用“补充”",
            "this has been received already; another matter opens a file of its own, what belongs to this one is added",
        )
    ]


def test_every_value_has_to_be_of_its_kind() -> None:
    said = problems(
        tried(
            filed(RULES, RECEIVED),
            "registered",
            topic=["conduct", "x"],
            grade="mayor",
            amount="12.345",
            agreed_date="2026-02-30",
            account=["a"],
            nobody="x",
        )
    )
    assert [one.zh for one in said] == [
        (
            "“投诉事项”：“x”不在可选项内：检测结果质量、报告结论或内容、工作程序、合同执行、检测时限、"
            "管理体系运行、职业道德与工作作风、期望和要求、潜在不符合倾向、其他"
        ),
        "“级别”：“mayor”不在可选项内：一般、重大",
        "“金额”：金额最多两位小数",
        "“约定的报告日期”：应是日期，如 2026-03-09，不是“2026-02-30”",
        "“反映的情况”：应是一段文字",
        "没有“nobody”这一项；可用的有 " + said[-1].zh.partition("可用的有 ")[2],
    ]
    assert problems(tried(filed(RULES, RECEIVED), "registered", amount="1e999999999"))[0].en.startswith(
        "“Amount”"
    )
    assert problems(tried(filed(RULES, RECEIVED), "note", text="\ud800"))[0].en == (
        "“Text”: holds half a character; type it again"
    )


def test_who_did_the_work_is_never_typed_by_whoever_handles_the_case() -> None:
    assert problems(tried(filed(RULES, RECEIVED), "note", did_the_work=["wu"])) == [
        Text(
            "“做过这项工作的人员”由样品和报告的登记带来，不能在案卷里填写",
            "“Who did the work” comes from the register of items and is not filled in here",
        )
    ]


def test_an_ended_file_takes_only_what_belongs_to_every_file() -> None:
    file = filed(RULES, RECEIVED, ACCEPTED, act("closed"))
    ended = [Text("案卷已办结；要再办，先“重新开启”", "the file has ended; reopen it first")]
    assert problems(tried(file, "found")) == ended
    assert problems(tried(file, "registered")) == ended
    assert isinstance(tried(file, "note", text="called back"), Accepted)
    assert isinstance(tried(file, "archived"), Accepted)
    reopened = filed(RULES, RECEIVED, ACCEPTED, act("closed"), act("reopened", reason="told by phone"))
    assert isinstance(tried(reopened, "found"), Accepted)


def test_a_step_that_the_procedure_says_may_follow_the_end_is_taken_there_and_no_other() -> None:
    told_after = text_of().replace("  progress told: {", '  progress told: {after the end: "yes", ')
    ended = filed(from_text(told_after), RECEIVED, ACCEPTED, act("closed"))
    assert isinstance(tried(ended, "progress told"), Accepted)
    assert problems(tried(ended, "result notified"))[0].en == "the file has ended; reopen it first"
    told = filed(from_text(told_after), RECEIVED, ACCEPTED, act("closed"), act("progress told"))
    assert told.ended
    assert "progress told" in offered(ended, Actor("zhou", "clerk"), now=when("2026-03-03 09:00"))


def test_the_page_offers_what_decide_would_accept_and_says_why_not() -> None:
    file = filed(RULES, RECEIVED)
    steps = offered(file, Actor("an", "lead"), Actor("an", "boss"), now=NOON)
    assert steps["registered"].allowed
    assert (steps["accepted"].allowed, [one.rule for one in steps["accepted"].findings]) == (
        False,
        ["acceptance by the clerk"],
    )
    assert "linked" not in steps
    clerk = offered(file, Actor("an", "boss"), Actor("an", "clerk"), now=NOON)
    assert (clerk["accepted"].allowed, clerk["accepted"].actor.post) == (True, "clerk")
