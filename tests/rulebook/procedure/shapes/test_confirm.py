"""confirm: what somebody else noted is confirmed by whoever acted."""

from dataclasses import replace

from tests.rulebook.refused import refused
from tests.rulebook.small import act, filed, judged, says, settled, standing, written

from kesu.reading.text import Text

CONFIRM = written("confirm: confirmed in person")
BY_PHONE = act("accepted", by="an", post="clerk", recorder="bo", medium="phone")


def test_it_says_who_confirms_what() -> None:
    assert says(CONFIRM) == Text(
        zh="由别人代记的事，须经办人补做“本人确认”。",
        en="What somebody else noted is confirmed by whoever acted (“Confirmed in person”).",
    )


def test_an_act_noted_by_another_is_a_duty_for_whoever_acted_and_bars_nothing() -> None:
    assert judged(CONFIRM, BY_PHONE) == []
    (duty,) = filed(CONFIRM, BY_PHONE).duties
    assert (duty.number, duty.person, duty.owner, duty.steps, duty.due) == (
        1,
        "an",
        "clerk",
        ("confirmed in person",),
        None,
    )


def test_until_then_nobody_can_tell() -> None:
    assert standing(CONFIRM, BY_PHONE, as_of="2026-03-03 09:00") == [
        (
            "the rule",
            "cannot tell",
            "由别人代记，经办人本人还没有确认",
            "noted by somebody else, and not confirmed by whoever acted",
        )
    ]


def test_ones_own_hand_needs_no_confirmation_and_the_name_of_a_scan_is_none() -> None:
    assert standing(CONFIRM, act("found", by="an"), as_of="2026-03-03 09:00") == []
    scanned = act("accepted", recorder="bo", medium="signed paper", scan="page one")
    assert [found[:2] for found in standing(CONFIRM, scanned, as_of="2026-03-03 09:00")] == [
        ("the rule", "cannot tell")
    ]
    of_0_1 = replace(CONFIRM, language=1)
    assert standing(of_0_1, scanned, as_of="2026-03-03 09:00") == []


def test_only_whoever_acted_confirms_and_one_act_at_a_time() -> None:
    second = act("found", by="an", recorder="bo", medium="phone")
    assert settled(CONFIRM, BY_PHONE, act("confirmed in person", by="bo")) == []
    assert settled(CONFIRM, BY_PHONE, act("confirmed in person", by="an")) == [
        ("the rule", "kept", "经办人本人已确认", "confirmed by whoever acted")
    ]
    left = filed(CONFIRM, BY_PHONE, second, act("confirmed in person", by="an", entry="2"))
    assert [(duty.number, duty.state) for duty in left.duties] == [(1, "open"), (2, "met")]


def test_it_names_one_step() -> None:
    assert refused("confirm: confirmed in persn") == (
        "the rule “the rule” speaks of the step “confirmed in persn”, which no line under “steps” names; did you mean “confirmed in person”?",
        "规则“the rule”里的步骤“confirmed in persn”在“steps”里没有；是不是“confirmed in person”？",
    )
