"""`kesu clock`: how the clock stands, and a correction by two persons, each with his own password."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.office.caseload.office import CHINA, Office
from tests.office.caseload.test_commands import told
from tests.office.ledger.moved_clock import MovedClock, moved_clock

from kesu.caseload.acting.clock import clock
from kesu.cli.main import main
from kesu.ledger.corrections import FILE, read_corrections
from kesu.ledger.read import entries_of
from kesu.ledger.seal import seal
from kesu.people.models import User

PASSWORDS = {"qin": "eine alte Taschenuhr", "gu": "eine neue Armbanduhr"}


@pytest.fixture
def moved(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MovedClock]:
    """A clock to set; two persons who can sign in, one of them the administrator."""
    admin = User.objects.get(username="admin@hengce")
    admin.username = "qin"
    admin.set_password(PASSWORDS["qin"])
    admin.save()
    other = User.objects.create_user(username="gu", name="顾明", password=PASSWORDS["gu"])
    office.note("person/p-gu", "sign in given", {"sign in": other.pk}, now=datetime.now(UTC))
    with moved_clock(monkeypatch, tmp_path) as moved:
        yield moved


def watch(off: timedelta = timedelta(0)) -> str:
    return f"{(datetime.now(UTC) + off).astimezone(CHINA):%Y-%m-%d %H:%M}"


def correct(monkeypatch: pytest.MonkeyPatch, by: str, *more: str, password: str | None = None) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO((password or PASSWORDS[by]) + "\n"))
    told_by = ["--correct", "--organisation", "hengce", "--by", by, "--watch", watch()]
    return main(["--lang", "en", "clock", *told_by, *more])


def test_a_clock_that_nothing_contradicts_is_said_to_be_so(
    moved: MovedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", "zh", "clock", "--organisation", "hengce"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "没有可疑之处，照常记录。"
    assert main(["clock", "--json"]) == 0
    said = told("clock", capsys)
    assert [one["organisation"] for one in said["organisations"]] == ["hengce", "hengce-2"]
    assert {(one["contradicted"], one["written_ahead"], one["waits"]) for one in said["organisations"]} == {
        (None, None, False)
    }


def test_two_persons_correct_it_by_command(
    office: Office, moved: MovedClock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    office.accepted(now)  # type: ignore[arg-type]
    clock(now=now + timedelta(days=400), organisation="hengce")
    seal("hengce", now + timedelta(days=400))
    assert main(["--lang", "en", "clock", "--organisation", "hengce"]) == 1
    assert "which is still to come; it goes on once the clock was corrected" in capsys.readouterr().out
    assert correct(monkeypatch, "qin", "--reason", "the battery was empty") == 1
    assert "a correction waits for a second person (the battery was empty)" in capsys.readouterr().out
    assert correct(monkeypatch, "qin") == 2
    assert "another person has to confirm it in a sign-in of his own" in capsys.readouterr().err
    assert correct(monkeypatch, "gu") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Nothing contradicts it; it is written by."
    (one,) = read_corrections("hengce")
    assert (one.by, one.reason) == ("p-gu", "the battery was empty")
    assert {entry.medium.split(",")[0] for entry in entries_of("hengce", FILE)} == {"command line"}
    assert main(["clock", "--json", "--organisation", "hengce"]) == 0
    (said,) = told("clock", capsys)["organisations"]
    assert [made["reason"] for made in said["corrections"]] == ["the battery was empty"]
    assert main(["--lang", "en", "verify", "--organisation", "hengce"]) == 0
    assert (
        "the server's clock was corrected, proposed by 秦管 and confirmed by gu of hengce"
        in capsys.readouterr().out
    )


def test_a_clock_that_was_set_is_told_with_what_to_do(
    moved: MovedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["clock"])
    capsys.readouterr()
    moved.off = timedelta(hours=3)
    assert main(["--lang", "en", "clock"]) == 1
    said = capsys.readouterr().out
    assert "it was put forward; until then nothing is written or sealed." in said
    assert main(["clock", "--json", "--organisation", "hengce"]) == 1
    assert told("clock", capsys)["organisations"][0]["contradicted"]["what"] == "ahead"


def test_a_command_that_writes_stops_and_says_so(
    moved: MovedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["clock"])
    capsys.readouterr()
    moved.off = timedelta(hours=-3)
    assert main(["--lang", "en", "checkpoint", "--organisation", "hengce"]) == 2
    assert "it was put back; until then nothing is written or sealed." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--correct"], "--correct wants --organisation, --by and --watch"),
        (["--organisation", "nobody"], "the ledger knows no organisation “nobody”"),
    ],
)
def test_wrong_use_is_told(
    moved: MovedClock, capsys: pytest.CaptureFixture[str], more: list[str], said: str
) -> None:
    assert main(["--lang", "en", "clock", *more]) == 2
    assert said in capsys.readouterr().err


def test_a_wrong_password_and_a_watch_without_a_year_correct_nothing(
    office: Office, moved: MovedClock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moved.another_process()
    main(["clock"])
    moved.off = timedelta(hours=3)
    assert correct(monkeypatch, "qin", "--reason", "x y z", password="falsch") == 2
    assert "the sign-in or the password is wrong" in capsys.readouterr().err
    told_by = [
        "--organisation",
        "hengce",
        "--by",
        "qin",
        "--watch",
        "17:05",
        "--reason",
        "the battery was empty",
    ]
    assert main(["--lang", "en", "clock", "--correct", *told_by]) == 2
    assert "“17:05” is no time with its year" in capsys.readouterr().err
    assert entries_of("hengce", FILE) == []
