"""Time stamps: asked of a real service (openssl), believed when they hold, kept, and looked at again without the network."""

from __future__ import annotations

import json
import socket
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from tests.office.ledger.tampering import tamper, without_triggers
from tests.office.ledger.tsa import Tsa, tsa
from tests.office.ledger.writers import entry, write

from kesu.cli import main as front
from kesu.ledger.accepting import accept
from kesu.ledger.export import checkpoint_file
from kesu.ledger.giving import note_given, nudges
from kesu.ledger.marked import begin_marks, newest_checkpoints
from kesu.ledger.marks import Given, MarksBroken, read_marks
from kesu.ledger.seal import last_checkpoint, seal
from kesu.ledger.stamps import LARGEST, NoStamp, Stamp, asked, certificates, read_stamp
from kesu.ledger.stamps_kept import keep_stamp, stamp_file
from kesu.ledger.verify import verify


@pytest.fixture(scope="module")
def service() -> Iterator[Tsa]:
    with tsa() as made:
        yield made


@pytest.fixture(scope="module")
def foreign() -> Iterator[Tsa]:
    """Another service, for which nobody in the house vouches."""
    with tsa(name="Foreign") as made:
        yield made


@pytest.fixture(autouse=True)
def believed(service: Tsa) -> Iterator[None]:
    """Whom the house believes is the service."""
    settings.TSA_CERTIFICATES.write_bytes(service.root)
    yield
    service.altered, service.status = (lambda answer: answer), 200


def now() -> datetime:
    return datetime.now(UTC)


def refused(service: Tsa, of: bytes = b"a checkpoint", *, clock: datetime | None = None) -> str:
    with pytest.raises(NoStamp) as wrong:
        asked(service.address, of, now=clock or now())
    assert wrong.value.in_("zh") != wrong.value.in_("en")
    return wrong.value.in_("en")


def test_a_service_is_told_a_digest_and_its_answer_tells_the_time(service: Tsa) -> None:
    before = now().replace(microsecond=0)
    stamp = asked(service.address, b"a checkpoint", now=now())
    assert before <= stamp.time <= now()
    assert stamp.by == "CN=Stamps"
    assert b"a checkpoint" not in service.seen[-1]
    assert len(service.seen[-1]) < 100


def test_anybody_with_openssl_finds_that_it_holds(service: Tsa, tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"a checkpoint")
    (tmp_path / "stamp.tsr").write_bytes(asked(service.address, b"a checkpoint", now=now()).content)
    words = ["openssl", "ts", "-verify", "-data", "data", "-in", "stamp.tsr"]
    words += ["-CAfile", str(settings.TSA_CERTIFICATES)]
    assert "OK" in subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True).stdout


def test_an_answer_of_somebody_for_whom_nobody_vouches_is_refused(foreign: Tsa) -> None:
    assert refused(foreign).startswith("the time stamp does not hold (Error while verifying certificates")


def test_an_answer_to_another_question_is_refused(service: Tsa) -> None:
    earlier = asked(service.address, b"a checkpoint", now=now()).content
    service.altered = lambda _: earlier
    assert refused(service) == "the time stamp does not hold (Nonce mismatch)"


def test_an_answer_about_something_else_is_refused(service: Tsa) -> None:
    with pytest.raises(NoStamp, match="Mismatch between messages"):
        read_stamp(
            asked(service.address, b"something else", now=now()).content,
            b"a checkpoint",
            roots=certificates(),
        )


def test_a_certificate_that_is_not_one_for_time_stamps_is_refused() -> None:
    with (
        pytest.raises(subprocess.CalledProcessError),
        tsa(purpose=False) as made,
    ):  # openssl itself signs nothing
        made.answer(b"")
    with tsa(name="Stamps") as made, pytest.raises(NoStamp, match="certificates"):
        asked(made.address, b"a checkpoint", now=now())  # the same name, another key


@pytest.mark.parametrize("apart", [timedelta(hours=-1), timedelta(minutes=2), timedelta(days=366)])
def test_an_answer_that_tells_another_time_than_the_clock_here_is_refused(
    service: Tsa, apart: timedelta
) -> None:
    assert "look at the clock" in refused(service, clock=now() + apart)


def test_a_service_that_grants_nothing_is_quoted() -> None:
    with tsa(digests="sha512") as strict:
        assert refused(strict).startswith("the service of time stamps refused (")


def test_an_answer_that_is_none_is_refused(service: Tsa) -> None:
    for answer in (b"", b"<html>", b"\x30\x80", b"\x30\x03\x02\x01\x00", b"\xff" * 1000):
        service.altered = lambda _, answer=answer: answer  # type: ignore[misc]
        assert refused(service).startswith("the answer is no time stamp")
    service.altered = lambda _: b"\x30" * (LARGEST + 1)
    assert refused(service).endswith("is too long")
    service.status = 500
    assert "did not answer" in refused(service)


def test_whoever_does_not_answer_at_all_is_said_to_be_silent(service: Tsa) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        with pytest.raises(NoStamp, match="did not answer"):
            asked(f"http://127.0.0.1:{nobody.getsockname()[1]}/", b"x", now=now())


def test_no_answer_that_was_altered_makes_anything_but_a_refusal_or_the_same_stamp(service: Tsa) -> None:
    good = asked(service.address, b"a checkpoint", now=now())
    for place in range(0, len(good.content), 5):
        altered = bytearray(good.content)
        altered[place] ^= 1 << place % 8
        try:
            stamp = read_stamp(bytes(altered), b"a checkpoint", roots=certificates())
        except NoStamp:
            continue
        assert (stamp.time, stamp.by) == (good.time, good.by)  # what no signature covers


