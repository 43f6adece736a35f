"""Checkpoints that leave by themselves: a real mail server and a real service of time stamps get them, on time, and nothing else."""

from __future__ import annotations

import email
import email.policy
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from django.conf import settings
from django.db import connections
from tests.office.ledger.tsa import Tsa, tsa
from tests.office.ledger.writers import entry, write

from kesu.cli import main as front
from kesu.ledger.clock_doubt import ClockInDoubt, Doubt
from kesu.ledger.export import export_ledger
from kesu.ledger.marked import begin_marks
from kesu.ledger.marks import read_marks
from kesu.ledger.offline.kesu_verify import main as verifier
from kesu.ledger.seal import seal
from kesu.site import loops
from kesu.upkeep.giving_away import AGAIN, Outcome, failures, give_due, ways
from kesu.upkeep.mail import Mail, NotSent, mail_of, send, web_address

SECRET = "张三的电话"  # stands in an entry


@dataclass
class Post:
    """A server for mail: what it took; with `refuses` it takes nothing."""

    taken: list[Envelope] = field(default_factory=list)
    refuses: str = ""
    port: int = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refuses:
            return self.refuses
        self.taken.append(envelope)
        return "250 taken"

    @property
    def letters(self) -> list[EmailMessage]:
        return [email.message_from_bytes(one.content, policy=email.policy.default) for one in self.taken]  # type: ignore[misc, arg-type]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


@contextmanager
def post() -> Iterator[Post]:
    server = Post()
    server.port = free_port()
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    with post() as server:
        environ = {"KESU_SMTP": f"smtp://127.0.0.1:{server.port}", "KESU_MARKS_TO": "audit@example.org"}
        monkeypatch.setattr(settings, "MAIL", mail_of({**environ, "KESU_MAIL_FROM": "kesu@example.org"}))
        yield server


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tsa]:
    with tsa() as made:
        settings.TSA_CERTIFICATES.write_bytes(made.root)
        monkeypatch.setattr(settings, "TSA", made.address)
        yield made


@pytest.fixture(autouse=True)
def nothing_failed() -> Iterator[None]:
    yield
    settings.GIVING_FAILED.unlink(missing_ok=True)


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def sealed(fresh_database: None) -> datetime:
    """A ledger with one checkpoint; when that was."""
    begin_marks(now())
    return more("case/1")


def more(file: str, at: datetime | None = None) -> datetime:
    when = at or now()
    write(file, entry("received", at=when, noted=when, personal={"name": SECRET}))
    seal("lab", when)
    return when


def went(outcomes: list[Outcome]) -> list[tuple[str, int, bool]]:
    return [(one.way, one.number, one.failed is None) for one in outcomes]


def test_a_letter_brings_the_checkpoint_with_its_digest_and_nothing_of_a_case(
    sealed: datetime, mail: Post, tmp_path: Path
) -> None:
    assert went(give_due(sealed)) == [("mail", 1, True)]
    (letter,) = mail.letters
    assert (letter["From"], letter["To"]) == ("kesu@example.org", "audit@example.org")
    assert letter["Subject"] == "Kesu 客诉：lab 检查点 checkpoint 1"
    (attached,) = letter.iter_attachments()
    assert attached.get_filename() == "checkpoint-lab-1.json"
    content = attached.get_content()
    body = letter.get_body()
    assert body is not None
    assert f"SHA-256  {sha256(content).hexdigest()}  checkpoint-lab-1.json" in body.get_content()
    raw = mail.taken[0].content
    assert isinstance(raw, bytes)
    assert SECRET.encode() not in raw
    assert SECRET not in body.get_content()
    assert "case/1" not in body.get_content() + content.decode()
    (tmp_path / "kept.json").write_bytes(content)
    with (tmp_path / "all.jsonl").open("wb") as to:
        export_ledger(organisation="lab", to=to)
    assert verifier([str(tmp_path / "all.jsonl"), "--checkpoint", str(tmp_path / "kept.json")]) == 0


