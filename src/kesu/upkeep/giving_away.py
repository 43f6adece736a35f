"""Checkpoints that leave by themselves: by mail, and as a digest to a service of time stamps, each where it is set.

It follows the sealer and never holds it up: a thread of its own looks once a minute what is due. What went out is a line of the
marks; what did not is logged, stands in a file beside them (`giving-failed`) until it goes, and is tried again in an hour.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from kesu.ledger.checkpoint import Statement, fingerprint
from kesu.ledger.export import checkpoint_file
from kesu.ledger.giving import note_given
from kesu.ledger.marked import marks_path, newest_checkpoints
from kesu.ledger.marks import Marks, Way, read_marks
from kesu.ledger.seal import Last, last_checkpoint
from kesu.ledger.stamps import NoStamp, asked
from kesu.ledger.stamps_kept import keep_stamp, stamp_file
from kesu.reading.text import Text
from kesu.upkeep.mail import Attached, NotSent, send

AGAIN: Final = timedelta(hours=1)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """That a checkpoint was given away, or what hindered it."""

    organisation: str
    number: int
    way: Way
    time: datetime
    failed: Text | None = None


def ways() -> dict[Way, timedelta]:
    """Which ways are set, in the order in which they are taken, and how long to wait between two of one."""
    stamp: dict[Way, timedelta] = {"time stamp": settings.TSA_EVERY} if settings.TSA else {}
    return stamp | ({"mail": settings.MARKS_EVERY} if settings.MAIL and settings.MAIL.to else {})


def give_due(now: datetime) -> list[Outcome]:
    """What was sealed since it was last given away, by each way whose time has come. Of several processes one does it.

    Raises MarksBroken, KeyFileOpen and CheckpointBroken.
    """
    if not ways():
        return []
    with _alone() as alone:
        return list(_all_due(now)) if alone else []


def give_now(organisation: str, now: datetime) -> list[Outcome]:
    """The newest checkpoint by every way that is set, whenever it was last given. Raises what `give_due` raises."""
    last = last_checkpoint(organisation)
    if last is None:
        return []
    with _alone(wait=True):
        return [_tried(last, way, now) for way in ways()]


def failures(organisation: str) -> list[Outcome]:
    """What did not go out and has not gone since; none where nobody can read what stands there."""
    found = _failed()
    return [one for one in found.values() if one.organisation == organisation]


def _all_due(now: datetime) -> Iterator[Outcome]:
    marks, failed = read_marks(marks_path()), _failed()
    for statement in newest_checkpoints(None) if marks else ():
        for way, every in ways().items():
            if marks and _is_due(statement, way, every, now, marks, failed):
                last = last_checkpoint(statement.organisation)
                if last is not None:
                    yield _tried(last, way, now)


def _is_due(
    newest: Statement,
    way: Way,
    every: timedelta,
    now: datetime,
    marks: Marks,
    failed: dict[tuple[str, str], Outcome],
) -> bool:
    before = marks.given_by.get((newest.organisation, way))
    if before and (before.number == newest.number or abs(now - before.time) < every):
        return False
    failure = failed.get((newest.organisation, way))
    return failure is None or abs(now - failure.time) >= AGAIN


def _tried(last: Last, way: Way, now: datetime) -> Outcome:
    statement = last.statement
    why = None
    try:
        _GIVES[way](last, now)
    except NoStamp as wrong:
        why = wrong.text
    except NotSent as wrong:
        why = Text(f"邮件没有发出（{wrong}）", f"the mail was not sent ({wrong})")
    except OSError as wrong:
        why = Text(f"读不出或写不下（{wrong}）", f"a file cannot be read or written ({wrong})")
    if why:
        log.error(
            "checkpoint %s of %s was not given away by %s: %s",
            statement.number,
            statement.organisation,
            way,
            why.en,
        )
    done = Outcome(
        organisation=statement.organisation, number=statement.number, way=way, time=now, failed=why
    )
    _write_failed({**_failed(), (done.organisation, way): done})
    return done


def _stamped(last: Last, now: datetime) -> None:
    stamp = asked(settings.TSA, checkpoint_file(last), now=now)
    keep_stamp(stamp)
    note_given(last.statement, now, way="time stamp", stamp=stamp.digest)


def _mailed(last: Last, now: datetime) -> None:
    mail, statement, content = settings.MAIL, last.statement, checkpoint_file(last)
    assert mail is not None, "this way is set"
    name = f"checkpoint-{statement.organisation}-{statement.number}"
    attached = [Attached(f"{name}.json", content, "application/json")]
    marks = read_marks(marks_path())
    stamp = marks.given_by.get((statement.organisation, "time stamp")) if marks else None
    if stamp and stamp.number == statement.number and stamp.stamp:
        reply = stamp_file(stamp.stamp).read_bytes()
        attached.append(Attached(f"{name}.tsr", reply, "application/timestamp-reply"))
    subject = f"Kesu 客诉：{statement.organisation} 检查点 checkpoint {statement.number}"
    send(mail, subject=subject, text=_letter(statement, content, attached), attached=attached)
    note_given(statement, now, way="mail")


_GIVES: Final[dict[Way, Callable[[Last, datetime], None]]] = {"time stamp": _stamped, "mail": _mailed}


def _letter(statement: Statement, content: bytes, attached: list[Attached]) -> str:
    """What it is and what to do with it. Nothing of any case stands in it, nor in what is attached: digests and counts."""
    file = attached[0].name
    facts = (
        f"SHA-256  {sha256(content).hexdigest()}  {file}\n"
        f"root 树根  {statement.root}\n"
        f"key 公钥指纹  {fingerprint(statement.key)}\n"
        f"time 时间  {statement.time.isoformat()}"
    )
    stamp = len(attached) > 1
    zh = (
        f"附件是机构 {statement.organisation} 台账的检查点 {statement.number}，涵盖前 {statement.size} 条记录。"
        "请把附件保存在那台服务器以外的地方，不要改动。以后有人出示台账的导出文件时，用它核对历史有没有被改写：\n"
        f"python3 kesu_verify.py 导出文件 --checkpoint {file}"
    )
    en = (
        f"Attached is checkpoint {statement.number} of the ledger of {statement.organisation}, over its first {statement.size}"
        " entries. Keep it as it is, away from that server. Whoever shows you an export of the ledger later shows with it whether"
        f" the past was rewritten:\npython3 kesu_verify.py EXPORT --checkpoint {file}"
    )
    if stamp:
        zh += "\n另附时间戳（.tsr），可用 openssl ts -verify 核对。"
        en += "\nWith it comes a time stamp (.tsr), which openssl ts -verify checks."
    return f"{zh}\n\n{en}\n\n{facts}\n"


@contextmanager
def _alone(*, wait: bool = False) -> Iterator[bool]:
    """Whether no other process of this home gives anything away meanwhile."""
    handle = os.open(settings.GIVING_FAILED.with_suffix(".lock"), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(handle)


def _failed() -> dict[tuple[str, str], Outcome]:
    """What stands in the file; what cannot be read there is as if it were not there: it is tried again a little early."""
    try:
        return {
            (one.organisation, one.way): one
            for one in map(_outcome, json.loads(settings.GIVING_FAILED.read_bytes()))
        }
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _outcome(line: Any) -> Outcome:
    return Outcome(
        organisation=line["organisation"],
        number=line["number"],
        way=line["way"],
        time=datetime.fromisoformat(line["time"]),
        failed=Text(line["zh"], line["en"]),
    )


def _write_failed(outcomes: dict[tuple[str, str], Outcome]) -> None:
    lines = [
        {
            "organisation": one.organisation,
            "number": one.number,
            "way": one.way,
            "time": one.time.isoformat(),
            "zh": one.failed.zh,
            "en": one.failed.en,
        }
        for one in outcomes.values()
        if one.failed
    ]
    draft: Path = settings.GIVING_FAILED.with_suffix(".draft")
    draft.write_text(json.dumps(lines, ensure_ascii=False), encoding="utf-8")
    draft.chmod(0o600)
    draft.replace(settings.GIVING_FAILED)
