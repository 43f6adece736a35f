"""complete: every item of a list has an answer."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, says, verdict, why, written

from kesu.procedure.history.act import Shown
from kesu.procedure.words import facts
from kesu.reading.text import Text

LIST = written("at: data checked\ncomplete: validity list")
WHOLE = {"original record": "seen", "original report": "seen", "other influences": "none"}


def checked(**answers: object) -> object:
    return act(
        "data checked", facts={"validity list": WHOLE | {k.replace("_", " "): v for k, v in answers.items()}}
    )


def test_it_says_which_items() -> None:
    assert says(LIST) == Text(
        zh="“共同核查”时，数据有效性核查表逐项填写（原始记录、原始报告、其他影响因素），不需要的写明理由。",
        en="“Joint check”: answer each item of data validity check list (Original record, Original report and "
        "Other influences); “not needed” gives its reason.",
    )


def test_each_item_has_an_answer() -> None:
    assert verdict(LIST, checked()) == "kept"
    assert why(LIST, checked(original_report=" ")) == (
        "broken",
        "“共同核查”还差：原始报告；不需要的请写明理由",
        "“Joint check” still lacks: Original report; where one is not needed, say why",
    )
    assert verdict(LIST, act("data checked")) == "broken"
    assert verdict(LIST, act("data checked", facts={"validity list": None})) == "broken"


def test_not_needed_needs_its_reason() -> None:
    assert verdict(LIST, checked(other_influences="not needed: digestion is not sensitive")) == "kept"
    assert verdict(LIST, checked(other_influences="not needed")) == "broken"
    assert verdict(LIST, checked(other_influences="not needed: ")) == "broken"
    assert verdict(LIST, checked(other_influences="not needed: .")) == "broken"


def test_not_known_is_an_answer_where_the_outside_world_tells_and_none_to_what_is_checked_here() -> None:
    asked = written("at: taken in charge\ncomplete: intake questions")
    told = dict.fromkeys(facts()["intake questions"].choices, "as the caller says") | {"event": "not known"}
    assert verdict(asked, act("taken in charge", intake_questions=told)) == "kept"
    assert verdict(LIST, checked(other_influences="not known")) == "broken"


def test_a_log_without_the_list_cannot_tell() -> None:
    assert why(LIST, act("data checked"), shown=Shown(facts=frozenset())) == (
        "cannot tell",
        "看不出逐项的内容",
        "the log does not show the items",
    )


def test_it_reads_a_checklist_and_nothing_else() -> None:
    assert refused("at: found\ncomplete: grade") == (
        "the rule “the rule” needs a fact of the kind checklist; “grade” is of the kind choice",
        "规则“the rule”这里要用 checklist 类的事实；“grade”是 choice 类",
    )
