"""within: what we owe in time; late is late and never refused."""

from dataclasses import replace

from tests.rulebook.refused import refused
from tests.rulebook.small import act, filed, judged, says, settled, standing, written

from kesu.procedure.history.act import Act
from kesu.reading.text import Text

DAYS = written(
    "within: 5 working days\nfrom: accepted\nto: [result notified, closed]\nforce: reason\nowner: clerk"
)
RANGE = written("within: 8 to 16 working hours\nfrom: accepted\nto: result notified")
NONE = written("within: no limit\nfrom: accepted\nto: result notified")
DATE = written("within: 1 week\nfrom: report received\nto: accepted")
ACCEPTED = act("accepted", "2026-03-02 11:30")  # a Monday


def told(at: str) -> object:
    return act("result notified", at)


def test_it_says_what_follows_in_what_time() -> None:
    assert says(DAYS) == Text(
        zh="“受理”之后5个工作日内要有“通报处理结果”或“结案”（写明理由可以不办）。",
        en="Within 5 working days of “Accepted”: “Result notified” or “Closed” (it may be left out with a reason).",
    )
    assert says(RANGE) == Text(
        zh="“受理”之后16个工作小时内要有“通报处理结果”，争取8个工作小时内。",
        en="Within 16 working hours of “Accepted”, if possible within 8 working hours: “Result notified”.",
    )
    assert says(NONE).zh == "“受理”之后要有“通报处理结果”，不设期限。"
    assert says(DATE).en == "Within 1 week of receipt of the report: “Accepted”."


def test_done_over_again_it_owes_nothing_anew_unless_the_rule_says_so() -> None:
    over_again = act("accepted", "2026-03-04 09:00")
    once, each_time = (
        written(f"within: 5 working days\n{more}from: accepted\nto: result notified")
        for more in ("", "anew: 'yes'\n")
    )
    assert says(each_time) == Text(
        zh="“受理”之后5个工作日内要有“通报处理结果”；“受理”再办的，重新起算。",
        en="Within 5 working days of “Accepted”, each time anew: “Result notified”.",
    )
    acts = [ACCEPTED, told("2026-03-03 09:00"), over_again]
    assert [duty.number for duty in filed(once, *acts).running()] == []
    assert [duty.number for duty in filed(each_time, *acts).running()] == [3]
    assert [duty.number for duty in filed(once, ACCEPTED, over_again).running()] == [1]
    again = act("reopened", "2026-03-05 09:00")
    assert [duty.number for duty in filed(once, *acts[:2], again, over_again).running()] == [4]


def test_it_judges_no_act_by_itself() -> None:
    assert judged(DAYS, ACCEPTED, told("2027-01-04 09:00")) == []
    assert DAYS.by_name["the rule"].how == "timed"


def test_in_time_is_until_the_end_of_the_last_day() -> None:
    assert settled(DAYS, ACCEPTED, told("2026-03-09 23:59")) == [("the rule", "kept", "按时", "in time")]
    assert settled(DAYS, ACCEPTED, told("2026-03-10 00:00")) == [
        (
            "the rule",
            "broken late",
            "“通报处理结果”或“结案”逾期1个工作日，应在2026年3月9日前办",
            "“Result notified” or “Closed” is 1 working day late; it was due by 2026-03-09",
        )
    ]
    assert settled(RANGE, act("accepted", "2026-03-02 09:00"), told("2026-03-03 18:30"))[0][2] == (
        "“通报处理结果”逾期，其后尚无上班时间，应在2026年3月3日 18:00前办"
    )


def test_hours_run_to_the_minute() -> None:
    start = act("accepted", "2026-03-02 09:00")  # 16 working hours end at closing on Tuesday
    assert [one[1] for one in settled(RANGE, start, told("2026-03-03 18:00"))] == ["kept"]
    assert [one[1] for one in settled(RANGE, start, told("2026-03-03 18:01"))] == ["broken late"]
    (duty,) = filed(RANGE, start).duties
    assert (duty.aim.at.isoformat(), duty.due.at.isoformat()) == (
        "2026-03-02T18:00:00+08:00",
        "2026-03-03T18:00:00+08:00",
    )


