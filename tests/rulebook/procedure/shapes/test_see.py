"""see: which files a post sees. Who sees what is shown in tests/office/caseload/test_see_rules.py."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, filed, judged, says, written

from kesu.casework.file.roles_in_file import open_to
from kesu.procedure.history.act import Act
from kesu.reading.text import Text

SEE = written(
    "rule: the rule\nsee: [clerk]\nwhen: {grade: major}",
    "rule: other\nsee: [clerk, lead]\nwhen: {matter: opinion}",
)


def seen_by(*acts: Act) -> list[str]:
    """The posts that see a file in which this happened."""
    file = filed(SEE, *acts)
    return [post for post in ("clerk", "lead", "boss") if open_to(file, post)]


def test_it_says_who_sees_what() -> None:
    assert says(SEE) == Text(
        zh="级别为“重大”的：经办员看得到这样的案卷，其余案卷不对其显示。",
        en="Where grade is “Major”, of this procedure such files, and no others, are seen by the clerk.",
    )


def test_a_post_that_is_named_sees_the_files_where_a_rule_that_names_it_holds() -> None:
    assert seen_by(act("received")) == ["boss"]
    assert seen_by(act("received", grade="major")) == ["clerk", "boss"]
    assert seen_by(act("received", matter="opinion")) == ["clerk", "lead", "boss"]


def test_what_is_not_known_opens_nothing_and_what_changes_closes_again() -> None:
    assert seen_by(act("received", grade=None)) == ["boss"]
    assert seen_by(act("received", grade="major"), act("found", grade="ordinary")) == ["boss"]


def test_without_such_a_rule_every_post_sees_as_before() -> None:
    plain = filed(written("at: found\nafter: received"), act("received"))
    assert [open_to(plain, post) for post in ("clerk", "lead", "boss")] == [True, True, True]


def test_it_judges_nothing() -> None:
    assert judged(SEE, act("received", matter="opinion"), act("accepted")) == []


def test_it_names_posts() -> None:
    assert refused("see: [cleaner]\nwhen: {grade: major}")[0].startswith(
        "the rule “the rule” speaks of the post “cleaner”, which no line under “posts” names"
    )


def test_an_external_post_sees_only_what_it_takes_part_in_so_no_rule_confines_it() -> None:
    both = written("rule: the rule\nsee: [clerk, outsider]\nwhen: {grade: major}")
    assert list(both.confined) == ["clerk"]
