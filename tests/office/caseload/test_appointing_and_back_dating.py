"""Nobody gives himself a post; an edition counts from before today only by two persons and with a reason."""

from __future__ import annotations

from tests.office.caseload.office import LIBRARY, Office, at, key

from kesu.caseload.acting.answers import Answer, Done, Refused
from kesu.ledger.read import entries_of
from kesu.registry.editions import BackDated, put_in_force

NOW = at("2026-03-02 09:00")


def appointed(office: Office, post: str, step: str = "post taken", **more: object) -> Answer:
    facts = {"person": office.persons["admin"], "unit": "main", "from": NOW, **more}
    return office.try_note(f"post/{post}", step, facts, now=NOW)


def enforced(office: Office, since: str, back_dated: BackDated | None = None) -> Answer:
    return put_in_force(
        "office-claim", library=LIBRARY, organisation="hengce", person=office.persons["admin"],
        now=NOW, since=at(since), key=key(), back_dated=back_dated,
    )  # fmt: skip


def test_an_administrator_does_not_make_himself_anything(office: Office) -> None:
    answer = appointed(office, "quality manager")
    assert isinstance(answer, Refused)
    assert answer.sentences("en") == ["nobody appoints himself; another administrator does it"]


def test_an_edition_from_before_today_wants_a_second_person_and_a_reason(office: Office) -> None:
    wanted = ["to count from before today it needs a second person and a reason"]
    alone = enforced(office, "2026-03-01 23:59")
    assert isinstance(alone, Refused)
    assert alone.sentences("en") == wanted
    empty = enforced(office, "2026-02-01 09:00", BackDated(office.persons["gu"], "-"))
    assert isinstance(empty, Refused)
    assert empty.sentences("en") == wanted
    for second in ("gu", "admin"):
        answer = enforced(
            office, "2026-02-01 09:00", BackDated(office.persons[second], "the paper is of then")
        )
        assert isinstance(answer, Refused)
        assert answer.sentences("en") == [
            "the second person has to be another procedure owner or administrator"
        ]
    office.join("owner", "procedure owner", now=NOW)
    done = enforced(office, "2026-02-01 09:00", BackDated(office.persons["owner"], "the paper is of then"))
    assert isinstance(done, Done), done
    facts = entries_of("hengce", "edition/office-claim")[-1].facts
    assert (facts["back-dated with"], facts["back-dated reason"]) == ("p-owner", "the paper is of then")


def test_from_today_on_one_person_is_enough(office: Office) -> None:
    assert isinstance(enforced(office, "2026-03-02 00:00"), Done)
