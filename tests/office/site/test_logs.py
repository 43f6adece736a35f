"""Every failure leaves a line in the log under the number that its page shows, and nothing of what was typed."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

from tests.office.site.test_site_settings import run

START = """
import django; django.setup()
from kesu.site import translations
translations.compiled()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.test import Client
from kesu.desk.pages import sign_in
browser = Client(raise_request_exception=False, HTTP_HOST="localhost")
"""
FAILING = (
    START
    + """
def broken(*_, **__):
    raise RuntimeError("no such drawer")
sign_in.admitted = broken
answer = browser.post("/sign-in/?secret=in-the-address", {"username": "zhou", "password": "Correct-Horse-9"})
assert answer.status_code == 500, answer.status_code
print(answer.content.decode())
"""
)
NUMBER = re.compile(r"<b>([0-9A-F]{4}-[0-9A-F]{4})</b>")


def test_a_failure_is_logged_under_the_number_that_its_page_shows(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = run(home, FAILING)
    assert done.returncode == 0, done.stderr
    (number,) = NUMBER.findall(done.stdout)
    (line,) = (home / "kesu.log").read_text().splitlines()
    assert line == done.stderr.strip()
    said = json.loads(line)
    assert {key: said[key] for key in ("event", "failure", "level", "logger", "method", "path")} == {
        "event": "Internal Server Error: /sign-in/",
        "failure": number,
        "level": "error",
        "logger": "django.request",
        "method": "POST",
        "path": "/sign-in/",
    }
    assert "RuntimeError: no such drawer" in said["exception"]
    assert "Correct-Horse-9" not in line + done.stdout
    assert "in-the-address" not in line
    assert stat.S_IMODE((home / "kesu.log").stat().st_mode) == 0o600


def test_where_not_even_the_page_of_the_failure_can_be_made_its_number_is_shown_and_logged(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    code = FAILING.replace("def broken", "from kesu.desk.frame import errors\ndef broken").replace(
        "sign_in.admitted =", "errors.render = sign_in.admitted ="
    )
    done = run(home, code)
    assert done.returncode == 0, done.stderr
    numbers = set(re.findall(r"[0-9A-F]{4}-[0-9A-F]{4}", done.stdout))
    lines = [json.loads(line) for line in (home / "kesu.log").read_text().splitlines()]
    assert len(numbers) == 1
    assert [line["event"].partition(" failed itself")[0] for line in lines] == [
        f"the page that tells of failure {next(iter(numbers))}",
        "Internal Server Error: /sign-in/",
    ]


def test_what_strangers_cause_by_the_thousand_is_not_logged(tmp_path: Path) -> None:
    code = (
        START
        + """
assert browser.get("/nowhere/").status_code == 404
assert browser.get("/", HTTP_HOST="elsewhere.example").status_code == 400
assert browser.get("/sign-out/").status_code == 405
"""
    )
    done = run(tmp_path / "home", code)
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "home" / "kesu.log").exists()


def test_the_log_is_rotated_and_a_loop_that_fails_stands_in_it(tmp_path: Path) -> None:
    code = (
        START
        + """
from kesu.site import loops, logs
from django.utils import timezone
def broken(now):
    raise RuntimeError("\\ud800 not Unicode")
loops.turn(now=timezone.now(), loops={"seal": broken})
import logging
for _ in range(40):
    logging.getLogger("kesu").error("x" * 1_000_000)
"""
    )
    done = run(tmp_path / "home", code)
    assert done.returncode == 0, done.stderr[-500:]
    logs = sorted(path.name for path in (tmp_path / "home").glob("kesu.log*"))
    assert logs == ["kesu.log", *(f"kesu.log.{number}" for number in range(1, 6))]
    first = json.loads(done.stderr.splitlines()[0])
    assert first["event"] == "the loop “seal” failed; it is tried again in 20 seconds"
    assert "RuntimeError" in first["exception"]
