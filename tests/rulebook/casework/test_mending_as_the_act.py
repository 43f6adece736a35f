"""A correction or a strike is judged as the act that it touches: by its rules, with the corrector and the new value (semantics 3.6)."""

from __future__ import annotations

from dataclasses import replace

from tests.rulebook.small import act, filed, from_text, text_of, when

from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Accepted, Barred, decide
from kesu.casework.deciding.replay import replay
from kesu.casework.file.case_file import CaseFile
from kesu.procedure.history.act import Act
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text
from kesu.worktime.china import china_calendar

RULES = (
    "rule: finding by the boss\nat: found\nby: boss",
    "rule: in charge\nsend: consented\nto: lead\nas: owner",
    "rule: who may pay\nauthority: amount\nat: compensation agreed\nlimits: [{up to: 500, by: [lead, boss]}, {by: boss}]",
    "rule: report when it stands\nat: handling report made\nonly if: {finding: upheld}",
    "rule: looked into first\nat: found\nafter: investigated",
)
PROCEDURE = from_text(
    text_of(*RULES)
    .replace("  found: {}", "  found: {asks: [finding, reason]}")
    .replace("  compensation agreed: {}", "  compensation agreed: {asks: [amount]}")
    .replace("  investigated: {}", "  investigated: {asks: [text]}")
)
STORY = (
    act("received"),
    act("investigated", by="li", post="lead", text="opened too early"),
    act("found", by="bo", post="boss", finding="upheld"),
    act("compensation agreed", by="li", post="lead", amount="400"),
)


def mend(
    step: str, by: str, post: str, *, procedure: Procedure = PROCEDURE, **facts: str
) -> Accepted | Barred:
    command = Command(step=step, by=by, post=post, facts={"reason": "a slip", **facts})
    return decide(filed(procedure, *STORY), command, now=when("2026-03-02 10:00"))


def barring(decided: Accepted | Barred) -> list[str]:
    assert isinstance(decided, Barred)
    assert decided.problems == ()
    return [finding.rule for finding in decided.findings]


def findings(*acts: Act) -> list[tuple[str, str, int]]:
    """What a log is told of its last act: rule, verdict and entry."""
    file = CaseFile(PROCEDURE, calendar=china_calendar())
    *_, (_, last) = replay(file, [replace(one, number=number) for number, one in enumerate(acts, 1)])
    return [(one.rule, one.verdict.value, one.number) for one in last if one.verdict.value != "kept"]


TURNED = {"entry": "3", "word": "finding", "value": "no responsibility"}


def test_the_owner_of_a_file_does_not_rewrite_what_another_post_decided() -> None:
    assert barring(mend("corrected", "li", "lead", **TURNED)) == ["finding by the boss"]


def test_whoever_may_decide_corrects_his_decision() -> None:
    decided = mend("corrected", "bo", "boss", **TURNED)
    assert isinstance(decided, Accepted)
    assert decided.after.history.value("finding") == "no responsibility"


def test_in_a_log_such_a_correction_is_a_breach_of_the_rule_of_the_entry() -> None:
    wrong = act("corrected", "2026-03-02 11:00", by="li", post="lead", facts=TURNED)
    assert findings(*STORY, wrong) == [("finding by the boss", "broken", 5)]
    assert findings(*STORY, replace(wrong, by="bo", post="boss")) == []


def test_a_new_value_is_held_to_the_limit_of_the_one_who_writes_it() -> None:
    more = {"entry": "4", "word": "amount", "value": "501"}
    assert barring(mend("corrected", "li", "lead", **more)) == ["who may pay"]
    assert isinstance(mend("corrected", "li", "lead", **{**more, "value": "500"}), Accepted)


def test_what_no_rule_looks_at_is_corrected_by_its_post_or_the_owner() -> None:
    text = {"entry": "2", "word": "text", "value": "opened a day too early"}
    assert isinstance(mend("corrected", "li", "lead", **text), Accepted)


def test_a_strike_is_for_whoever_could_have_taken_the_act() -> None:
    assert barring(mend("struck", "li", "lead", entry="3")) == ["finding by the boss"]
    assert isinstance(mend("struck", "bo", "boss", entry="3"), Accepted)


def test_an_arrival_is_never_struck_nor_taken_back() -> None:
    told = Text(
        "“收到投诉”是案卷的来由，不能划去；写错的请“更正”，整卷不该立的请“作废”",
        "“Complaint received” is how the matter came in and is not struck; correct what is wrong in it, void a file that should not be",
    )
    alone = filed(PROCEDURE, act("received", by="an", post="clerk"))
    for step in ("struck", "taken back"):
        command = Command(step=step, by="an", post="clerk", facts={"entry": "1", "reason": "a slip"})
        assert decide(alone, command, now=when("2026-03-02 10:00")) == Barred(problems=(told,))


def test_files_of_an_edition_of_the_first_release_are_mended_as_then() -> None:
    assert isinstance(
        mend("corrected", "li", "lead", procedure=replace(PROCEDURE, language=1), **TURNED), Accepted
    )


def test_what_was_wrong_with_an_entry_before_is_not_said_again_of_its_correction() -> None:
    late = (act("received"), act("found", by="bo", post="boss", finding="upheld"))
    turned = act("corrected", by="bo", post="boss", facts={**TURNED, "entry": "2"})
    assert findings(*late, turned) == []
