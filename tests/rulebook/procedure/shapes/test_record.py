"""record: these facts are given with the step; at the arrival they may follow."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, filed, judged, says, verdict, why, written

from kesu.procedure.history.act import Shown
from kesu.reading.text import Text

FOUND = written("at: found\nrecord: [finding, cause]")
ARRIVAL = written("at: received\nrecord: [matter, account]")
TOLD = written("at: received\nrecord: [matter, phone]")
RECEIVED = act("received", matter="complaint", account="late")
HALF = act("received", matter="complaint")


def test_it_says_which_facts() -> None:
    assert says(FOUND) == Text(
        zh="“作出认定”时要记下认定结论、原因。", en="“Finding made”: put on record finding and cause."
    )
    assert says(ARRIVAL) == Text(
        zh="“收到投诉”时记下来件类型、反映的情况；一时不全的，补齐以前不能往下办。",
        en="“Complaint received”: put on record matter and account; what is missing is completed before the next step.",
    )


def test_each_fact_is_given_with_the_act_itself() -> None:
    assert verdict(FOUND, act("found", finding="upheld", cause="misunderstanding")) == "kept"
    assert why(FOUND, act("note", cause="misunderstanding"), act("found", finding="upheld")) == (
        "broken",
        "“作出认定”还缺：原因",
        "“Finding made” still lacks: cause",
    )


def test_not_known_is_an_answer_where_the_outside_world_tells_and_an_empty_text_is_none() -> None:
    told = written("at: found\nrecord: [finding, views]")
    assert verdict(told, act("found", finding="upheld", views=None)) == "kept"
    assert verdict(told, act("found", finding="upheld", views="")) == "broken"
    assert verdict(FOUND, act("found", finding="upheld", cause=None)) == "broken"


def test_things_that_a_fact_names_have_to_be_on_record() -> None:
    rests = written("at: found\nrecord: [finding evidence]")
    there = act("evidence added", evidence="letter")
    named = act("found", finding_evidence=["letter"])
    assert verdict(rests, there, named) == "kept"
    assert why(rests, there, act("found", finding_evidence=["letter", "photo"])) == (
        "broken",
        "认定所依据的证据里的photo，本案没有记录",
        "not on record in this file: photo, named under evidence of the finding",
    )
    assert verdict(rests, named) == "broken"
    assert why(rests, named, shown=Shown(facts=frozenset({"finding evidence"}))) == (
        "cannot tell",
        "看不出证据",
        "the log does not show evidence",
    )


def test_of_one_thing_of_the_file_as_well_as_soon_as_it_holds_any() -> None:
    of_one = written("at: investigated\nrecord: [of topic]")
    assert verdict(
        of_one, act("registered", topic=["contract"]), act("investigated", of_topic="conduct")
    ) == ("broken")
    assert verdict(of_one, act("investigated", of_topic="conduct")) == "kept"  # the rules for each topic ask


def test_at_the_arrival_a_missing_fact_is_a_duty_and_not_a_breach() -> None:
    assert verdict(ARRIVAL, RECEIVED) == "kept"
    assert verdict(ARRIVAL, HALF) == ""
    (duty,) = filed(ARRIVAL, HALF).duties
    assert (duty.rule, duty.number, duty.steps, duty.due, duty.state) == (
        "the rule",
        1,
        ("added",),
        None,
        "open",
    )


def test_until_it_is_completed_no_step_of_the_procedure_itself_is_taken() -> None:
    assert why(ARRIVAL, HALF, act("accepted")) == (
        "broken",
        "“受理”还缺：反映的情况",
        "“Accepted” still lacks: account",
    )
    for free in ("registered", "note", "added", "withdrawn", "corrected"):
        assert judged(ARRIVAL, HALF, act(free)) == []
    assert verdict(ARRIVAL, HALF, act("added", account="late"), act("accepted")) == ""
    assert verdict(TOLD, HALF, act("added", phone=None), act("accepted")) == ""
    assert verdict(ARRIVAL, HALF, act("accepted", account="late")) == "broken"


def test_completing_it_meets_the_duty() -> None:
    file = filed(TOLD, HALF, act("added", phone=None))
    assert [(duty.state, duty.answered_by) for duty in file.duties] == [("met", 2)]
    assert [duty.state for duty in filed(ARRIVAL, RECEIVED).duties] == []


def test_a_log_that_does_not_show_a_fact_cannot_tell() -> None:
    blind = Shown(facts=frozenset({"finding"}))
    assert why(FOUND, act("found", finding="upheld"), shown=blind) == (
        "cannot tell",
        "看不出原因",
        "the log does not show cause",
    )
    assert verdict(FOUND, act("found"), shown=blind) == "broken"
    assert verdict(ARRIVAL, HALF, shown=Shown(facts=frozenset({"matter"}))) == "cannot tell"


def test_it_names_facts_that_the_software_knows() -> None:
    assert refused("at: found\nrecord: [findin]") == (
        "the rule “the rule” speaks of the fact “findin”, which the software does not know; did you mean “finding”?",
        "规则“the rule”里的事实“findin”软件不认识；是不是“finding”？",
    )
    assert refused("at: found\nrecord: []") == (
        "“record” of the rule “the rule” is an empty list",
        "规则“the rule”的“record”是空的",
    )


def test_what_has_to_be_in_hand_cannot_be_not_known() -> None:
    in_hand = written("at: found\nrecord: [finding, cause]\nin hand: yes")
    assert says(in_hand) == Text(
        zh="“作出认定”时要拿到并记下认定结论、原因，写“不清楚”不算。",
        en="“Finding made”: have in hand and put on record finding and cause; “not known” will not do.",
    )
    assert verdict(in_hand, act("found", finding="upheld", cause="misunderstanding")) == "kept"
    assert why(in_hand, act("found", finding="upheld", cause=None)) == (
        "broken",
        "“作出认定”还缺：原因",
        "“Finding made” still lacks: cause",
    )


def test_nothing_has_to_be_in_hand_at_the_arrival() -> None:
    assert refused("at: received\nrecord: [matter]\nin hand: yes") == (
        "“in hand” cannot be asked at “received”: nothing refuses an arrival",
        "“received”时不能要求“in hand”：收到和登记从不拒绝",
    )


LATE = written("at: received\nnoted later than: 1 working day\nrecord: [reason]")
LATE_LATER = written("at: result notified\nnoted later than: 1 working day\nrecord: [reason]")


def test_it_says_that_only_what_was_noted_late_is_asked() -> None:
    assert says(LATE) == Text(
        zh="“收到投诉”以后超过1个工作日才登记的，要记下理由，补齐以前不能往下办。",
        en="“Complaint received”, where it is noted more than 1 working day later: put on record reason; what is missing is completed before the next step.",
    )
    assert says(LATE_LATER).zh == "“通报处理结果”以后超过1个工作日才登记的，要记下理由。"


def test_an_arrival_noted_late_says_why_before_anything_goes_on() -> None:
    late = act("received", at="2026-03-02 09:00", noted="2026-03-04 00:00")
    in_time = act("received", at="2026-03-02 09:00", noted="2026-03-03 23:59")
    after = act("accepted", at="2026-03-09 10:00")
    assert verdict(LATE, in_time, after) == ""
    assert why(LATE, late, after) == ("broken", "“受理”还缺：理由", "“Accepted” still lacks: reason")
    (duty,) = filed(LATE, late).duties
    assert (duty.rule, duty.steps, duty.state) == ("the rule", ("added",), "open")


def test_the_reason_comes_with_the_arrival_or_is_added_and_no_other_reason_will_do() -> None:
    late = act("received", at="2026-03-02 09:00", noted="2026-03-09 09:00")
    after = act("accepted", at="2026-03-09 10:00")
    said = act(
        "received", at="2026-03-02 09:00", noted="2026-03-09 09:00", reason="found in the letter box today"
    )
    added = act("added", at="2026-03-09 09:30", reason="found in the letter box today")
    other = act("window extended", at="2026-03-09 09:30", reason="the client was abroad")
    assert (verdict(LATE, said, after), verdict(LATE, late, added, after)) == ("", "")
    assert verdict(LATE, late, other, after) == "broken"


def test_another_step_that_was_noted_late_is_refused_without_its_reason() -> None:
    told = act("result notified", at="2026-03-02 09:00", noted="2026-03-09 09:00")
    assert verdict(LATE_LATER, told) == "broken"
    assert verdict(LATE_LATER, act("result notified")) == ""


def test_a_text_of_spaces_is_none() -> None:
    assert verdict(
        written("at: found\nrecord: [finding, phone]"), act("found", finding="upheld", phone="　 ")
    ) == ("broken")
