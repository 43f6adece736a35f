"""The link by mail: it goes to the address on record and to no other, tells nobody who complains, and opens the file for a week."""

from __future__ import annotations

import re
import time

import pytest
from django.conf import settings
from django.core import mail as django_mail
from tests.pages.house import House, at
from tests.pages.portal.conftest import Visitor, given, settled

from kesu.caseload.models import CaseRow
from kesu.intake.lookup_code import admit
from kesu.portal import mailed_link
from kesu.upkeep.mail import mail_of

MAIL = "li@example.com"


@pytest.fixture
def outbox(monkeypatch: pytest.MonkeyPatch) -> list[django_mail.EmailMessage]:
    """What was mailed, each before the answer is read: the thread is waited for."""
    monkeypatch.setattr(
        settings, "MAIL", mail_of({"KESU_SMTP": "smtp://127.0.0.1:9", "KESU_MAIL_FROM": "kesu@example.org"})
    )
    monkeypatch.setattr("kesu.upkeep.mail.BACKEND", "django.core.mail.backends.locmem.EmailBackend")
    real = mailed_link.post_link
    monkeypatch.setattr("kesu.portal.pages.link.post_link", lambda *given: real(*given).join())
    django_mail.outbox = []
    return django_mail.outbox


def asked(visitor: Visitor, number: str, address: str) -> tuple[int, str]:
    """What the page says once somebody has asked for the link."""
    page = visitor.post("mail-link/", {"number": number, "mail-to": address})
    return visitor.status, page.one("main").text()


def link_in(sent: django_mail.EmailMessage) -> str:
    """The path of the link that a mail holds."""
    found = re.search(r"http://testserver(/portal/\S+)", str(sent.body))
    assert found is not None
    return found[1]


def test_the_link_opens_the_file_without_the_code(
    visitor: Visitor, outbox: list[django_mail.EmailMessage]
) -> None:
    number, code = given(visitor.complain(**{"f-email": MAIL}))
    status, said = asked(Visitor(visitor.house), number, " LI@Example.com ")
    assert (status, "链接已经在路上" in said) == (200, True)
    (sent,) = outbox
    assert (sent.to, sent.from_email) == ([MAIL], "kesu@example.org")
    assert [one for one in (code, number, "晚了三天", "李女士") if one in f"{sent.subject}{sent.body}"] == []
    other = Visitor(visitor.house)
    answer = other.client.get(link_in(sent), follow=True)
    assert f"您的投诉 {number}" in answer.content.decode()


def test_what_does_not_belong_together_reads_alike_and_sends_nothing(
    visitor: Visitor, outbox: list[django_mail.EmailMessage]
) -> None:
    number, _ = given(visitor.complain(**{"f-email": MAIL}))
    right = asked(Visitor(visitor.house), number, MAIL)
    outbox.clear()
    wrong = [(number, "wang@example.com"), ("TS-2026-9999", MAIL)]
    assert {asked(Visitor(visitor.house), *one) for one in wrong} == {right}
    assert outbox == []


def test_a_file_that_has_no_address_or_whose_code_was_never_given_is_mailed_to_nobody(
    visitor: Visitor, outbox: list[django_mail.EmailMessage]
) -> None:
    number, _ = given(visitor.complain())
    asked(visitor, number, MAIL)
    file = visitor.house.received(email="wang@example.com")
    asked(visitor, CaseRow.objects.get(file=file).label, "wang@example.com")
    assert outbox == []


def test_it_ends_with_the_code_after_a_week_and_in_another_house(
    visitor: Visitor, outbox: list[django_mail.EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    number, _ = given(visitor.complain(**{"f-email": MAIL}))
    asked(visitor, number, MAIL)
    link = link_in(outbox[0])
    other = House("hengjian")
    settled(other, open="yes")
    fresh = Visitor(visitor.house).client
    assert fresh.get(link.replace("/hengce/", "/hengjian/")).status_code == 410
    assert fresh.get(link[:-2] + "xx/").status_code == 410
    assert fresh.get(link).status_code == 302
    real = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: real + 7 * 24 * 3600 + 1)
    assert fresh.get(link).status_code == 410
    monkeypatch.undo()
    file = CaseRow.objects.get(organisation="hengce", label=number).file
    admit("hengce", file, number=number, now=at("2026-03-09 10:21"), anew=True)
    assert Visitor(visitor.house).client.get(link).status_code == 410


def test_asking_on_and_on_is_slow(
    visitor: Visitor, outbox: list[django_mail.EmailMessage], pauses: list[float]
) -> None:
    number, _ = given(visitor.complain(**{"f-email": MAIL}))
    pauses.clear()
    for _ in range(6):
        asked(visitor, number, MAIL)
    assert pauses == [0.0, 0.0, 0.0, 0.0, 0.5, 1.0][: len(pauses)]
    assert pauses[-1] > 0


def test_where_no_mail_is_set_the_page_says_so(visitor: Visitor) -> None:
    assert settings.MAIL is None
    page = visitor.get("mail-link/")
    assert "本机构没有设置发信" in page.text()
    assert page.one("main").all("form") == []
    visitor.post("mail-link/", {"number": "TS-2026-0001", "mail-to": MAIL})
    assert visitor.status == 200
    assert "用邮件找回" in visitor.get("look-up/").text()


def test_less_than_both_is_asked_for_again(visitor: Visitor, outbox: list[django_mail.EmailMessage]) -> None:
    status, said = asked(visitor, "TS-2026-0001", "")
    assert (status, "请填写编号和电子邮箱" in said, outbox) == (422, True, [])


def test_a_server_that_takes_nothing_is_named_in_the_log_and_the_address_is_not(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(settings, "MAIL", mail_of({"KESU_SMTP": "smtp://127.0.0.1:9"}))
    real = mailed_link.post_link
    monkeypatch.setattr("kesu.portal.pages.link.post_link", lambda *given: real(*given).join())
    number, _ = given(visitor.complain(**{"f-email": MAIL}))
    status, _ = asked(visitor, number, MAIL)
    said = " ".join(one.getMessage() for one in caplog.records)
    assert (status, "was not mailed: 127.0.0.1:9" in said, MAIL in said) == (200, True, False)