def test_each_way_has_its_own_time_and_nothing_goes_twice(sealed: datetime, mail: Post, service: Tsa) -> None:
    assert went(give_due(sealed)) == [("time stamp", 1, True), ("mail", 1, True)]
    assert give_due(sealed + timedelta(days=30)) == []  # nothing was sealed since
    more("case/2")
    assert give_due(now() + timedelta(hours=1)) == []
    marks = read_marks(settings.LEDGER_MARKS)
    assert marks is not None
    assert {way: line.number for (_, way), line in marks.given_by.items()} == {"time stamp": 1, "mail": 1}
    assert went(give_due(now() + timedelta(days=8))) == [("time stamp", 2, False), ("mail", 2, True)]
    assert [[one.get_filename() for one in letter.iter_attachments()] for letter in mail.letters] == [
        ["checkpoint-lab-1.json", "checkpoint-lab-1.tsr"],
        ["checkpoint-lab-2.json"],
    ]


def test_what_does_not_go_out_is_logged_said_and_tried_again_in_an_hour(
    sealed: datetime, mail: Post, caplog: pytest.LogCaptureFixture
) -> None:
    mail.refuses = "554 not here"
    assert went(give_due(sealed)) == [("mail", 1, False)]
    (failed,) = failures("lab")
    assert failed.failed is not None
    assert failed.failed.en == f"the mail was not sent (127.0.0.1:{mail.port}: (554, b'not here'))"
    assert failed.failed.en in caplog.text
    assert failures("lab-2") == []
    mail.refuses = ""
    assert give_due(sealed + AGAIN - timedelta(minutes=1)) == []
    assert went(give_due(sealed + AGAIN)) == [("mail", 1, True)]
    assert failures("lab") == []


def alone(does: Callable[[], object]) -> None:
    """In a thread, which leaves no connection behind."""
    try:
        does()
    finally:
        connections.close_all()


