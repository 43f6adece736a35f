"""together: one act of several posts, each by another person, on the same content."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, filed, says, verdict, why, written

from kesu.procedure.history.act import Shown
from kesu.reading.text import Text

BOTH = written("at: data checked\ntogether: [lead, boss]\ncontent: [result]")
ORDER = written('at: data checked\ntogether: [lead, boss]\nin order: "yes"')
LEAD = act("data checked", by="an", post="lead", result="as expected")
BOSS = act("data checked", by="bo", post="boss", result="as expected")


def done(*acts: object) -> bool:
    return filed(BOTH, *acts).history.done("data checked")


def test_it_says_who_takes_it_together() -> None:
    assert says(BOTH) == Text(
        zh="“共同核查”由组长、主任共同办，各办一次，不能是同一个人。",
        en="The lead and boss take “Joint check” together, each by another person.",
    )
    assert says(ORDER) == Text(
        zh="“共同核查”由组长、主任依次办，不能是同一个人。",
        en="The lead and boss take “Joint check” in this order, each by another person.",
    )


def test_it_counts_as_done_when_each_post_has_given_it() -> None:
    assert (done(LEAD), done(BOSS), done(LEAD, BOSS), done(BOSS, LEAD)) == (False, False, True, True)


def test_nobody_gives_two_parts() -> None:
    both = act("data checked", by="an", post="boss", behalf="bo", result="as expected")
    assert why(BOTH, LEAD, both) == (
        "broken",
        "an已以另一岗位办过“共同核查”，要由另一个人办",
        "an has already taken “Joint check” in the other post; it needs another person",
    )
    assert not done(LEAD, both)


def test_another_content_voids_what_was_given() -> None:
    other = act("data checked", by="bo", post="boss", result="too high")
    assert verdict(BOTH, LEAD, other) == "kept"
    assert not done(LEAD, other)
    assert done(LEAD, other, act("data checked", by="an", post="lead", result="too high"))
    assert not done(LEAD, BOSS, other)


def test_another_post_has_no_part_in_it() -> None:
    assert why(BOTH, act("data checked", by="zh", post="clerk")) == (
        "broken",
        "“共同核查”由组长、主任共同办，现在是经办员",
        "“Joint check” is for the lead and boss together, not for the clerk",
    )


def test_where_there_is_an_order_the_first_comes_first() -> None:
    assert (
        verdict(ORDER, act("data checked", by="an", post="lead"), act("data checked", by="bo", post="boss"))
        == "kept"
    )
    assert why(ORDER, act("data checked", by="bo", post="boss")) == (
        "broken",
        "要等组长先办“共同核查”",
        "the lead has to take “Joint check” first",
    )


def test_a_last_resort_gives_the_part_of_the_post_for_which_it_acts() -> None:
    he = act("data checked", by="he", post="outsider", behalf="boss", result="as expected")
    assert done(LEAD, he)
    assert verdict(BOTH, LEAD, he) == "kept"


def test_a_struck_part_does_not_count() -> None:
    assert not done(LEAD, BOSS, act("struck", entry="1", reason="typed wrongly"))


def test_a_log_without_posts_cannot_tell() -> None:
    assert why(BOTH, act("data checked"), shown=Shown(posts=False)) == (
        "cannot tell",
        "看不出是哪个岗位办的",
        "the log does not show the post",
    )


def test_it_is_one_step_of_several_posts() -> None:
    assert refused("at: [data checked, found]\ntogether: [lead, boss]") == (
        "“at” of the rule “the rule” has to be one text",
        "规则“the rule”的“at”应是一段文字",
    )
    assert refused("at: data checked\ntogether: lead") == (
        "“together” of the rule “the rule” wants at least two parts, each for other posts",
        "规则“the rule”的“together”至少要写两方，各方的岗位不能相同",
    )


EITHER = written("at: data checked\ntogether: [clerk, {any of: [lead, boss]}]\ncontent: [result]")
CLERK = act("data checked", by="cl", post="clerk", result="as expected")


def test_a_part_for_any_of_two_posts_is_given_once_in_one_of_them() -> None:
    assert says(EITHER) == Text(
        zh="“共同核查”由经办员、组长或主任共同办，各办一次，不能是同一个人。",
        en="The clerk and lead or boss take “Joint check” together, each by another person.",
    )
    counted = [filed(EITHER, *acts).history.done("data checked") for acts in ((CLERK, LEAD), (BOSS, CLERK))]
    assert counted == [True, True]
    assert not filed(EITHER, LEAD, BOSS).history.done("data checked")


def test_whoever_gave_one_part_gives_no_other_and_his_own_again() -> None:
    assert verdict(EITHER, CLERK, act("data checked", by="cl", post="lead", result="as expected")) == "broken"
    assert verdict(EITHER, LEAD, act("data checked", by="an", post="boss", result="as expected")) == "kept"


def test_one_post_stands_in_one_part_alone() -> None:
    assert refused("at: data checked\ntogether: [clerk, {any of: [clerk, boss]}]") == (
        "“together” of the rule “the rule” wants at least two parts, each for other posts",
        "规则“the rule”的“together”至少要写两方，各方的岗位不能相同",
    )
