"""`clock/main`: what people said of the server's clock. Two of them correct it, each in a sign-in of his own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import ClassVar, Final

from kesu.reading.text import Text

from ..permissions import CONFIRM_CLOCK, CORRECT_CLOCK, Permission
from .register import Form, Noted, Register, Row

PROPOSED: Final = "clock correction proposed"  # the ledger reads these two under the same names
CORRECTED: Final = "clock corrected"
OWN_WATCH: Final = timedelta(minutes=5)  # as near as people read a watch and send a page


class ClockRegister(Register):
    """An administrator says that the clock is right now, and why it was not; another person says so too.

    Both type what their own watch shows, so that nobody says it without having looked.
    """

    kind = "clock"
    by = CORRECT_CLOCK
    forms: ClassVar[Mapping[str, Form]] = {
        PROPOSED: Form({"reason": "reason", "watch": "instant"}),
        CORRECTED: Form({"entry": "number", "watch": "instant", "until": "instant", "checkpoint": "number"}),
    }

    def permission(self, step: str) -> Permission:
        """The second person may be anybody of the house."""
        return CONFIRM_CLOCK if step == CORRECTED else self.by

    def problem(self, *, name: str, before: Sequence[Noted], act: Noted) -> Text | None:
        """The watch agrees with the clock, and the second is another than the first."""
        watch = act.instant("watch")
        if watch is None or abs(watch - act.noted) > OWN_WATCH:
            return Text(
                zh="手表的时间和服务器的时钟差了五分钟以上：服务器的时钟还不对，请先让管理服务器的人校准",
                en="the watch and the server's clock are more than five minutes apart: the clock is still wrong, and whoever"
                " runs the server has to set it right first",
            )
        if act.step == PROPOSED:
            return None
        open_one = open_proposal(before)
        if open_one is None or open_one.number != act.facts["entry"]:
            return Text(
                zh="没有等待确认的更正，或已另有一条；请重新打开本页",
                en="no correction waits to be confirmed, or another one does; open the page again",
            )
        if open_one.by == act.by:
            return Text(
                zh="更正是你自己提出的，要由另一个人用他自己的登录确认",
                en="you proposed it yourself; another person has to confirm it in a sign-in of his own",
            )
        return None

    def rows(self, *, name: str, entries: Sequence[Noted]) -> list[Row]:
        """None: whoever asks reads the file."""
        return []


def open_proposal(entries: Sequence[Noted]) -> Noted | None:
    """The last entry of the file, where it waits for a second person."""
    return entries[-1] if entries and entries[-1].step == PROPOSED else None
