"""similar: what ended cases of the same kind got. What is shown to whom stands in tests/office/caseload/test_demo.py."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, judged, says, written

from kesu.procedure.shapes.abilities import ShowsPrecedents
from kesu.reading.text import Text

SHOWN = written("at: found\nsimilar: [complainant kind]\ngot: [remedy kind, finding]")


def test_it_says_what_is_shown_when() -> None:
    assert says(SHOWN) == Text(
        zh="“作出认定”时，列出投诉方类别相同的已办结案件的处理方式、认定结论，供参考；看不到的案件不列。",
        en="“Finding made”: the kind of remedy and finding of ended cases with the same kind of complainant is shown, of those that one may see.",
    )


def test_it_judges_nothing_and_gives_what_it_shows() -> None:
    assert judged(SHOWN, act("received"), act("found")) == []
    ((_, shape),) = SHOWN.able(ShowsPrecedents)
    assert (shape.steps, shape.similar, shape.got) == (
        ("found",),
        ("complainant kind",),
        ("remedy kind", "finding"),
    )


def test_cases_are_alike_in_classed_facts_alone() -> None:
    assert refused("at: found\nsimilar: [amount]\ngot: [remedy kind]") == (
        "“amount” under “similar” has no choices of its own by which cases are alike; use a fact of the kind choice",
        "“similar”下的“amount”没有可以比对的选项；请改用 choice 类的事实",
    )
    assert refused("at: found\nsimilar: [complainant kind]")[0] == "the rule “the rule” needs “got”"
    assert "can be erased" in refused("at: found\nsimilar: [complainant]\ngot: [remedy kind]")[0]
