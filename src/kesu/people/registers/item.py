"""`item/KEY`: a report, certificate, delivery or batch; when its holder got it, and who did which work on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from kesu.reading.text import Text

from ..models import Item, Work
from ..permissions import KEEP_ITEMS
from .register import Form, Noted, Register, Row

LONGEST = 150  # characters of a number, as wide as its column


class ItemRegister(Register):
    """Entered by somebody else than who handles a case about it; nobody enters work of his own."""

    kind = "item"
    by = KEEP_ITEMS
    forms: ClassVar[Mapping[str, Form]] = {
        "item registered": Form(
            {"kind": "text"},
            {"holder": "text", "received": "date", "units": "units"},
            frozenset({"holder"}),
        ),
        "work done": Form({"person": "person", "what": "text"}),
        "item received": Form({"received": "date"}),
        "work struck": Form({"entry": "number", "reason": "reason"}),
    }

    def problem(self, *, name: str, before: Sequence[Noted], act: Noted) -> Text | None:
        """Registered first and once; work that is struck has to be there."""
        if (act.step == "item registered") == bool(before):
            there = bool(before)
            return Text(
                zh="此对象已经登记" if there else "先登记此对象",
                en="this item is registered already" if there else "register the item first",
            )
        if act.step == "item registered" and not _can_be_a_number(name):
            return Text(
                zh=f"“{name[:20]}”不能作编号：写成一行，最多 {LONGEST} 个字符，不能是 . 或 .. 这样的路径",
                en=f"“{name[:20]}” cannot be a number: one line of at most {LONGEST} characters, and no path such as . or ..",
            )
        if act.step == "work done" and act.facts["person"] == act.by:
            return Text(zh="本人做的工作要由别人登记", en="nobody enters his own work; somebody else has to")
        if act.step == "work struck" and act.facts["entry"] not in {row["number"] for row in _work(before)}:
            return Text(zh="没有这一条工作记录", en="there is no such work on record")
        return None

    def rows(self, *, name: str, entries: Sequence[Noted]) -> list[Row]:
        """The item, and a row for each piece of work."""
        row: dict[str, Any] = {"key": name}
        for entry in entries:
            facts = entry.facts
            if entry.step == "item registered":
                row |= {
                    "kind": facts["kind"],
                    "holder": facts.get("holder") or "",
                    "units": facts.get("units") or [],
                }
            if entry.step in ("item registered", "item received"):
                received = facts.get("received")
                row["received"] = None if received is None else date.fromisoformat(received)
        return [(Item, row), *((Work, {"key": name, **work}) for work in _work(entries))]


def _can_be_a_number(name: str) -> bool:
    """Whether pages can be reached by it: browsers take dots between slashes for folders."""
    if len(name.splitlines()) > 1:
        return False  # its page could not be reached, nor the list that leads there
    return len(name) <= LONGEST and all(part.strip(".") for part in name.split("/"))


def _work(entries: Sequence[Noted]) -> list[dict[str, Any]]:
    struck = {entry.facts["entry"] for entry in entries if entry.step == "work struck"}
    return [
        {"number": entry.number, "person": entry.facts["person"], "what": entry.facts["what"]}
        for entry in entries
        if entry.step == "work done" and entry.number not in struck
    ]
