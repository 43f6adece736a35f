"""`calendar/NAME` and `setting/PROCEDURE`: what cases are counted by, and what was settled where a paper leaves something open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from kesu.reading.text import Text

from ..models import CalendarVersion, Setting
from ..permissions import KEEP_CALENDARS, SETTLE
from .register import Form, Noted, Register, Row


class CalendarRegister(Register):
    """Versions of a calendar; the last one is the present one, and every version stays readable."""

    kind = "calendar"
    by = KEEP_CALENDARS
    forms: ClassVar[Mapping[str, Form]] = {
        "calendar noted": Form({"text": "text", "digest": "text"}, {"source": "text"})
    }

    def problem(self, *, name: str, before: Sequence[Noted], act: Noted) -> Text | None:
        """The same version twice in a row says nothing."""
        if before and before[-1].facts["digest"] == act.facts["digest"]:
            return Text(
                zh="和现行日历完全一样，没有要记的", en="this is the present version already; nothing to note"
            )
        return None

    def rows(self, *, name: str, entries: Sequence[Noted]) -> list[Row]:
        """A row for each version."""
        return [
            (
                CalendarVersion,
                {
                    "calendar": name,
                    "number": entry.number,
                    "digest": entry.facts["digest"],
                    "noted": entry.noted,
                    "text": entry.facts["text"],
                },
            )
            for entry in entries
        ]


class SettingRegister(Register):
    """What the organisation settles where the paper leaves something open; who set it when stays on record."""

    kind = "setting"
    by = SETTLE
    forms: ClassVar[Mapping[str, Form]] = {
        "set": Form({"name": "text", "value": "text"}, {"reason": "reason", "approved by": "person"})
    }

    def problem(self, *, name: str, before: Sequence[Noted], act: Noted) -> Text | None:
        """“No limit” is a value too, and wants a reason."""
        if act.facts["value"] == "no limit" and not act.facts.get("reason"):
            return Text(zh="设为“不限”要写理由", en="“no limit” needs a reason")
        return None

    def rows(self, *, name: str, entries: Sequence[Noted]) -> list[Row]:
        """The last value of each setting."""
        last: dict[str, dict[str, Any]] = {}
        for entry in entries:
            last[entry.facts["name"]] = {
                "procedure": name,
                "name": entry.facts["name"],
                "value": entry.facts["value"],
                "reason": entry.facts.get("reason") or "",
                "set_by": entry.facts.get("approved by") or entry.by,
                "noted": entry.noted,
            }
        return [(Setting, row) for row in last.values()]