def test_open_inside_the_limit_and_broken_past_it() -> None:
    assert standing(DAYS, ACCEPTED, as_of="2026-03-09 23:59") == [
        (
            "the rule",
            "open",
            "“通报处理结果”或“结案”还没有办，期限2026年3月9日",
            "“Result notified” or “Closed” is still owed, due by 2026-03-09",
        )
    ]
    assert [one[1] for one in standing(DAYS, ACCEPTED, as_of="2026-03-10 00:00")] == ["broken late"]


def test_without_a_limit_it_is_owed_and_never_late() -> None:
    assert [one[1] for one in standing(NONE, ACCEPTED, as_of="2036-03-02 09:00")] == ["open"]
    assert [one[1] for one in settled(NONE, ACCEPTED, told("2036-03-02 09:00"))] == ["kept"]


def test_a_reasoned_waiver_discharges_it() -> None:
    waived = act(
        "not possible", "2026-03-20 09:00", facts={"instead of": "result notified", "reason": "no address"}
    )
    assert settled(DAYS, ACCEPTED, waived) == [
        (
            "the rule",
            "kept reasoned",
            "已说明理由，不必办“通报处理结果”或“结案”",
            "“Result notified” or “Closed” was not possible or not needed, with a reason on record",
        )
    ]
    assert settled(RANGE, ACCEPTED, waived) == []


def test_it_may_count_from_a_date_on_record() -> None:
    noted = act("item noted", "2026-03-04 09:00", by=None, report_received="2026-03-02")
    assert [one[1] for one in settled(DATE, noted, act("accepted", "2026-03-09 23:59"))] == ["kept"]
    assert [one[1] for one in settled(DATE, noted, act("accepted", "2026-03-10 00:00"))] == ["broken late"]
    assert filed(DATE, act("item noted", by=None, report_received=None)).duties.by_key == {}


def test_a_bad_span_is_answered_with_what_to_write() -> None:
    assert refused("within: 5 days\nfrom: accepted\nto: closed") == (
        "“days” can mean several units; say calendar days, natural days or working days",
        "“days”有几种算法；写明是日历日、自然日还是工作日",
    )
    assert refused("within: 5 working days\naim: 1 to 2 working days\nfrom: accepted\nto: closed") == (
        "an aim is one span, not a range",
        "目标期限只能是一个时间段",
    )
    assert refused("within: 1 to 5 working days\naim: 1 working day\nfrom: accepted\nto: closed") == (
        "a range has its aim already",
        "期限写成区间时，前一个数就是目标，不再写 aim",
    )
    assert refused("within: 5 working days\nfrom: accepted\nto: closed\nroll: never") == (
        "“roll” “never” is not known; known are backward, forward, none",
        "“roll”“never”没有定义；可用的有 backward、forward、none",
    )


def test_it_has_its_own_keys_and_bars_nothing_without_bars() -> None:
    assert refused("within: 5 working days\nfrom: accepted\nto: closed\nlimits: x") == (
        (
            "the rule “the rule” does not know the key “limits”; known are aim, anew, clause, cutoff, deemed, expects, "
            "for each, force, from, how, once late, owner and 9 more"
        ),
        (
            "规则“the rule”没有“limits”这个键；可用的有 aim、anew、clause、cutoff、deemed、expects、for each、force、from、how、"
            "once late、owner等，共 21 个"
        ),
    )
    assert refused("within: 5 working days\nfrom: accepted\nto: closed\nunless: window extended")[
        0
    ].startswith("the rule “the rule” does not know the key “unless”")


# -- on the day itself, by the day that was promised, per thing its own date --------------------------------------------

SAME_DAY = written("within: the day itself\nfrom: accepted\nto: result notified")
PROMISED = written("within: the day itself\nfrom: promised until\nto: result notified")
EACH = written("for each: topic\nwithin: the day itself\nfrom: promised until\nto: result notified")


def promised(until: str, at: str, **more: object) -> Act:
    return act("progress told", at, promised_until=until, **more)


