"""send: where it goes."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, says, verdict, why, written

from kesu.procedure.history.act import Shown
from kesu.reading.text import Text

LEAD = written("when: {topic: conduct}\nsend: [investigated, found]\nto: lead")
OWNER = written("send: accepted\nto: [lead, boss]\nas: owner")
OUTSIDE = written("send: accepted\nto: lead\nas: external part")
CONDUCT = act("registered", topic=["conduct", "contract"])


def test_it_says_where_what_goes() -> None:
    assert says(LEAD) == Text(
        zh="投诉事项为“职业道德与工作作风”的：“调查核实”、“作出认定”由组长牵头。",
        en="Where topic is “Ethics, working style and secrecy”, the lead leads “Investigated” and “Finding made”.",
    )
    assert says(OWNER) == Text(
        zh="“受理”由组长或主任主持。", en="The lead or boss is in charge and takes “Accepted”."
    )
    assert says(OUTSIDE) == Text(
        zh="对外的“受理”由组长办。", en="The lead takes the outside part: “Accepted”."
    )


def test_only_that_post_takes_the_steps() -> None:
    assert verdict(LEAD, CONDUCT, act("found", post="lead")) == "kept"
    assert why(LEAD, CONDUCT, act("found", post="boss")) == (
        "broken",
        "这一类由组长牵头，“作出认定”现在是主任在办",
        "this kind is led by the lead; “Finding made” is not for the boss",
    )
    assert why(OWNER, act("accepted", post="clerk")) == (
        "broken",
        "本案由组长或主任主持，“受理”现在是经办员在办",
        "the lead or boss is in charge of this; “Accepted” is not for the clerk",
    )
    assert why(OUTSIDE, act("accepted", post="clerk")) == (
        "broken",
        "对外的事由组长办，“受理”现在是经办员在办",
        "the lead takes the outside part; “Accepted” is not for the clerk",
    )


def test_a_topic_goes_its_own_way() -> None:
    assert verdict(LEAD, CONDUCT, act("found", post="boss", of_topic="contract")) == ""
    assert verdict(LEAD, CONDUCT, act("found", post="lead", of_topic="conduct")) == "kept"
    assert verdict(LEAD, act("registered", topic=["contract"]), act("found", post="boss")) == ""


def test_without_a_topic_on_record_nobody_can_tell_whether_another_post_is_right() -> None:
    assert why(LEAD, act("found", post="boss")) == (
        "cannot tell",
        "没有记下投诉事项，说不准这条适用不适用",
        "topic is not on record, so nobody can tell whether this applies",
    )
    assert verdict(LEAD, act("found", post="lead")) == ""  # right in any case


def test_the_last_resort_leads_where_somebody_has_to_stay_out() -> None:
    outsider = act("accepted", by="he", post="outsider", behalf="boss")
    assert verdict(OWNER, outsider) == "broken"
    assert verdict(OWNER, act("named", persons=["an"]), outsider) == "kept"


def test_a_log_without_posts_cannot_tell() -> None:
    assert why(OWNER, act("accepted"), shown=Shown(posts=False)) == (
        "cannot tell",
        "看不出是哪个岗位办的",
        "the log does not show the post",
    )


def test_it_routes_one_of_three_things() -> None:
    assert refused("send: accepted\nto: lead\nas: leader") == (
        "“as” “leader” is not known; did you mean “lead”?",
        "“as”“leader”没有定义；是不是“lead”？",
    )
    assert refused("send: accepted") == ("the rule “the rule” needs “to”", "规则“the rule”缺少“to”")
