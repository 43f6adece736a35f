"""`post/NAME`: who holds a post, in which unit and from when to when, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from kesu.reading.text import Text

from ..models import Holding, StandIn
from ..permissions import APPOINT
from .register import Form, Noted, Register, Row


class PostRegister(Register):
    """Posts are held for a time. A stand-in takes the place of one holder, never of himself, and only for a time."""

    kind = "post"
    by = APPOINT
    forms: ClassVar[Mapping[str, Form]] = {
        "post taken": Form({"person": "person", "unit": "text", "from": "instant"}, {"until": "instant"}),
        "post left": Form({"entry": "number", "until": "instant"}),
        "stand-in named": Form(
            {"person": "person", "behalf": "person", "from": "instant", "until": "instant"}
        ),
        "stand-in ended": Form({"entry": "number", "until": "instant"}),
    }

    def problem(self, *, name: str, before: Sequence[Noted], act: Noted) -> Text | None:
        """Times run forward, an end names what it ends, and a stand-in stands for another who holds the post."""
        if act.step in ("post left", "stand-in ended"):
            return _cannot_end(before, act)
        since, until = act.instant("from"), act.instant("until")
        assert since is not None
        if until is not None and until <= since:
            return Text(zh="结束时间不晚于开始时间", en="it would end before it begins")
        if act.step == "post taken":
            return None
        if act.facts["person"] == act.facts["behalf"]:
            return Text(zh="不能代理自己", en="nobody stands in for himself")
        holds = (row for row in holdings(before) if row["person"] == act.facts["behalf"])
        if not any(row["since"] <= since and (row["until"] is None or row["until"] > since) for row in holds):
            return Text(
                zh="被代理的人那时不任此岗位",
                en="the person stood in for does not hold the post at that time",
            )
        return None

    def rows(self, *, name: str, entries: Sequence[Noted]) -> list[Row]:
        """A row for each time the post was held, and for each time somebody stood in."""
        return [
            *((Holding, {"post": name, **row}) for row in holdings(entries)),
            *((StandIn, {"post": name, **row}) for row in _stand_ins(entries)),
        ]


def holdings(entries: Sequence[Noted]) -> list[dict[str, Any]]:
    """Who held the post from when to when, as it stands after these entries."""
    return _spans(entries, "post taken", ("person", "unit"))


def _stand_ins(entries: Sequence[Noted]) -> list[dict[str, Any]]:
    return _spans(entries, "stand-in named", ("person", "behalf"))


def _spans(entries: Sequence[Noted], step: str, words: tuple[str, ...]) -> list[dict[str, Any]]:
    ended = {entry.facts["entry"]: entry.instant("until") for entry in entries if "entry" in entry.facts}
    return [
        {
            "number": entry.number,
            **{word: entry.facts[word] for word in words},
            "since": entry.instant("from"),
            "until": ended.get(entry.number, entry.instant("until")),
        }
        for entry in entries
        if entry.step == step
    ]


def _cannot_end(before: Sequence[Noted], act: Noted) -> Text | None:
    started = "post taken" if act.step == "post left" else "stand-in named"
    begun = next(
        (entry for entry in before if entry.number == act.facts["entry"] and entry.step == started), None
    )
    if begun is None:
        return Text(zh="没有这一条任职或代理记录", en="there is no such holding or stand-in to end")
    since, until = begun.instant("from"), act.instant("until")
    assert since is not None
    assert until is not None
    return Text(zh="结束时间早于开始时间", en="it would end before it began") if until < since else None


def held(rows: Sequence[dict[str, Any]], at: datetime) -> list[dict[str, Any]]:
    """Those that run at an instant: from inclusive, until exclusive."""
    return [row for row in rows if row["since"] <= at and (row["until"] is None or at < row["until"])]
