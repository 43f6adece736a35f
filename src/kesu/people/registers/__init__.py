"""The registers: files of the ledger that hold no case. One module a kind of file; all are listed here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .clock import ClockRegister
from .edition import EditionRegister
from .item import ItemRegister
from .organisation import OrganisationRegister
from .person import PersonRegister
from .post import PostRegister
from .price import PriceRegister
from .register import Form, Noted, Register, Row, malformed
from .rules import CalendarRegister, SettingRegister

REGISTERS: Mapping[str, Register] = MappingProxyType(
    {
        register.kind: register
        for register in (
            OrganisationRegister(),
            PersonRegister(),
            PostRegister(),
            ItemRegister(),
            PriceRegister(),
            CalendarRegister(),
            SettingRegister(),
            EditionRegister(),
            ClockRegister(),
        )
    }
)

# Changes of these are counted in `Revision`; items and prices are many and read one by one, and no rule reads of the clock.
REVISED = frozenset(REGISTERS) - {"item", "price", "clock"}

__all__ = ["REGISTERS", "REVISED", "Form", "Noted", "Register", "Row", "malformed"]
