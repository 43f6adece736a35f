"""Checkpoints that were given away: the one thing that helps against the host's owner, and a word when the last is old."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from kesu.ledger.checkpoint import Statement
from kesu.ledger.marked import marks_path
from kesu.ledger.marks import Given, Marks, Way, add, read_marks
from kesu.reading.text import Text

OLD = timedelta(days=31)


def note_given(statement: Statement, now: datetime, *, way: Way = "file", stamp: str | None = None) -> None:
    """Writes down that a checkpoint was given away; nothing where no marks are kept. Raises MarksBroken and KeyFileOpen."""
    if read_marks(marks_path()) is not None:
        number = statement.number
        add(
            marks_path(),
            Given(organisation=statement.organisation, number=number, time=now, way=way, stamp=stamp),
        )


def since_given(marks: Marks | None, newest: Iterable[Statement], now: datetime) -> dict[str, float]:
    """For each organisation that sealed something, the seconds since a checkpoint was given away; infinite: never."""
    given = marks.given if marks else {}
    return {
        one.organisation: (now - given[one.organisation].time).total_seconds()
        if one.organisation in given
        else float("inf")
        for one in newest
    }


def nudges(marks: Marks | None, newest: Iterable[Statement]) -> list[Text]:
    """For each organisation that sealed something since, when its last checkpoint was given away, if that is a month ago."""
    return [
        nudge
        for statement in newest
        if marks and (nudge := _nudge(marks.given.get(statement.organisation), statement))
    ]


def _nudge(given: Given | None, newest: Statement) -> Text | None:
    todo = f"kesu checkpoint --organisation {newest.organisation} --out FILE"
    if given is None:
        return Text(
            f"机构 {newest.organisation}：还没有把检查点交给别人保存；主机的主人若改写台账，只有它能看出来：{todo}",
            f"organisation {newest.organisation}: no checkpoint was given away yet; only one that somebody else keeps shows what"
            f" the owner of this host rewrites: {todo}",
        )
    if newest.time - given.time <= OLD:
        return None
    return Text(
        f"机构 {newest.organisation}：最近一次交出的是 {given.time:%Y-%m-%d} 的检查点 {given.number}，请再交出一个：{todo}",
        f"organisation {newest.organisation}: the last checkpoint given away is {given.number}, on {given.time:%Y-%m-%d}; give"
        f" away another one: {todo}",
    )
