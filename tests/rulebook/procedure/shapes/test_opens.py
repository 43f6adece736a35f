"""opens: a step opens a linked file, and the end waits for it."""

from tests.rulebook.refused import refused
from tests.rulebook.small import act, filed, says, verdict, why, written

from kesu.procedure.history.act import Shown
from kesu.procedure.shapes.abilities import OpensFiles
from kesu.reading.text import Text

CLOSED_FIRST = written('when: {retest: "yes"}\nopens: lab-retest\nat: retest decided')
OPENED_FIRST = written("opens: lab-retest\nat: retest decided\nholds: until opened\nforce: reason")
FINDING_TOO = written("opens: lab-retest\nat: retest decided\nbefore: found")
NO = written('opens: lab-retest\nat: retest decided\nholds: "no"')
DECIDED = act("retest decided", retest="yes")
LINKED = act("linked", by=None, kind="lab-retest", linked_file="RT-1")
ENDED = act("link ended", by=None, linked_file="RT-1", outcome="closed")
END = act("closed")
FOUND = act("found")


def test_it_says_what_is_opened_and_what_waits() -> None:
    assert says(OPENED_FIRST) == Text(
        zh="“决定是否复检”即开立“lab-retest”；没有开立，本案不能办结（写明理由可以不办）。",
        en="“Retest decided” opens the linked file “lab-retest”; without it the case does not end (it may be left out with a reason).",
    )
    assert says(CLOSED_FIRST).zh == "需要复检的：“决定是否复检”即开立“lab-retest”，它办结以前本案不能办结。"
    assert says(FINDING_TOO) == Text(
        zh="“决定是否复检”即开立“lab-retest”，它办结以前不能有“作出认定”，本案也不能办结。",
        en="“Retest decided” opens the linked file “lab-retest”; “Finding made” and the end of the case wait until that has ended.",
    )
    assert says(NO) == Text(
        zh="“决定是否复检”即开立“lab-retest”。", en="“Retest decided” opens the linked file “lab-retest”."
    )


def test_the_end_waits_until_it_has_ended() -> None:
    assert verdict(CLOSED_FIRST, DECIDED, LINKED, ENDED, END) == "kept"
    assert why(CLOSED_FIRST, DECIDED, LINKED, END) == (
        "broken",
        "“lab-retest”还没有办结（RT-1）",
        "the linked file “lab-retest” has not ended (RT-1)",
    )
    assert why(CLOSED_FIRST, DECIDED, END) == (
        "broken",
        "还没有开立“lab-retest”",
        "the linked file “lab-retest” has not been opened",
    )


def test_steps_that_are_named_wait_as_the_end_does() -> None:
    assert verdict(FINDING_TOO, DECIDED, LINKED, ENDED, FOUND) == "kept"
    assert why(FINDING_TOO, DECIDED, LINKED, FOUND) == (
        "broken",
        "“lab-retest”还没有办结（RT-1）",
        "the linked file “lab-retest” has not ended (RT-1)",
    )
    assert verdict(FINDING_TOO, DECIDED, FOUND) == "broken"
    assert verdict(FINDING_TOO, DECIDED, LINKED, END) == "broken"
    assert verdict(FINDING_TOO, FOUND) == ""
    assert verdict(CLOSED_FIRST, DECIDED, LINKED, FOUND) == ""


def test_a_step_waits_only_where_the_end_does() -> None:
    assert (
        "“before”" in refused("opens: lab-retest\nat: retest decided\nholds: until opened\nbefore: found")[0]
    )


def test_every_one_that_was_opened_has_to_end() -> None:
    second = act("linked", by=None, kind="lab-retest", linked_file="RT-2")
    assert verdict(CLOSED_FIRST, DECIDED, LINKED, second, ENDED, END) == "broken"


def test_or_only_until_it_is_opened_or_not_at_all() -> None:
    assert verdict(OPENED_FIRST, DECIDED, LINKED, END) == "kept"
    assert verdict(OPENED_FIRST, DECIDED, END) == "broken"
    assert verdict(NO, DECIDED, END) == ""


def test_it_has_nothing_to_say_before_its_step_nor_where_its_condition_fails() -> None:
    assert verdict(CLOSED_FIRST, END) == ""
    assert verdict(CLOSED_FIRST, act("retest decided", retest="no"), END) == ""
    assert verdict(CLOSED_FIRST, act("retest decided"), END) == "cannot tell"


def test_a_reason_discharges_it_where_the_rule_allows_that() -> None:
    waived = act("not possible", facts={"instead of": "lab-retest", "reason": "no sample is left"})
    assert verdict(OPENED_FIRST, DECIDED, waived, END) == "kept reasoned"


def test_a_log_without_links_cannot_tell() -> None:
    assert why(OPENED_FIRST, DECIDED, END, shown=Shown(steps=frozenset({"retest decided", "closed"}))) == (
        "cannot tell",
        "看不出有没有“lab-retest”",
        "the log does not show the linked file “lab-retest”",
    )


def test_the_step_itself_is_never_barred() -> None:
    assert filed(CLOSED_FIRST).judge(act("retest decided", number=1)) == []


