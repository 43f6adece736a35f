"""measure: an indicator over many files; it judges no act."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, judged, says, written

from kesu.reading.text import Text

TIME = written("measure: speed\nof: time\nfrom: received\nto: found\nby: [grade]")
SHARE = written("measure: findings\nof: share\nfact: finding\nby: [complainant kind]")


def test_it_says_what_is_measured_by_what() -> None:
    assert says(TIME) == Text(
        zh="指标“speed”：从“收到投诉”到“作出认定”的时间，按级别比较。",
        en="Indicator “speed”: the time from “Complaint received” to “Finding made”, compared by grade.",
    )
    assert says(SHARE) == Text(
        zh="指标“findings”：认定结论的占比，按投诉方类别比较。",
        en="Indicator “findings”: shares of finding, compared by kind of complainant.",
    )


def test_it_judges_nothing() -> None:
    assert judged(TIME, act("received"), act("found")) == []
    assert (TIME.by_name["the rule"].how, TIME.by_name["the rule"].bars) == ("measured", False)


def test_it_is_a_time_or_a_share_with_its_own_keys() -> None:
    assert refused("measure: speed\nof: tim\nfrom: received\nto: found") == (
        "“of” “tim” is not known; did you mean “time”?",
        "“of”“tim”没有定义；是不是“time”？",
    )
    assert refused("measure: speed\nof: share\nby: grade") == (
        "the rule “the rule” needs “fact”",
        "规则“the rule”缺少“fact”",
    )
    other = refused("measure: speed\nof: share\nfact: finding\nfrom: received\nby: grade")
    assert other == (
        (
            "the rule “the rule” does not know the key “from”; known are by, clause, expects, fact, for each, force, how, measure, "
            "of, reading, rule, unless waived and 1 more"
        ),
        "规则“the rule”没有“from”这个键；可用的有 by、clause、expects、fact、for each、force、how、measure、of、reading、rule、unless waived等，共 13 个",
    )
