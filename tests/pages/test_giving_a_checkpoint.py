"""A checkpoint is taken from the ledger's page, as a file or on a sheet with a code; that it was given away is written down."""

from __future__ import annotations

import json

import pytest
import segno
from django.conf import settings
from django.test import Client
from tests.pages.conftest import Clock
from tests.pages.desk import Desk

from kesu.ledger.export import checkpoint_line
from kesu.ledger.marked import begin_marks
from kesu.ledger.marks import read_marks
from kesu.ledger.seal import last_checkpoint, seal
from kesu.upkeep.giving_away import give_due
from kesu.upkeep.mail import mail_of

GIVE = "/ledger/checkpoint/"
NUDGE = "还没有把检查点交给别人保存"


@pytest.fixture
def sealed(desk: Desk, clock: Clock) -> str:
    """A complaint was received and sealed; the checkpoint, as it stands in a file."""
    begin_marks(clock.now)
    desk.house.received()
    seal("hengce", clock.now)
    last = last_checkpoint("hengce")
    assert last is not None
    return json.dumps(checkpoint_line(last), separators=(",", ":"))


def given() -> int | None:
    marks = read_marks(settings.LEDGER_MARKS)
    assert marks is not None
    return marks.given["hengce"].number if "hengce" in marks.given else None


def test_it_is_taken_as_a_file_and_nobody_is_asked_for_it_any_more(desk: Desk, sealed: str) -> None:
    mine = desk.as_("周小雨")
    assert NUDGE in mine.get("/ledger/").text()
    answer = mine.client.post(GIVE, {"as": "file"})
    assert (answer.content.decode(), given()) == (sealed + "\n", 1)
    assert answer["Content-Disposition"] == 'attachment; filename="checkpoint-hengce-1.json"'
    assert NUDGE not in mine.get("/ledger/").text()


def test_a_sheet_of_paper_holds_all_of_it_in_a_code(desk: Desk, sealed: str) -> None:
    answer = desk.as_("周小雨").client.post(GIVE, {"as": "paper"})
    code = segno.make_qr(sealed, error="l").svg_inline(scale=3, border=4)
    assert (code in answer.content.decode(), given()) == (True, 1)
    assert json.loads(sealed)["checkpoint"] == 1


def test_whoever_only_looks_or_has_nothing_to_take_gives_nothing_away(desk: Desk, clock: Clock) -> None:
    begin_marks(clock.now)
    mine = desk.as_("周小雨").client
    for answer in (mine.get(GIVE), mine.post(GIVE, {"as": "file"})):
        assert (answer.status_code, answer["Location"], given()) == (302, "/ledger/", None)


@pytest.mark.parametrize(("is_given", "value"), [(False, "+Inf"), (True, "0.0")])
def test_whoever_watches_over_the_server_sees_how_long_ago_that_was(
    desk: Desk, sealed: str, settings: object, is_given: bool, value: str
) -> None:
    settings.METRICS_TOKEN = "ein langes Wort"  # type: ignore[attr-defined]
    if is_given:
        desk.as_("周小雨").client.post(GIVE, {"as": "file"})
    told = Client().get("/metrics", HTTP_AUTHORIZATION="Bearer ein langes Wort").content.decode()
    assert f'kesu_checkpoint_given_seconds{{organisation="hengce"}} {value}' in told.splitlines()


def test_the_page_says_what_was_given_when_and_what_did_not_go_out(
    desk: Desk, sealed: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = desk.as_("周小雨")
    mine.client.post(GIVE, {"as": "file"})
    nobody = mail_of({"KESU_SMTP": "smtp://127.0.0.1:9", "KESU_MARKS_TO": "a@example.org"})
    monkeypatch.setattr(settings, "MAIL", nobody)
    try:
        give_due(clock.now)
        said = mine.get("/ledger/").text()
        when = f"{clock.now.astimezone():%Y-%m-%d %H:%M}"
        assert f"最近交出（文件或纸面）：检查点 1，{when}" in said
        assert f"检查点 1 没有交出（邮件，{when}）：邮件没有发出（127.0.0.1:9: [Errno 111]" in said
        assert "服务运行时 1 小时后再试" in said
    finally:
        settings.GIVING_FAILED.unlink()
    assert "没有交出" not in mine.get("/ledger/").text()