def test_of_two_processes_one_gives_it_away(sealed: datetime, mail: Post) -> None:
    answers: list[list[Outcome]] = []
    threads = [
        threading.Thread(target=alone, args=(lambda: answers.append(give_due(sealed)),)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(went, answers)) == [[], [], [], [("mail", 1, True)]]
    assert len(mail.letters) == 1


def test_sealing_waits_for_no_server_that_is_silent(
    sealed: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        monkeypatch.setattr(settings, "TSA", f"http://{address}/")
        settings.TSA_CERTIFICATES.write_bytes(b"")
        assert went(give_due(sealed)) == [("time stamp", 1, False)]  # nobody to believe: not even asked
        monkeypatch.setattr("kesu.upkeep.mail.TIMEOUT", 0.5)
        environ = {"KESU_SMTP": f"smtp://{address}", "KESU_MARKS_TO": "a@example.org"}
        monkeypatch.setattr(settings, "MAIL", mail_of(environ))
        turn = partial(loops.turn, now=now(), loops=loops.OUTSIDE)
        giving = threading.Thread(target=alone, args=(turn,))
        giving.start()
        assert "give away" not in loops.LOOPS
        more("case/2")
        giving.join()
    (_, failed) = failures("lab")
    assert failed.failed is not None
    assert "timed out" in failed.failed.en


def test_with_a_clock_in_doubt_nothing_is_given_away(
    sealed: datetime, mail: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def doubtful(now: datetime) -> None:
        raise ClockInDoubt(Doubt(what="ahead", clock=now, expected=now - timedelta(days=1)))

    monkeypatch.setattr(loops, "require_clock", doubtful)
    assert loops.turn(now=now(), loops={"give away": loops.by_a_right_clock(give_due)}) == ["give away"]
    assert mail.letters == []


def test_where_nothing_is_set_nothing_is_done(sealed: datetime) -> None:
    assert give_due(sealed) == []


def test_the_command_gives_away_at_once_and_says_what_came_of_it(
    sealed: datetime, mail: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["checkpoint", "--organisation", "lab", "--give"]
    assert front.main([*words, "--lang", "zh"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "检查点 1 已交出（邮件）"
    mail.refuses = "554 not here"
    assert front.main([*words, "--json"]) == 1
    (given,) = json.loads(capsys.readouterr().out)["given"]
    assert given["way"] == "mail"
    assert "554" in given["failed"]["en"]


def test_the_command_refuses_where_no_way_is_set(
    sealed: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    assert front.main(["checkpoint", "--organisation", "lab", "--give", "--lang", "en"]) == 2
    assert "no way is set: mail wants KESU_SMTP" in capsys.readouterr().err


# ── The settings

TO = {"KESU_MARKS_TO": "a@example.org, b@example.org"}


@pytest.mark.parametrize(
    ("address", "host", "port", "user", "password", "tls"),
    [
        ("smtp://mail.example.org", "mail.example.org", 587, "", "", "starttls"),
        ("smtp://kesu:p%40ss@mail.example.org:2525", "mail.example.org", 2525, "kesu", "p@ss", "starttls"),
        ("smtps://kesu:x@mail.example.org", "mail.example.org", 465, "kesu", "x", "smtps"),
        ("smtp://localhost:25", "localhost", 25, "", "", ""),
        ("smtp://[::1]", "::1", 587, "", "", ""),
    ],
)
def test_a_line_to_another_machine_is_always_encrypted(
    address: str, host: str, port: int, user: str, password: str, tls: str
) -> None:
    assert mail_of({**TO, "KESU_SMTP": address, "KESU_HOSTS": "c.example.org"}) == Mail(
        host=host,
        port=port,
        user=user,
        password=password,
        tls=tls,
        sender="kesu@c.example.org",
        to=("a@example.org", "b@example.org"),
    )


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        (TO, "KESU_SMTP has to say by which server"),
        ({**TO, "KESU_SMTP": "http://user:secret@h"}, "KESU_SMTP has to be smtp://"),
        ({**TO, "KESU_SMTP": "smtp://user:secret@h:port"}, "KESU_SMTP has to be smtp://"),
        ({**TO, "KESU_SMTP": "smtp://user:secret@"}, "KESU_SMTP has to be smtp://"),
        ({"KESU_SMTP": "smtp://h", "KESU_MARKS_TO": "somebody"}, "“somebody” is no address for mail"),
        ({"KESU_SMTP": "smtp://h", "KESU_MARKS_TO": "a@b\nBcc: c@d"}, "is no address for mail"),
    ],
)
def test_what_cannot_be_meant_is_refused_without_saying_the_password(
    environ: dict[str, str], said: str
) -> None:
    with pytest.raises(ValueError, match=said) as wrong:
        mail_of(environ)
    assert "secret" not in str(wrong.value)


def test_no_mail_is_asked_for_where_nothing_is_said() -> None:
    assert mail_of({}) is None


def test_a_server_alone_sends_links_and_no_checkpoints(monkeypatch: pytest.MonkeyPatch) -> None:
    mail = mail_of({"KESU_SMTP": "smtp://127.0.0.1:9"})
    assert mail is not None
    assert mail.to == ()
    monkeypatch.setattr(settings, "MAIL", mail)
    assert "mail" not in ways()


def test_a_service_of_time_stamps_is_asked_over_the_web_only() -> None:
    assert [web_address(one) for one in ("", "http://tsa.example.org/tsr")] == [
        "",
        "http://tsa.example.org/tsr",
    ]
    for wrong in ("file:///etc/passwd", "tsa.example.org", "https://"):
        with pytest.raises(ValueError, match="KESU_TSA"):
            web_address(wrong)


def test_a_server_that_encrypts_nothing_gets_no_password() -> None:
    seen: list[LoginPassword] = []

    def authenticator(
        server: SMTP, session: Session, envelope: Envelope, kind: str, data: LoginPassword
    ) -> AuthResult:
        seen.append(data)
        return AuthResult(success=True)

    server, port = Post(), free_port()
    controller = Controller(
        server, hostname="127.0.0.1", port=port, authenticator=authenticator, auth_require_tls=False
    )
    controller.start()
    asked = Mail(
        host="127.0.0.1", port=port, user="u", password="p", tls="starttls", sender="a@b.c", to=("d@e.f",)
    )
    try:
        with pytest.raises(NotSent, match="STARTTLS"):
            send(asked, subject="s", text="t", attached=[])
    finally:
        controller.stop()
    assert (seen, server.taken) == ([], [])
