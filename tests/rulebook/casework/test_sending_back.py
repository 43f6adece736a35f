"""Who is to decide on an act sends it back: its step is due again, and nobody decides before it was taken anew."""

from __future__ import annotations

from tests.rulebook.small import act, filed, from_text, text_of, when

from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Accepted, Barred, decide
from kesu.casework.deciding.sending_back import returnable, sent_back
from kesu.casework.file.case_file import CaseFile
from kesu.casework.waiting.memory import Memory
from kesu.casework.waiting.outstanding import outstanding
from kesu.names import PersonId, PostName
from kesu.procedure.written.model import Procedure

NOW = when("2026-03-06 09:00")


def procedure() -> Procedure:
    """A report that the boss consents to, and a telling after the consent."""
    text = text_of(
        "rule: report before consent\nat: consented\nafter: handling report made",
        "rule: consent by the boss\nat: consented\nby: boss",
        "rule: consent before the telling\nat: result notified\nafter: consented",
        "rule: told before the end\nat: closed\nafter: result notified",
    )
    return from_text(
        text.replace("  note: {}", "  note: {}\n  sent back: {asks: [entry, to person, opinion]}")
    )


def reported() -> CaseFile:
    return filed(procedure(), act("received"), act("handling report made", by="zhao", post="clerk"))


def sending_back(by: str, post: str, entry: str) -> Command:
    facts = {"entry": entry, "opinion": "say what was found"}
    return Command(step="sent back", by=PersonId(by), post=PostName(post), facts=facts)


def waits(file: CaseFile) -> list[str]:
    memory = Memory()
    memory.catch_up(file)
    return [one.step for one in outstanding(file, lambda step: memory.need(file, step))]


def test_the_step_that_was_sent_back_is_due_again_and_the_consent_waits_for_it() -> None:
    file = reported()
    assert waits(file) == ["consented"]
    answer = decide(file, sending_back("lu", "boss", "2"), now=NOW)
    assert isinstance(answer, Accepted)
    back = answer.after
    assert waits(back) == ["handling report made"]
    consent = Command(step="consented", by=PersonId("lu"), post=PostName("boss"))
    refused = decide(back, consent, now=NOW)
    assert isinstance(refused, Barred)
    assert [finding.rule for finding in refused.findings] == ["report before consent"]
    said = sent_back(back, "handling report made")
    assert said is not None
    assert (said.number, said.facts["opinion"]) == (3, "say what was found")


def test_with_the_new_version_the_consent_is_due_again_and_nothing_is_sent_back() -> None:
    answer = decide(reported(), sending_back("lu", "boss", "2"), now=NOW)
    assert isinstance(answer, Accepted)
    again = Command(step="handling report made", by=PersonId("zhao"), post=PostName("clerk"))
    anew = decide(answer.after, again, now=NOW)
    assert isinstance(anew, Accepted)
    assert (waits(anew.after), sent_back(anew.after, "handling report made")) == (["consented"], None)


def test_only_who_is_to_decide_on_it_sends_an_act_back_and_only_before_he_did() -> None:
    file = reported()
    for command in (sending_back("zhao", "clerk", "2"), sending_back("lu", "boss", "1")):
        answer = decide(file, command, now=NOW)
        assert isinstance(answer, Barred)
        assert answer.findings == ()
        assert [text.en.split(":")[0] for text in answer.problems] == [
            f"entry {command.facts['entry']} is not yours to send back"
        ]
    lu = act("", by="lu", post="boss")
    assert [one.number for one in returnable(file, lu)] == [2]
    decided = filed(procedure(), *file.history.acts, act("consented", by="lu", post="boss"))
    assert returnable(decided, lu) == []
