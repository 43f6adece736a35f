"""by: only this post takes the step, or only who took (or did not take) an earlier one, or whom the act itself names."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, judged, says, verdict, why, written

from kesu.procedure.history.act import Shown
from kesu.reading.text import Text

POSTS = written("at: [accepted, found]\nby: [clerk, lead]")
SAME = written("at: found\nby: {who did: investigated}")
OTHER = written("at: consented\nby: {not who did: handling report made}")
EVERYBODY = written("at: [accepted, found]\nby: everybody")
NAMED = written("at: added\nby: {named in: to person}")
APPOINTED = written("at: found\nby: {appointed in: staff member}")


def test_it_says_who_takes_the_step() -> None:
    assert says(POSTS) == Text(
        zh="“受理”、“作出认定”由经办员或组长办。", en="The clerk or lead takes “Accepted” and “Finding made”."
    )
    assert says(SAME) == Text(
        zh="“作出认定”由办过“调查核实”的人办。", en="Whoever took “Investigated” takes “Finding made”."
    )
    assert says(OTHER) == Text(
        zh="“同意”不能由办过“填写投诉处理报告”的人办。",
        en="Whoever took “Handling report made” does not take “Consented”.",
    )


def test_each_of_the_posts_may_and_no_other() -> None:
    assert verdict(POSTS, act("accepted", post="clerk")) == "kept"
    assert verdict(POSTS, act("accepted", post="lead")) == "kept"
    assert why(POSTS, act("accepted", post="boss")) == (
        "broken",
        "“受理”由经办员或组长办，现在是主任",
        "“Accepted” is for the clerk or lead, not for the boss",
    )
    assert why(POSTS, act("accepted")) == (
        "broken",
        "“受理”由经办员或组长办，现在是没有岗位",
        "“Accepted” is for the clerk or lead, not for the holder of no post",
    )


def test_a_stand_in_acts_in_the_post_itself() -> None:
    assert verdict(POSTS, act("accepted", by="tang", post="clerk", behalf="an")) == "kept"


def test_the_last_resort_acts_for_the_post_only_where_somebody_has_to_stay_out() -> None:
    outsider = act("accepted", by="he", post="outsider", behalf="clerk")
    assert verdict(POSTS, outsider) == "broken"
    assert verdict(POSTS, act("named", persons=["an"]), outsider) == "kept"
    for_boss = act("accepted", by="he", post="outsider", behalf="boss")
    assert verdict(POSTS, act("named", persons=["an"]), for_boss) == "broken"


def test_persons_are_compared_and_never_posts() -> None:
    report = act("handling report made", by="an", post="clerk")
    assert why(OTHER, report, act("consented", by="an", post="boss")) == (
        "broken",
        "办过“填写投诉处理报告”的人不能再办“同意”",
        "whoever took “Handling report made” may not take “Consented”",
    )
    assert verdict(OTHER, report, act("consented", by="bo", post="clerk")) == "kept"
    assert verdict(SAME, act("investigated", by="an"), act("found", by="an")) == "kept"
    assert why(SAME, act("investigated", by="an"), act("found", by="bo")) == (
        "broken",
        "“作出认定”要由办过“调查核实”的人办",
        "“Finding made” is for whoever took “Investigated”",
    )


def test_a_log_without_posts_or_persons_cannot_tell() -> None:
    said = (
        "cannot tell",
        "看不出是哪个岗位、哪个人办的",
        "the log does not show who acted, or in which post",
    )
    assert why(POSTS, act("accepted"), shown=Shown(posts=False)) == said
    assert why(OTHER, act("consented", by=None)) == said


def test_whoever_the_act_names_takes_it_in_person() -> None:
    assert says(NAMED) == Text(
        zh="“补充”由交给本人办。", en="“Added” is taken by the very person named under to."
    )
    assert verdict(NAMED, act("added", by="an", to_person="an")) == "kept"
    assert why(NAMED, act("added", by="bo", to_person="an")) == (
        "broken",
        "“补充”要由交给本人办",
        "“Added” is for the person named under to alone",
    )
    assert why(NAMED, act("added", by="bo")) == ("cannot tell", "没有写明交给", "to is not on record")


def test_it_takes_posts_or_one_of_three_relations() -> None:
    assert refused("at: found\nby: {who did: found, not who did: found}") == (
        "“by” takes one of “who did”, “not who did”, “named in” and “appointed in”",
        "“by”下只能写“who did”“not who did”“named in”“appointed in”之一",
    )
    assert refused("at: found\nby: {named in: topic}") == (
        "the rule “the rule” needs a fact of the kind person; “topic” is of the kind list",
        "规则“the rule”这里要用 person 类的事实；“topic”是 list 类",
    )
    assert refused("at: found\nby: []") == (
        "“by” of the rule “the rule” is an empty list",
        "规则“the rule”的“by”是空的",
    )
    assert refused("at: found\nby: bos") == (
        "the rule “the rule” speaks of the post “bos”, which no line under “posts” names; did you mean “boss”?",
        "规则“the rule”里的岗位“bos”在“posts”里没有；是不是“boss”？",
    )


def test_everybody_is_a_word_that_is_written_and_it_bars_nobody() -> None:
    assert says(EVERYBODY) == Text(
        zh="“受理”、“作出认定”谁都可以办，评审员只看不办。",
        en="Everybody who sees the file takes “Accepted” and “Finding made”, save assessors, who only read.",
    )
    assert judged(EVERYBODY, act("accepted", post="clerk"), act("found", post=None)) == []


def test_where_everybody_may_no_post_is_named_beside() -> None:
    assert refused("at: found\nby: [everybody, clerk]") == (
        "“everybody” stands alone under “by”; where everybody may, no post has to be named",
        "“by”下写了“everybody”就不再写岗位：谁都可以办，不必另列",
    )


def test_whom_an_earlier_act_appointed_takes_it_and_whom_a_later_one_did_in_his_place() -> None:
    assert says(APPOINTED) == Text(
        zh="“作出认定”由先前写明的确认人本人办。",
        en="“Finding made” is taken by the person whom the file names under who acknowledges.",
    )
    an, bo = (act("registered", staff_member=person) for person in ("an", "bo"))
    assert why(APPOINTED, act("found", by="an")) == (
        "cannot tell",
        "没有写明确认人",
        "who acknowledges is not on record",
    )
    assert verdict(APPOINTED, an, act("found", by="an")) == "kept"
    assert why(APPOINTED, an, act("found", by="bo")) == (
        "broken",
        "“作出认定”要由确认人本人办",
        "“Finding made” is for the person named under who acknowledges alone",
    )
    assert [verdict(APPOINTED, an, bo, act("found", by=person)) for person in ("an", "bo")] == [
        "broken",
        "kept",
    ]


def test_a_log_that_shows_no_persons_cannot_tell_whom_somebody_appointed() -> None:
    an = act("registered", staff_member="an")
    assert verdict(APPOINTED, an, act("found", by=None), shown=Shown(persons=False)) == "cannot tell"
