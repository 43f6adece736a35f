"""Posts that read take no step anywhere: none of their own, none that everybody takes, none noted for another (semantics 5.10)."""

from __future__ import annotations

import pytest
from tests.office.caseload.office import Office, at

from kesu.caseload.acting.answers import Done, Refused
from kesu.caseload.acting.imported_history import import_history
from kesu.caseload.asking.opened import opened
from kesu.caseload.sight.reader import reader_of
from kesu.forms.standing_of_a_person.beginning import beginning
from kesu.people.directory import directory_of

READS_ZH = "评审员只看不办，也不代别人登记"
NOW = "2026-03-03 09:00"


def answered(office: Office, step: str, name: str, **more: object) -> str:
    """`done`, or why it is refused."""
    answer = office.attempt(step, name, NOW, **more)  # type: ignore[arg-type]
    return "done" if isinstance(answer, Done) else answer.sentences("zh")[0]  # type: ignore[union-attr]


@pytest.mark.parametrize("post", ["assessor", None, "quality manager"])
@pytest.mark.parametrize("step", ["note", "named", "withdrawn", "struck", "voided", "reopened", "closed"])
def test_an_assessor_takes_no_step_in_whatever_post_he_says(
    office: Office, step: str, post: str | None
) -> None:
    file = office.receive().file
    assert answered(office, step, "ping", file=file, post=post, facts={"text": "x"}) == READS_ZH


def test_an_assessor_begins_no_file(office: Office) -> None:
    assert answered(office, "received", "ping", post=None, facts={"matter": "complaint"}) == READS_ZH


def test_an_assessor_notes_nothing_for_others_and_nobody_notes_for_him(office: Office) -> None:
    file = office.receive().file
    noted = {"post": "quality manager", "actor": "gu", "medium": "phone", "facts": {"text": "x"}}
    assert answered(office, "note", "ping", file=file, **noted) == READS_ZH
    for_him = {"post": "assessor", "actor": "ping", "medium": "phone", "facts": {"text": "x"}}
    assert answered(office, "note", "zhou", file=file, **for_him) == READS_ZH


def test_an_assessor_is_offered_nothing_and_sees_the_file(office: Office) -> None:
    file = office.receive().file
    reader = reader_of("hengce", office.persons["ping"], at(NOW))
    view = opened(file, reader)
    assert view is not None
    assert (view.actors, view.options()) == ([], [])
    others = opened(file, reader_of("hengce", office.persons["zhou"], at(NOW)))
    assert others is not None
    assert any(option.allowed for option in others.options())


def test_an_assessor_is_not_offered_to_register(office: Office) -> None:
    directory = directory_of("hengce")
    for name, offered in (("ping", False), ("zhou", True)):
        reader = reader_of("hengce", office.persons[name], at(NOW))
        begun = [
            beginning(procedure, directory=directory, person=reader.person, now=at(NOW))
            for procedure in reader.procedures
            if procedure.id == "office-trial"
        ]
        assert [one.actor is not None for one in begun] == [offered]


def test_who_also_holds_a_post_of_the_procedure_acts_in_that_post_and_no_other(office: Office) -> None:
    file = office.receive().file
    facts = {"person": office.persons["ping"], "unit": "main", "from": at("2026-03-02 08:00")}
    office.note("post/technical manager", "post taken", facts, now=at("2026-03-02 09:30"))
    said = {"file": file, "facts": {"text": "看过了"}}
    assert answered(office, "note", "ping", post="assessor", **said) == READS_ZH
    assert answered(office, "note", "ping", post="technical manager", **said) == "done"


def test_an_assessor_brings_no_history_in_though_he_be_importer(office: Office) -> None:
    facts = {"person": office.persons["ping"], "unit": "main", "from": at("2026-03-02 08:00")}
    office.note("post/importer", "post taken", facts, now=at("2026-03-02 09:30"))
    answers = [
        import_history(
            [],
            procedure="office-trial",
            digest="d",
            organisation="hengce",
            person=office.persons[name],
            now=at(NOW),
        )
        for name in ("ping", "ru")
    ]
    assert [isinstance(answer, Refused) for answer in answers] == [True, False]