def test_it_holds_in_one_of_three_ways() -> None:
    assert refused("opens: lab-retest\nat: found\nholds: until close") == (
        "“holds” “until close” is not known; did you mean “until closed”?",
        "“holds”“until close”没有定义；是不是“until closed”？",
    )


EACH = written('when: {retest: "yes"}\nopens: lab-retest\nat: retest decided\neach: "yes"')
FIRST = act("retest decided", retest="yes")
GOOD = act("retest decided", retest="no")
FOR_FIRST = act("linked", by=None, kind="lab-retest", linked_file="RT-1", entry="1")


def test_said_of_each_act_it_speaks_of_several_files() -> None:
    assert (
        says(EACH).zh
        == "需要复检的：每办一次“决定是否复检”，就各开立一份“lab-retest”；它们都办结以前本案不能办结。"
    )
    assert says(written("opens: lab-retest\nat: retest decided\neach: yes\nholds: until opened")).en == (
        "Each time “Retest decided” is done, it opens a linked file “lab-retest” of its own; without them the case does not end."
    )


def test_each_act_wants_a_file_of_its_own() -> None:
    second = act("linked", by=None, kind="lab-retest", linked_file="RT-2", entry="3")
    both_ended = (ENDED, act("link ended", by=None, linked_file="RT-2", outcome="closed"))
    assert verdict(EACH, FIRST, FOR_FIRST, FIRST, ENDED, END) == "broken"
    assert why(EACH, FIRST, FOR_FIRST, FIRST, second, ENDED, END)[1] == "“lab-retest”还没有办结（RT-2）"
    assert verdict(EACH, FIRST, FOR_FIRST, FIRST, second, *both_ended, END) == "kept"


def test_the_condition_is_asked_of_each_act_and_not_of_the_last() -> None:
    assert verdict(EACH, FIRST, GOOD, END) == "broken"
    assert verdict(EACH, FIRST, FOR_FIRST, ENDED, GOOD, END) == "kept"
    assert verdict(EACH, GOOD, GOOD, END) == ""
    assert why(EACH, act("retest decided"), END)[:2] == (
        "cannot tell",
        "没有记下是否需要复检，说不准这条适用不适用",
    )


def test_a_link_that_names_no_act_stands_for_those_before_it() -> None:
    assert verdict(EACH, FIRST, FIRST, LINKED, ENDED, END) == "kept"
    assert verdict(EACH, LINKED, FIRST, END) == "broken"


CARRYING = """
opens: lab-retest
at: retest decided
with: {source: = survey, topic: of topic, complainant: account, item: item, demanded amount: demanded amount}
"""


def test_the_linked_file_begins_with_what_stands_here() -> None:
    ((_, shape),) = written(CARRYING).able(OpensFiles)
    file = filed(
        written(CARRYING), act("received", account="太慢", item="R-1"), act("note", topic=["conduct"])
    )
    deciding = act("retest decided", number=3, facts={"of topic": "contract"})
    assert shape.facts(file.history, deciding) == {
        "source": "survey",
        "topic": ["contract"],
        "complainant": "太慢",
        "item": "R-1",
    }
    unknown = act("retest decided", number=3, item=None)
    assert shape.facts(file.history, unknown)["item"] is None


def carrying(pair: str) -> tuple[str, str]:
    return refused(f"opens: lab-retest\nat: retest decided\nwith: {{{pair}}}")


def test_what_is_carried_has_to_fit_and_personal_words_only_into_personal_ones() -> None:
    assert carrying("topic: complainant")[0] == (
        "“complainant” is personal or free text; “topic” would keep it where nothing can be erased"
    )
    assert carrying("grade: topic") == (
        "“topic” (list) does not fit into “grade” (choice)",
        "“topic”（list）装不进“grade”（choice）",
    )
    assert carrying("grade: matter")[0] == "“matter” (choice) does not fit into “grade” (choice)"
    assert carrying("grade: = majr")[0] == "the value of “grade” “majr” is not known; did you mean “major”?"
    assert carrying("complainat: account")[0] == (
        "the rule “the rule” speaks of the fact “complainat”, which the software does not know; did you mean “complainant”?"
    )


def test_no_value_is_carried_into_a_fact_that_follows_from_others_and_any_text_into_a_word() -> None:
    assert carrying("settled total: amount") == (
        "“settled total” follows from settlement lines, cash paid, refunded sum, refunded lines and is never put on record itself; name those",
        "“settled total”由 settlement lines、cash paid、refunded sum、refunded lines 算出，不能直接登记；请改用这些事实",
    )
    procedure = written("opens: lab-retest\nat: retest decided\nwith: {item: = R-1}")
    ((_, shape),) = procedure.able(OpensFiles)
    assert shape.facts(filed(procedure, DECIDED).history, DECIDED) == {"item": "R-1"}


def test_of_an_act_of_which_nobody_knows_it_is_no_matter_where_its_file_is_there_anyway() -> None:
    unknown = act("retest decided", retest=None)
    assert verdict(EACH, unknown, FOR_FIRST, ENDED, END) == ""
    assert verdict(EACH, unknown, END) == "cannot tell"
