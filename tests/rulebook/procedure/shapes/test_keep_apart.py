"""keep apart: who stays out."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, judged, says, verdict, why, written

from kesu.procedure.history.act import Shown
from kesu.reading.text import Text

NAMED = written("keep apart: [named]\nfrom: [investigated, found]\nassigned as: [team]")
WORK = written("keep apart: [did the work]\nfrom: [investigated]")
UNITS = written("keep apart: [named units]\nfrom: [investigated]")
DOERS = written("keep apart: [{who did: handling report made}]\nfrom: [consented, handling report made]")
NAME_AN = act("named", by="gu", persons=["an"])


def test_it_says_who_stays_out_of_what() -> None:
    assert says(NAMED) == Text(
        zh="被投诉的人不办“调查核实”、“作出认定”。",
        en="Those complained about stay out of “Investigated” and “Finding made”.",
    )
    assert says(DOERS).zh == "办过“填写投诉处理报告”的人不办“同意”、“填写投诉处理报告”。"
    assert says(WORK).en == "Those who did the work stay out of “Investigated”."
    assert says(UNITS).zh == "被投诉部门的人不办“调查核实”。"


def test_a_person_named_takes_none_of_the_steps() -> None:
    assert why(NAMED, NAME_AN, act("found", by="an")) == (
        "broken",
        "an须回避，“作出认定”由别人办",
        "an has to stay out of this; somebody else takes “Finding made”",
    )
    assert verdict(NAMED, NAME_AN, act("found", by="bo")) == "kept"
    assert verdict(NAMED, NAME_AN, act("note", by="an")) == ""


def test_nor_is_the_person_assigned_at_any_step_at_all() -> None:
    assert verdict(NAMED, NAME_AN, act("team appointed", by="gu", team=["bo", "an"])) == "broken"
    assert verdict(NAMED, NAME_AN, act("team appointed", by="gu", team=["bo"])) == "kept"


def test_what_was_on_record_when_the_act_was_noted_decides() -> None:
    assert verdict(NAMED, act("found", by="an"), NAME_AN, act("note")) == ""
    taken_back = act("struck", by="gu", entry="1", reason="another person of that name")
    assert verdict(NAMED, NAME_AN, taken_back, act("found", by="an")) == "kept"
    corrected = act("corrected", by="gu", entry="1", word="persons", value=["bo"], reason="a slip")
    assert verdict(NAMED, NAME_AN, corrected, act("found", by="an")) == "kept"
    assert verdict(NAMED, NAME_AN, corrected, act("found", by="bo")) == "broken"


def test_who_did_the_work_comes_from_the_register_and_nobody_can_tell_without_it() -> None:
    item = act("registered", item="R-1")
    noted = act("item noted", by=None, item="R-1", did_the_work=["wu"], units=["room one"])
    unknown = (
        "cannot tell",
        "还没有登记这份报告由谁做的，说不准谁须回避",
        "who did the work on the item is not on record, so nobody can tell who has to stay out",
    )
    assert verdict(WORK, act("investigated", by="wu")) == "kept"  # no item, no work
    assert why(WORK, item, act("investigated", by="wu")) == unknown
    assert verdict(WORK, item, noted, act("investigated", by="wu")) == "broken"
    assert verdict(WORK, item, noted, act("investigated", by="an")) == "kept"
    assert why(WORK, item, noted, act("added", item="R-2"), act("investigated", by="an")) == unknown
    assert (
        why(WORK, item, act("item noted", by=None, item="R-1", did_the_work=None), act("investigated"))
        == unknown
    )


def test_units_are_those_of_the_person_on_that_day() -> None:
    named = act("named", by="gu", facts={"units": ["room one"]})
    assert why(UNITS, named, act("investigated", by="wu", units=("laboratory", "room one"))) == (
        "broken",
        "被投诉的部门（room one）不能办“调查核实”",
        "the unit complained about (room one) may not take “Investigated”",
    )
    assert verdict(UNITS, named, act("investigated", by="wu", units=("room two",))) == "kept"


def test_nobody_consents_to_his_own_but_may_redo_his_own() -> None:
    report = act("handling report made", by="an")
    assert verdict(DOERS, report, act("consented", by="an")) == "broken"
    assert verdict(DOERS, report, act("handling report made", by="an")) == ""


def test_a_log_without_persons_cannot_tell() -> None:
    assert why(NAMED, NAME_AN, act("found", by=None), shown=Shown(persons=False)) == (
        "cannot tell",
        "看不出是谁办的",
        "the log does not show who acted",
    )


def test_it_keeps_apart_those_that_it_knows() -> None:
    assert refused("keep apart: [name]\nfrom: found") == (
        "“keep apart” “name” is not known; did you mean “named”?",
        "“keep apart”“name”没有定义；是不是“named”？",
    )
    assert refused("keep apart: [{who does: found}]\nfrom: found") == (
        "the rule “the rule” needs “who did”",
        "规则“the rule”缺少“who did”",
    )
    assert judged(NAMED, act("team appointed", team=["an"])) == [("the rule", "kept", "", "")]


FAR = written("keep apart: [did the work]\nfrom: [accepted, investigated]\nas far as known at: accepted")


def test_a_step_that_goes_by_what_is_known_waits_for_no_register() -> None:
    item = act("registered", item="R-OTHER")
    noted = act("item noted", by=None, item="R-OTHER", did_the_work=["wu"], units=["room one"])
    assert says(FAR) == Text(
        zh="做过这项工作的人不办“受理”、“调查核实”；“受理”以已知的为准，不必等登记。",
        en="Those who did the work stay out of “Accepted” and “Investigated”; for “Accepted” as far as they are known by then.",
    )
    assert verdict(FAR, item, act("accepted", by="wu")) == "kept"
    assert verdict(FAR, item, act("investigated", by="wu")) == "cannot tell"
    assert verdict(FAR, item, noted, act("accepted", by="wu")) == "broken"


def test_only_a_step_of_the_rule_can_go_by_what_is_known() -> None:
    assert refused("keep apart: [named]\nfrom: found\nas far as known at: accepted") == (
        "“as far as known at” of the rule “the rule” names “accepted”, which is not among “from”",
        "规则“the rule”的“as far as known at”里的“accepted”不在“from”之列",
    )