def test_without_certificates_nothing_is_believed(service: Tsa) -> None:
    settings.TSA_CERTIFICATES.write_text("none")
    assert "no certificates in PEM" in refused(service)
    settings.TSA_CERTIFICATES.unlink()
    assert str(settings.TSA_CERTIFICATES) in refused(service)


# ── Kept


@pytest.fixture
def stamped(fresh_database: None, service: Tsa) -> Stamp:
    """A ledger of which checkpoint 1 has its stamp, and 2 none."""
    begin_marks(now())
    write("case/1", entry("received", minute=0, noted=now()))
    seal("lab", now())
    stamp = give(service)
    write("case/2", entry("received", minute=0, noted=now()))
    seal("lab", now())
    return stamp


def give(service: Tsa) -> Stamp:
    last = last_checkpoint("lab")
    assert last is not None
    stamp = asked(service.address, checkpoint_file(last), now=now())
    keep_stamp(stamp)
    note_given(last.statement, now(), way="time stamp", stamp=stamp.digest)
    return stamp


def found() -> list[tuple[str, int | None]]:
    return [(fault.what, fault.checkpoint) for fault in verify("lab").faults]


def test_verification_looks_at_it_again_without_the_network_and_says_so(
    stamped: Stamp, capsys: pytest.CaptureFixture[str]
) -> None:
    assert stamp_file(stamped.digest).stat().st_mode & 0o777 == 0o600
    (one,) = verify("lab").stamped
    assert (one.statement.number, one.time, one.by) == (1, stamped.time, "CN=Stamps")
    when = f"{stamped.time.astimezone():%Y-%m-%d %H:%M:%S}"
    said = {
        "zh": f"机构 lab：检查点 1 在 {when} 已存在，有 CN=Stamps 签的时间戳",
        "en": f"organisation lab: checkpoint 1 was there at {when}, by a time stamp of CN=Stamps",
    }
    for lang, sentence in said.items():
        assert front.main(["verify", "--lang", lang]) == 0
        assert sentence in capsys.readouterr().out.splitlines()
    assert front.main(["verify", "--json"]) == 0
    assert said in json.loads(capsys.readouterr().out)["notices"]


def test_it_counts_as_given_away(stamped: Stamp) -> None:
    marks = read_marks(settings.LEDGER_MARKS)
    assert nudges(marks, newest_checkpoints("lab")) == []
    assert marks is not None
    line = marks.given["lab"]
    assert (line.number, line.way, line.stamp) == (1, "time stamp", stamped.digest)


@pytest.mark.tampers
def test_one_that_is_gone_or_altered_or_of_a_service_that_nobody_knows_is_named(
    stamped: Stamp, foreign: Tsa
) -> None:
    path = stamp_file(stamped.digest)
    path.rename(path.with_suffix(".away"))
    assert found() == [("stamp gone", 1)]
    path.write_bytes(stamped.content[:-1] + b"x")
    assert found() == [("stamp altered", 1)]
    path.write_bytes(stamped.content)
    assert found() == []
    settings.TSA_CERTIFICATES.write_bytes(foreign.root)
    assert found() == [("stamp", 1)]


@pytest.mark.tampers
def test_a_history_that_was_written_anew_does_not_fit_its_stamp(stamped: Stamp) -> None:
    without_triggers()
    tamper("UPDATE ledger_checkpoint SET signature = %s WHERE number = 1", b"\x00" * 64)
    assert ("stamp", 1) in found()
    tamper("DELETE FROM ledger_checkpoint WHERE number = 1")
    assert ("stamp of nothing", 1) in found()
    (sentence,) = [fault.sentence("zh") for fault in verify("lab").faults if fault.what == "stamp of nothing"]
    assert sentence == f"机构 lab，检查点 1：它在 {now():%Y-%m-%d} 取得过时间戳，数据库里却没有这个检查点"


@pytest.mark.tampers
def test_one_that_is_earlier_than_what_it_is_of_tells_of_a_clock_that_ran_ahead(
    fresh_database: None, service: Tsa
) -> None:
    ahead = now() + timedelta(hours=1)
    begin_marks(ahead)
    write("case/1", entry("received", at=ahead, noted=ahead))
    seal("lab", ahead)
    give(service)
    assert [what for what, _ in found()] == ["stamp early"]


@pytest.mark.tampers
def test_what_was_lost_with_a_backup_that_somebody_accepted_is_not_asked_for_any_more(stamped: Stamp) -> None:
    without_triggers()
    for table in ("ledger_checkpoint", "ledger_leaf", "ledger_entry"):
        tamper(f"DELETE FROM {table}")
    assert ("stamp of nothing", 1) in found()
    accept("lab", "the disk broke", now())
    assert ("stamp of nothing", 1) not in found()


@pytest.mark.tampers
def test_a_line_of_a_way_that_there_is_not_is_no_mark(stamped: Stamp) -> None:
    with settings.LEDGER_MARKS.open("a") as file:
        file.write('{"organisation": "lab", "given": 1, "time": "2025-03-03T01:00:00Z", "way": "by hand"}\n')
    with pytest.raises(MarksBroken):
        read_marks(settings.LEDGER_MARKS)


def test_marks_of_before_that_tell_no_way_were_files(fresh_database: None) -> None:
    begin_marks(now())
    with settings.LEDGER_MARKS.open("a") as file:
        file.write('{"organisation": "lab", "given": 3, "time": "2025-03-03T01:00:00.000000Z"}\n')
    marks = read_marks(settings.LEDGER_MARKS)
    assert marks is not None
    nine = datetime(2025, 3, 3, 1, tzinfo=UTC)
    assert marks.given_by == {("lab", "file"): Given(organisation="lab", number=3, time=nine)}
