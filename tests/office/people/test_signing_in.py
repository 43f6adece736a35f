"""A person signs in by user name or e-mail; organisations share the sign-in and nothing else."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from tests.office.caseload.office import Office, at

from kesu.people.directory import directory_of
from kesu.people.models import User
from kesu.people.sign_in import persons_of
from kesu.registry.foundation import AlreadyFounded, Founder, found_organisation

NOW = at("2026-03-02 09:00")


@pytest.fixture
def user(office: Office) -> User:
    """Zhou's sign-in, known to both organisations by persons of their own."""
    made = User.objects.create_user(
        username="Zhou.XY", name="周小雨", email="zhou@example.org", password="correct horse"
    )
    office.note("person/p-zhou", "sign in given", {"sign in": made.pk}, now=NOW)
    neighbour = office.again()
    neighbour.organisation = "hengce-2"
    neighbour.persons["admin"] = persons_of(User.objects.get(username="admin@hengce-2"))[0].person
    neighbour.note("person/p-gu", "sign in given", {"sign in": made.pk}, now=NOW)
    return made


def test_name_and_address_are_taken_without_regard_to_case(user: User) -> None:
    tries = [
        ("zhou.xy", "correct horse"),
        (" ZHOU@example.org ", "correct horse"),
        ("zhou.xy", "wrong"),
        ("nobody", "x"),
    ]
    assert [authenticate(username=name, password=word) for name, word in tries] == [user, user, None, None]


def test_who_is_no_longer_active_cannot_sign_in(user: User) -> None:
    user.is_active = False
    user.save()
    assert authenticate(username="zhou.xy", password="correct horse") is None


def test_each_organisation_knows_the_sign_in_by_a_person_of_its_own(user: User) -> None:
    persons = persons_of(user)
    assert [(row.organisation, row.person) for row in persons] == [("hengce", "p-zhou"), ("hengce-2", "p-gu")]
    names = [directory_of(row.organisation).name_of(row.person) for row in persons]
    assert names == ["zhou of hengce", "gu of hengce-2"]


def test_who_left_an_organisation_has_no_person_there_any_more(office: Office, user: User) -> None:
    office.note("person/p-zhou", "left", {}, now=NOW)
    assert [row.organisation for row in persons_of(user)] == ["hengce-2"]
    office.note("person/p-zhou", "came back", {}, now=at("2026-03-03 09:00"))
    assert [row.organisation for row in persons_of(user)] == ["hengce", "hengce-2"]


def test_an_organisation_is_founded_once(office: Office) -> None:
    founder = Founder("somebody", "某人")
    with pytest.raises(AlreadyFounded):
        found_organisation(
            organisation="hengce", title="x", zone="Asia/Shanghai", administrator=founder, now=NOW
        )
    assert not User.objects.filter(username="somebody").exists()
