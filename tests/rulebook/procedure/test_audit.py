"""What is wrong with a procedure as a whole, though each line can be read."""

from __future__ import annotations

from tests.rulebook.small import HEAD, from_text, text_of, written

from kesu.procedure.written.audit import audit
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.taking import untaken
from kesu.reading.text import Text


def faults(procedure: Procedure, **more: object) -> list[Text]:
    """What is to be mended, save that the lines of small files do not say who takes their steps: test_taking has that."""
    left = [] if procedure.id in here().names() else [fault.text for fault in untaken(procedure)]
    return [fault.text for fault in audit(procedure, **more) if fault.text not in left]  # type: ignore[arg-type]


def asking(*rules: str, facts: tuple[str, ...] = ("grade", "demanded amount")) -> Procedure:
    """The small procedure with these rules, and the facts asked when a matter is registered."""
    text = text_of(*rules).replace("  registered: {}", f"  registered: {{asks: [{', '.join(facts)}]}}")
    return from_text(text)


def test_a_rule_that_hangs_on_a_fact_that_no_step_asks_is_reported() -> None:
    rule = "rule: to the lead\nwhen: {grade: ordinary}\nat: found\nby: lead"
    assert faults(written(rule)) == [
        Text(
            "规则“to the lead”取决于“级别”（grade），本程序没有哪一步填写它；请写在该填它的步骤的 asks 里",
            "the rule “to the lead” hangs on “grade”, which no step of this procedure says; "
            "write it under the “asks” of the step that says it",
        )
    ]
    assert faults(asking(rule)) == []


def test_the_small_procedure_has_no_fault_nor_has_any_of_the_house() -> None:
    assert faults(written()) == []
    assert {name: faults(here().load(name)) for name in here().names()} == {
        name: [] for name in here().names()
    }


def test_a_bar_never_stands_at_the_arrival() -> None:
    assert faults(written("rule: clerks only\nat: [received, accepted]\nby: clerk")) == [
        Text(
            "规则“clerks only”拦住了登记；收到和登记谁都可以办",
            "the rule “clerks only” bars the arrival, which is refused to nobody",
        )
    ]
    assert faults(written("rule: clerks only\nat: received\nby: clerk\nforce: show")) == []
    assert faults(written("at: registered\nrecord: [topic]")) == []


def test_every_post_has_a_last_resort_and_an_external_one_somebody_accountable_inside() -> None:
    text = HEAD.replace(", last resort: outsider}\n  lead", "}\n  lead").replace(", accountable: boss", "")
    assert faults(from_text(text + "rules: []\n")) == []  # nobody ever has to stay out
    apart = "rules:\n  - {rule: apart, keep apart: [named], from: found}\n"
    assert faults(from_text(text + apart)) == [
        Text(
            "岗位“经办员”没有写明都须回避时由谁代（last resort）",
            "the post “clerk” names no last resort for when all its holders have to stay out",
        ),
        Text(
            "外部岗位“外部人员”没有写明内部由谁负责（accountable）",
            "the external post “outsider” names no accountable post inside",
        ),
    ]


def test_steps_that_wait_for_each_other_are_never_reached() -> None:
    found = faults(written("rule: a\nat: found\nafter: accepted", "rule: b\nat: accepted\nafter: found"))
    assert sorted(text.en for text in found) == [
        "the step “accepted” can never be reached: what it waits for waits for it",
        "the step “found” can never be reached: what it waits for waits for it",
    ]
    either = written(
        "rule: a\nat: found\nafter: {any of: [accepted, received]}", "rule: b\nat: accepted\nafter: found"
    )
    assert faults(either) == []


def test_two_rules_that_say_the_same_are_reported() -> None:
    twice = ("rule: a\nat: found\nby: clerk", "rule: b\nclause: A-1\nat: found\nby: clerk")
    assert faults(written(*twice)) == [Text("规则“b”和“a”说的是一回事", "the rules “b” and “a” say the same")]
    narrowed = "rule: b\nwhen: {grade: major}\nat: found\nby: clerk"
    assert faults(asking(twice[0], narrowed)) == []


ROUTES = (
    "rule: to the lead\nwhen: {grade: ordinary}\nsend: found\nto: lead",
    "rule: to the boss\nwhen: {grade: major}\nsend: found\nto: boss",
)


def test_every_case_goes_to_exactly_one_lead() -> None:
    assert faults(asking(*ROUTES)) == []
    assert faults(asking(ROUTES[0])) == [
        Text("级别为“重大”时，“作出认定”没有人牵头", "where Grade is “Major”, nobody leads “Finding made”")
    ]


