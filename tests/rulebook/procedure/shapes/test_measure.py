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


def test_no_report_is_grouped_by_names_or_by_what_can_be_erased() -> None:
    assert refused("measure: speed\nof: time\nfrom: received\nto: found\nby: complainant")[0] == (
        "the rule “the rule” compares “complainant”, which is personal or free text and can be erased; use a classified fact"
    )
    assert refused("measure: shares\nof: share\nfact: account\nby: grade")[1] == (
        "规则“the rule”要比较“account”，而它是个人信息或自由文字，可能被抹去；请改用分类事实"
    )


def test_a_rate_is_of_good_answers_and_a_mean_of_a_figure() -> None:
    rate = "measure: content\nof: rate\nfacts: [views answer, satisfaction]\ngood: [satisfied, fairly satisfied]\nby: [grade]"
    assert says(written(rate)) == Text(
        zh="指标“content”：反馈情况、满意程度的各项回答中“满意”或“基本满意”所占的比率，空白不计，按级别比较。",
        en="Indicator “content”: the rate of “Satisfied” or “Fairly satisfied” among the answers on answer of the complainant and satisfaction, blanks left out, compared by grade.",
    )
    mean = written("measure: cost\nof: mean\nfact: settled total\nby: [grade]")
    assert says(mean) == Text(
        zh="指标“cost”：累计赔付金额的平均数，按级别比较。",
        en="Indicator “cost”: the mean of total settled, compared by grade.",
    )


def test_a_good_answer_is_a_choice_of_one_of_the_facts_and_a_mean_is_of_a_figure() -> None:
    good = refused("measure: m\nof: rate\nfacts: [views answer]\ngood: [splendid]\nby: [grade]")
    assert good == (
        "“good” “splendid” is not known; known are dissatisfied, no reply, partly, satisfied",
        "“good”“splendid”没有定义；可用的有 dissatisfied、no reply、partly、satisfied",
    )
    assert (
        refused("measure: m\nof: rate\nfacts: [report received]\ngood: [satisfied]\nby: [grade]")[1]
        == "比率只能取有选项的事实，其中一些选项算好"
    )
    assert refused("measure: m\nof: mean\nfact: grade\nby: [grade]")[0] == (
        "the rule “the rule” needs a fact of the kind money or number or quantity or whole number; “grade” is of the kind choice"
    )
