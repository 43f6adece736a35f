"""The registers: files of the ledger that hold no case. One module a kind of file; all are listed here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .clock import ClockRegister
from .item import ItemRegister
from .organisation import OrganisationRegister
from .person import PersonRegister
from .post import PostRegister
from .register import Form, Noted, Register, Row, malformed
from .rules import CalendarRegister, EditionRegister, SettingRegister

REGISTERS: Mapping[str, Register] = MappingProxyType(
    {
        register.kind: register
        for register in (
            OrganisationRegister(),
            PersonRegister(),
            PostRegister(),
            ItemRegister(),
            CalendarRegister(),
            SettingRegister(),
            EditionRegister(),
            ClockRegister(),
        )
    }
)

# Changes of these are counted in `Revision`; subject items are many and read one by one, and no rule reads of the clock.
REVISED = frozenset(REGISTERS) - {"item", "clock"}

__all__ = ["REGISTERS", "REVISED", "Form", "Noted", "Register", "Row", "malformed"]
