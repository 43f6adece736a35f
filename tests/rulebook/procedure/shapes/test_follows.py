"""follows: a fact that the rule itself puts on record."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, filed, says, when, written

from kesu.reading.text import Text

ONE_WAY = written('when: {topic: conduct}\nfollows: {grade: major}\none way: "yes"')
BOTH_WAYS = written("when: {topic: conduct}\nfollows: {grade: major}")
CONDUCT, OTHER = act("registered", topic=["conduct"]), act("registered", topic=["contract"])


def following(procedure: object, *acts: object) -> list[dict[str, object]]:
    file = filed(procedure, *acts)
    found = []
    for one in file.following(at=when("2026-03-02 10:00"), noted=when("2026-03-02 10:00")):
        file.apply(one)
        found.append((one.step, one.by, dict(one.facts)))
    return found


MAJOR = ("promoted", None, {"grade": "major", "rule": "the rule"})


def test_it_says_what_follows() -> None:
    assert says(ONE_WAY) == Text(
        zh="投诉事项为“职业道德与工作作风”的：这时级别定为“重大”，以后不会自动改回。",
        en="Where topic is “Ethics, working style and secrecy”, then grade is “Major”, and never falls back by itself.",
    )
    assert says(BOTH_WAYS).zh == "投诉事项为“职业道德与工作作风”的：这时级别定为“重大”。"


def test_it_is_recorded_once_and_by_nobody() -> None:
    assert following(ONE_WAY, CONDUCT) == [MAJOR]
    assert following(ONE_WAY, OTHER) == []
    assert following(ONE_WAY, act("note")) == []
    assert following(ONE_WAY, CONDUCT, act("registered", grade="major")) == []


def test_of_two_rules_for_one_value_the_first_records_it() -> None:
    two = written(
        "rule: by topic\nwhen: {topic: conduct}\nfollows: {grade: major}",
        "rule: by amount\nwhen: {demanded amount: at least 50000}\nfollows: {grade: major}",
    )
    both = act("registered", topic=["conduct"], demanded_amount="50000")
    assert following(two, both) == [("promoted", None, {"grade": "major", "rule": "by topic"})]
    for amount, found in (("49999.99", []), ("50000", [1]), ("50000.01", [1])):
        assert len(following(two, act("registered", topic=["contract"], demanded_amount=amount))) == len(
            found
        )


def test_one_may_follow_from_another() -> None:
    chain = written(
        "rule: second\nwhen: {grade: major}\nfollows: {audit needed: yes}".replace("yes", '"yes"'),
        "rule: first\nwhen: {topic: conduct}\nfollows: {grade: major}",
    )
    assert [facts for _, _, facts in following(chain, CONDUCT)] == [
        {"grade": "major", "rule": "first"},
        {"audit needed": "yes", "rule": "second"},
    ]


def test_one_way_never_falls_back_and_the_other_kind_goes_back_to_what_was_said_before() -> None:
    graded = act("registered", grade="ordinary", topic=["conduct"])
    promoted = act("promoted", by=None, grade="major", rule="the rule")
    assert following(ONE_WAY, graded, promoted, OTHER) == []
    assert following(BOTH_WAYS, graded, promoted, OTHER) == [
        ("promoted", None, {"grade": "ordinary", "rule": "the rule"})
    ]
    assert following(BOTH_WAYS, CONDUCT, promoted, OTHER) == [
        ("promoted", None, {"grade": None, "rule": "the rule"})
    ]
    by_hand = act("registered", grade="major")
    assert following(BOTH_WAYS, CONDUCT, promoted, by_hand, OTHER) == []


def test_it_names_one_fact_with_a_value_that_it_can_take() -> None:
    assert refused("follows: {grade: major, ours: x}") == (
        "“follows” takes one {fact: value}",
        "“follows”下只写一个 {事实: 值}",
    )
    assert refused("follows: {grade: mayor}") == ("“grade” has no value “mayor”", "“grade”没有“mayor”这个值")