def test_two_leads_at_once_are_an_error_unless_one_of_them_says_how_they_meet() -> None:
    dear = "rule: dear ones\nwhen: {demanded amount: at least 500}\nsend: found\nto: boss"
    (fault,) = faults(asking(*ROUTES, dear))
    assert fault == Text(
        "级别为“一般”、要求的金额为“500”时，“to the lead”和“dear ones”同时成立；请用 instead of 或 together with 说明",
        "where Grade is “Ordinary” and Amount demanded is “500”, “to the lead” and “dear ones” both hold; settle it by “instead of” or “together with”",
    )
    assert faults(asking(*ROUTES, dear + "\ninstead of: to the lead")) == []
    assert faults(asking(*ROUTES, dear + "\ntogether with: [to the lead]")) == []
    assert faults(asking(*ROUTES, dear + "\nas: external part"))[0].zh.startswith("要求的金额为“499.99”时")


def test_routes_that_read_too_many_facts_to_be_proved_are_said_to_be() -> None:
    words = ("topic", "matter", "source", "channel", "finding", "cause", "grade")
    values = ("conduct", "complaint", "client", "visit", "upheld", "data deviation", "major")
    when = ", ".join(f"{word}: {value}" for word, value in zip(words, values, strict=True))
    (fault,) = faults(asking(f"rule: wide\nwhen: {{{when}}}\nsend: found\nto: boss", facts=words))
    assert fault.en.startswith("the routes of “Finding made” read too many facts to be proved")


def test_what_it_opens_has_to_be_there() -> None:
    assert faults(written("rule: audit\nopens: lab-audit\nat: found")) == [
        Text(
            "规则“audit”要开立“lab-audit”，没有这个程序",
            "the rule “audit” opens “lab-audit”, which is no procedure",
        )
    ]


def test_rules_of_the_end_want_an_end() -> None:
    endless = from_text(
        HEAD.replace("ends: [closed]\n", "") + "rules:\n  - {rule: told, before: the end, must have: found}\n"
    )
    assert faults(endless) == [
        Text(
            "规则“told”说到办结，程序却没有写明哪一步办结（ends）",
            "the rule “told” speaks of the end, and no step is named under “ends”",
        )
    ]


def test_a_clause_is_one_of_the_catalogue_where_its_document_is_in_it() -> None:
    cited = written("rule: a\nclause: [A03-1, A03-9, B-7]\nat: found\nby: clerk")
    assert faults(cited, clauses=["A03-1", "A03-2"]) == [
        Text(
            "规则“a”引用的条款 A03-9 不在条款目录里",
            "the rule “a” cites the clause A03-9, which is not in the catalogue",
        )
    ]


def test_a_fact_that_takes_any_value_also_takes_one_that_no_route_names() -> None:
    (fault,) = faults(asking("rule: milk\nwhen: {product: milk}\nsend: found\nto: boss", facts=("product",)))
    assert fault.en == "where Product is “something else”, nobody leads “Finding made”"


def test_a_clause_that_is_said_to_be_held_by_rules_needs_one() -> None:
    said = """
clauses:
  T-1: {how: enforced, text: {zh: 一, en: one}}
  T-2: {how: partly, reason: {zh: 二, en: two}}
  T-3: {how: partly, test: a test, reason: {zh: 三, en: three}}
  T-4: {how: partly, reason: {zh: 四, en: four}}
"""
    found = audit(written("clause: [T-4]\nat: found\nafter: investigated", more=said))
    assert [fault.text.en for fault in found if "no rule cites it" in fault.text.en] == [
        "the clause T-1 is said to be “enforced”, and no rule cites it",
        "the clause T-2 is said to be “partly”, and no rule cites it",
    ]


def test_a_duty_that_begins_with_the_end_wants_a_step_that_the_end_leaves_open() -> None:
    text = text_of("rule: visit\nwithin: 3 working days\nfrom: closed\nto: progress told")
    assert faults(from_text(text)) == [
        Text(
            "规则“visit”要求办结以后办“告知进展”，而办结以后办不了；请在 steps 里给这一步写上 after the end: yes",
            "the rule “visit” wants “progress told” after the end, which shuts it; write “after the end: yes” at this step under “steps”",
        )
    ]
    opened = text.replace("  progress told: {", '  progress told: {after the end: "yes", ')
    assert faults(from_text(opened)) == []
    assert faults(written("rule: archive\nwithin: 3 working days\nfrom: closed\nto: archived")) == []
    assert (
        faults(written("rule: visit\nwithin: 3 working days\nfrom: [found, closed]\nto: progress told")) == []
    )


def test_a_limit_that_opens_anew_wants_a_step_that_opens_it_once_otherwise() -> None:
    limit = "rule: told in time\nwithin: 1 week\nanew: 'yes'\nto: result notified\n"
    assert faults(written(limit + "from: accepted")) == []
    for start in ("from: note", "from: accepted\nfor each: evidence", "from: report received"):
        assert "规则“told in time”的 anew 不起作用：它本来就每次（或每一项）各算各的；请删去" in [
            text.zh for text in faults(written(limit + start))
        ]
