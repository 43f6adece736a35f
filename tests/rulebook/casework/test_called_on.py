"""Who was appointed hears of it, and a part that a rule gives to one post reaches that post when it begins."""

from __future__ import annotations

from functools import cache, partial

import pytest
from tests.rulebook.small import act, filed, from_text, text_of

from kesu.casework.file.case_file import CaseFile
from kesu.casework.waiting.called_on import called_on
from kesu.casework.waiting.needs import need
from kesu.casework.waiting.takers import Takers
from kesu.procedure.history.act import Act
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure

APPOINTED = act("team appointed", by="gu", post="boss", team=["han"])


def small() -> Procedure:
    """The boss appoints a team; the lead and the clerk may look into it; the finding waits for the team."""
    text = text_of(
        "rule: looked into by some\nat: investigated\nby: [clerk, lead]",
        "rule: team before the finding\nat: found\nafter: team appointed",
        "rule: checked after the team\nat: data checked\nafter: handling report made",
    )
    return from_text(text.replace("team appointed: {}", "team appointed: {asks: [team]}"))


def calls(file: CaseFile) -> list[tuple[str, tuple[str, ...], str, int]]:
    takers = Takers(file, now=file.history.acts[-1].noted)
    found = called_on(file, cache(partial(need, takers)))
    return [(one.step, one.posts, one.person, one.entry) for one in found]


def after(*acts: Act) -> list[tuple[str, tuple[str, ...], str, int]]:
    return calls(filed(small(), act("received"), *acts))


def test_who_was_appointed_is_called_on_for_the_first_step_that_follows_and_that_somebody_has_to_take() -> (
    None
):
    assert after() == []
    assert after(APPOINTED) == [("investigated", ("clerk", "lead"), "han", 2)]


@pytest.mark.parametrize(
    "done", [act("investigated", by="han"), act("found", by="gu"), act("closed", by="gu")]
)
def test_he_is_called_on_until_he_did_it_or_what_it_was_for_is_done(done: Act) -> None:
    assert after(APPOINTED, done) == []


def test_what_somebody_else_did_of_it_is_not_his() -> None:
    assert after(APPOINTED, act("investigated", by="wu"))[0][2] == "han"


def test_whoever_appointed_himself_knows_of_it() -> None:
    assert after(act("team appointed", by="han", team=["han"])) == []


def asked(**facts: str) -> Act:
    return act("asked", by="zhao", post="clerk", to_person="lu", question="30,000", **facts)


def test_who_is_asked_for_a_step_is_called_on_for_it_until_somebody_took_it_or_he_answered() -> None:
    text = text_of().replace(
        "note: {}", "note: {}\n  asked: {asks: [to person, to do, question]}\n  answered: {}"
    )
    procedure, came = from_text(text), act("received")

    def then(*acts: Act) -> list[tuple[str, tuple[str, ...], str, int]]:
        return calls(filed(procedure, came, *acts))

    assert then(asked(to_do="found")) == [("found", (), "lu", 2)]
    assert then(asked()) == [("answered", (), "lu", 2)]
    assert then(asked(to_do="found"), act("found", by="gu")) == []
    assert then(asked(to_do="found"), act("answered", by="lu")) == []
    assert then(asked(to_do="found"), act("answered", by="gu"))[0][2] == "lu"


def test_the_post_that_has_the_part_towards_the_outside_is_called_on_when_it_begins_and_until_it_did_something() -> (
    None
):
    procedure = from_text(
        text_of(
            "rule: outside by the boss\nsend: [attested, progress told]\nto: boss\nas: external part",
            "rule: outside after the hold\nat: [attested, progress told]\nafter: put on hold",
        )
    )
    came, hold = act("received"), act("put on hold")
    assert calls(filed(procedure, came)) == []
    assert calls(filed(procedure, came, hold)) == [("attested", ("boss",), "", 2)]
    assert calls(filed(procedure, came, hold, act("progress told", by="lu", post="boss"))) == []


def test_the_media_officer_takes_note_of_the_media_as_long_as_the_case_is_not_complete() -> None:
    procedure = here().load("fmcg-emergency")
    came = act("received", by="lin")
    media = act("external body stepped in", by="lin", external_body=["media"])
    noted = act("noted by", by="zhuang", post="media officer")
    assert calls(filed(procedure, came)) == []
    assert calls(filed(procedure, came, media)) == [("noted by", ("media officer",), "", 2)]
    assert calls(filed(procedure, came, media, noted)) == []
