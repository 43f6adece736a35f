"""`person/ID`: somebody the organisation knows. The name stands beside the ledger and can be erased."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from kesu.reading.text import Text

from ..models import Person
from ..permissions import KEEP_PERSONS
from .register import Form, Noted, Register, Row


class PersonRegister(Register):
    """Registered once; may be renamed, be given a sign-in, lose his second factor or the account elsewhere that he signed in by, leave, and come back."""

    kind = "person"
    by = KEEP_PERSONS
    forms: ClassVar[Mapping[str, Form]] = {
        "person registered": Form(
            {"name": "text"}, {"sign in": "number", "external": "text"}, frozenset({"name"})
        ),
        "renamed": Form({"name": "text"}, personal=frozenset({"name"})),
        "sign in given": Form({"sign in": "number"}),
        "second factor reset": Form({}),
        "account parted": Form({"provider": "text"}),
        "left": Form({}, {"handed to": "person"}),
        "came back": Form({}),
    }

    def problem(self, *, name: str, before: Sequence[Noted], act: Noted) -> Text | None:
        """Registered first and once."""
        if (act.step == "person registered") == bool(before):
            there = bool(before)
            return Text(
                zh="此人已经登记" if there else "先登记此人",
                en="this person is registered already" if there else "register the person first",
            )
        return None

    def rows(self, *, name: str, entries: Sequence[Noted]) -> list[Row]:
        """One person."""
        row: dict[str, Any] = {"person": name, "user_id": None, "external": False, "left": None, "name": ""}
        for entry in entries:
            facts = entry.facts
            if "name" in facts:
                row["name"] = facts["name"]
            if "sign in" in facts:
                row["user_id"] = facts["sign in"]
            if entry.step == "person registered":
                row["external"] = facts.get("external") == "yes"
            elif entry.step == "left":
                row["left"] = entry.at
            elif entry.step == "came back":
                row["left"] = None
        return [(Person, row)]
