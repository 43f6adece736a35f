"""ladder: matters go up level by level."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, says, verdict, why, written

from kesu.procedure.history.act import Act, Shown
from kesu.reading.text import Text

RULE = "at: accepted\nladder: [clerk, lead, boss]\nto: to post"
LADDER = written(RULE)
FREED = written(f"{RULE}\nunless: {{grade: major, matter: opinion}}")


def up(to: str | None, post: str | None = "clerk") -> Act:
    return act("accepted", post=post, facts={"to post": to})


def test_it_names_the_rungs_and_what_frees() -> None:
    assert says(LADDER) == Text(
        zh="“受理”须逐级进行，依次为经办员、组长、主任，不得越级。",
        en="“Accepted” goes up one level at a time: clerk, lead and boss.",
    )
    assert says(FREED) == Text(
        zh="“受理”须逐级进行，依次为经办员、组长、主任，不得越级；级别为“重大”，或者来件类型为“意见”的除外。",
        en="“Accepted” goes up one level at a time, clerk, lead and boss, unless grade is “Major” or matter is "
        "“Opinion”.",
    )


def test_the_first_goes_up_one_level_from_the_post_of_whoever_passes_it() -> None:
    assert verdict(LADDER, up("lead")) == "kept"
    assert why(LADDER, up("boss")) == (
        "broken",
        "“受理”须逐级进行，这一次应交组长",
        "“Accepted” goes up one level at a time, and this time to the lead",
    )
    assert verdict(LADDER, up("boss", post="lead")) == "kept"
    assert verdict(LADDER, up("lead", post="lead")) == "broken"
    assert verdict(LADDER, up("clerk", post="lead")) == "broken"


def test_from_a_post_that_is_no_rung_it_goes_to_the_lowest() -> None:
    assert verdict(LADDER, up("clerk", post="outsider")) == "kept"
    assert verdict(LADDER, up("lead", post="outsider")) == "broken"


def test_the_next_goes_up_one_level_from_where_the_matter_is_whoever_passes_it() -> None:
    assert verdict(LADDER, up("lead"), up("boss", post="lead")) == "kept"
    assert verdict(LADDER, up("lead"), up("boss", post="clerk")) == "kept"
    assert verdict(LADDER, up("lead"), up("lead", post="clerk")) == "broken"


def test_a_struck_passing_up_did_not_happen() -> None:
    assert verdict(LADDER, up("lead"), act("struck", entry="1", reason="x"), up("lead")) == "kept"


def test_above_the_highest_there_is_nothing() -> None:
    assert why(LADDER, up("lead"), up("boss"), up("boss")) == (
        "broken",
        "已经到了主任，上面没有更高一级",
        "it is with the boss already, and nothing stands above",
    )


def test_any_of_what_frees_is_enough_and_what_is_not_known_frees_nobody() -> None:
    assert verdict(FREED, act("found", grade="major"), up("boss")) == ""
    assert verdict(FREED, act("received", matter="opinion"), up("boss")) == ""
    assert verdict(FREED, act("found", grade="ordinary"), up("boss")) == "broken"
    assert verdict(FREED, up("boss")) == "broken"
    assert verdict(FREED, act("found", grade=None), up("boss")) == "broken"


def test_after_a_level_was_skipped_rightly_it_goes_on_from_there() -> None:
    graded, regraded = act("found", grade="major"), act("found", grade="ordinary")
    assert verdict(FREED, graded, up("boss"), regraded, up("lead")) == "broken"


def test_without_the_post_it_goes_to_nothing_can_be_told() -> None:
    assert why(LADDER, up(None)) == ("cannot tell", "没有写明交给岗位", "to post is not given")
    assert verdict(LADDER, act("accepted", post="clerk")) == "cannot tell"


def test_a_log_that_does_not_show_it_cannot_tell() -> None:
    assert verdict(LADDER, act("accepted"), shown=Shown(facts=frozenset())) == "cannot tell"
    assert why(LADDER, up("lead", post=None), shown=Shown(posts=False)) == (
        "cannot tell",
        "看不出是从哪个岗位交上去的",
        "the log does not show the post from which it was passed up",
    )
    assert verdict(LADDER, up("lead", post=None), up("boss", post=None), shown=Shown(posts=False)) == "kept"


def test_a_ladder_has_rungs() -> None:
    one = ("“ladder” of the rule “the rule” wants two posts or more, each once",) * 1
    assert refused("at: accepted\nladder: [boss]\nto: to post")[:1] == one
    assert refused("at: accepted\nladder: [boss, boss]\nto: to post") == (
        *one,
        "规则“the rule”的“ladder”至少写两个岗位，且不得重复",
    )


UP = written("at: accepted\nladder: [clerk, lead, boss]\nto: to post\nupwards alone: 'yes'")


def test_upwards_alone_it_goes_down_and_aside_freely() -> None:
    assert says(UP) == Text(
        zh="“受理”往上交的，须逐级进行，依次为经办员、组长、主任，不得越级。",
        en="Where “Accepted” goes upwards, it goes one level at a time: clerk, lead and boss.",
    )
    said = {
        (post, to): verdict(UP, act("accepted", post=post, to_post=to))
        for post in ("clerk", "boss")
        for to in ("clerk", "lead", "boss", "outsider")
    }
    assert [pair for pair, found in said.items() if found != "kept"] == [("clerk", "boss")]


def test_upwards_alone_it_starts_from_whoever_takes_it() -> None:
    up = act("accepted", post="clerk", to_post="lead")
    assert verdict(UP, up, act("accepted", post="clerk", to_post="boss")) == "broken"
    assert verdict(UP, up, act("accepted", post="lead", to_post="boss")) == "kept"
