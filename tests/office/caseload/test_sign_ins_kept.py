"""A sign-in that was changed past Kesu is named: whoever owns the database gives nobody another password unseen."""

from __future__ import annotations

from typing import Any

import pytest
from pyotp import TOTP
from tests.office.caseload.office import Office, at

from kesu.caseload.rebuilding.sign_ins import altered_sign_ins, begin_codes
from kesu.cli.main import main
from kesu.ledger.marked import begin_marks
from kesu.people.models import User
from kesu.people.second_factor import begin, drawn_secret
from kesu.people.sign_in import set_password

NOW = at("2026-03-02 10:00")
ADMIN = "admin@hengce"


@pytest.fixture
def begun(office: Office) -> Office:
    """From now on every sign-in carries its code."""
    begin_marks(NOW)
    User.objects.update(code=None)  # as a release before left them
    assert altered_sign_ins(None) == []
    begin_codes(NOW)
    return office


def named(organisation: str | None = None) -> list[tuple[str, str]]:
    return [(fault.what, fault.detail) for fault in altered_sign_ins(organisation)]


def test_what_kesu_writes_carries_its_code(begun: Office) -> None:
    user = User.objects.get(username=ADMIN)
    set_password(user, "eine alte Taschenuhr")
    user.language = "en"
    user.save(update_fields=["language"])
    user.email = "qin@example.org"
    user.save()
    User.objects.create_user(username="neu", name="何新", password="noch eine Uhr")
    assert named() == []


@pytest.mark.parametrize(
    "changed",
    [
        {"password": "md5$abc$900150983cd24fb0d6963f7d28e17f72"},
        {"username": "qin"},
        {"email": "mine@example.org"},
        {"is_active": False},
        {"code": None},
        {"code": b"x" * 32},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_what_was_changed_past_it_is_named(begun: Office, changed: dict[str, Any]) -> None:
    User.objects.filter(username=ADMIN).update(**changed)
    assert named() == named("hengce") == [("sign-in altered", changed.get("username", ADMIN))]
    assert named("hengce-2") == []


@pytest.mark.parametrize(
    "changed",
    [{"second_secret": None}, {"second_secret": b"mine"}, {"recovery": []}, {"identities": {"oidc": "me"}}],
    ids=["no second factor", "another", "no recovery codes", "an account of a provider"],
)
def test_a_second_factor_that_was_taken_away_and_an_account_that_was_added_are_named(
    begun: Office, changed: dict[str, Any]
) -> None:
    user, secret = User.objects.get(username=ADMIN), drawn_secret()
    assert begin(user, secret, TOTP(secret).at(NOW), NOW) is not None
    assert named() == []
    User.objects.filter(username=ADMIN).update(**changed)
    assert named() == [("sign-in altered", ADMIN)]


def test_the_name_that_is_shown_and_the_language_let_nobody_in(begun: Office) -> None:
    User.objects.update(language="en", name="某人", password_due=True)
    assert named() == []


def test_a_sign_in_that_was_put_in_and_one_that_takes_the_place_of_another_are_named(begun: Office) -> None:
    User.objects.bulk_create([User(username="stranger", name="生人", password="x")])
    assert named() == [("sign-in altered", "stranger")]
    mine, other = User.objects.get(username="stranger"), User.objects.get(username="admin@hengce-2")
    User.objects.filter(pk=mine.pk).update(code=other.code)
    assert named() == [("sign-in altered", "stranger")]


def test_they_are_taken_as_they_stand_once(begun: Office) -> None:
    User.objects.filter(username=ADMIN).update(code=None)
    begin_codes(NOW)
    assert named() == [("sign-in altered", ADMIN)]


def test_without_a_start_nothing_is_asked_of_them(office: Office) -> None:
    User.objects.update(code=None)
    assert named() == []


def test_the_commands_say_it(begun: Office, capsys: pytest.CaptureFixture[str]) -> None:
    User.objects.filter(username=ADMIN).update(password="")
    assert main(["--lang", "zh", "verify"]) == 1
    assert f"登录“{ADMIN}”不是 Kesu 写下的那样" in capsys.readouterr().out
    assert main(["--lang", "en", "rebuild", "--check"]) == 1
    assert f"the sign-in “{ADMIN}” is not as Kesu wrote it" in capsys.readouterr().out
