"""How many there are of what comes one by one."""

from __future__ import annotations

import re

from kesu.reading.text import Text

from .number import Number


class Whole(Number):
    """A whole number, never below 0: none is an answer, half a one is none."""

    name = "whole number"
    never_below_0 = True
    written = re.compile(r"\d{1,15}", re.ASCII)
    wanted = Text("不小于 0 的整数", "a whole number, not below 0")
    hint = Text("只填整数，不写单位", "a whole number, without the unit")


WHOLE = Whole()