def test_it_says_that_it_is_owed_on_the_day_or_by_the_day_that_was_promised() -> None:
    assert says(SAME_DAY) == Text(
        zh="“受理”当日要有“通报处理结果”。", en="“Result notified” on the same day as “Accepted”."
    )
    assert says(PROMISED) == Text(
        zh="“通报处理结果”最迟在答应办复的日期当日；改期须在原日期届满以前。",
        en="“Result notified”: by day promised at the latest; "
        "a new date counts only if it is said before the old one is over.",
    )


def test_the_day_itself_ends_at_its_own_midnight_also_on_a_day_of_rest() -> None:
    for day in ("2026-03-02", "2026-03-07"):
        start = act("accepted", f"{day} 23:00")
        assert [one[1] for one in settled(SAME_DAY, start, told(f"{day} 23:59"))] == ["kept"]
    assert [
        one[1] for one in settled(SAME_DAY, act("accepted", "2026-03-02 23:00"), told("2026-03-03 00:00"))
    ] == ["broken late"]


def test_what_was_promised_is_owed_by_the_end_of_that_day() -> None:
    first = promised("2026-03-10", "2026-03-02 09:00")
    assert [one[1] for one in settled(PROMISED, first, told("2026-03-10 23:59"))] == ["kept"]
    assert [one[1] for one in settled(PROMISED, first, told("2026-03-11 00:00"))] == ["broken late"]
    assert [one[1] for one in standing(PROMISED, first, as_of="2026-03-11 00:00")] == ["broken late"]


def test_promising_again_helps_only_before_the_first_promise_ran_out() -> None:
    first = promised("2026-03-10", "2026-03-02 09:00")
    beforehand, afterwards = (promised("2026-03-20", f"2026-03-{day} 09:00") for day in ("10", "11"))
    assert [one[1] for one in settled(PROMISED, first, beforehand, told("2026-03-20 09:00"))] == ["kept"]
    assert [one[1] for one in settled(PROMISED, first, afterwards, told("2026-03-20 09:00"))] == [
        "broken late"
    ]
    sooner = promised("2026-03-05", "2026-03-03 09:00")
    assert [one[1] for one in settled(PROMISED, first, sooner, told("2026-03-06 09:00"))] == ["broken late"]


def test_a_promise_after_the_answer_is_a_new_one() -> None:
    first, second = promised("2026-03-10", "2026-03-02 09:00"), promised("2026-03-20", "2026-03-12 09:00")
    file = filed(PROMISED, first, told("2026-03-10 09:00"), second)
    assert [(duty.state, duty.start.date().isoformat()) for duty in file.duties] == [
        ("met", "2026-03-10"),
        ("open", "2026-03-20"),
    ]


def test_each_thing_is_owed_by_its_own_date() -> None:
    acts = (
        act("registered", topic=["trend", "conduct"]),
        promised("2026-03-10", "2026-03-02 09:00", of_topic="trend"),
        promised("2026-03-20", "2026-03-02 10:00", of_topic="conduct"),
    )
    late = settled(EACH, *acts, act("result notified", "2026-03-19 09:00", of_topic="trend"))
    assert [one[1] for one in late] == ["broken late"]
    kept = settled(EACH, *acts, act("result notified", "2026-03-19 09:00", of_topic="conduct"))
    assert [one[1] for one in kept] == ["kept"]


def test_a_date_that_comes_with_the_thing_itself_is_said_of_that_thing_alone() -> None:
    each = written("for each: evidence\nwithin: the day itself\nfrom: promised until\nto: result notified")
    acts = (
        promised("2026-03-10", "2026-03-02 09:00", evidence="photo"),
        promised("2026-03-20", "2026-03-02 10:00", evidence="letter"),
    )
    late = settled(each, *acts, act("result notified", "2026-03-11 09:00", of_evidence="photo"))
    assert [one[1] for one in late] == ["broken late"]
    kept = settled(each, *acts, act("result notified", "2026-03-11 09:00", of_evidence="letter"))
    assert [one[1] for one in kept] == ["kept"]


def test_in_an_edition_of_kesu_0_1_the_last_date_counts_for_all() -> None:
    old = replace(PROMISED, language=1)
    acts = promised("2026-03-10", "2026-03-02 09:00"), promised("2026-03-20", "2026-03-11 09:00")
    assert [one[1] for one in settled(old, *acts, told("2026-03-20 09:00"))] == ["kept"]
