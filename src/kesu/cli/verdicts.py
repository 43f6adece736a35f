"""Verdicts and how they came about, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kesu.procedure.history.verdict import Verdict
from kesu.reading.text import Text

VERDICTS: Final[Mapping[Verdict, Text]] = {
    Verdict.KEPT: Text("守规", "kept"),
    Verdict.BROKEN: Text("违反", "broken"),
    Verdict.CANNOT_TELL: Text("无法判定", "cannot tell"),
    Verdict.OPEN: Text("未到期", "open"),
}
MANNERS: Final[Mapping[str, Text]] = {
    "late": Text("迟办", "late"),
    "reasoned": Text("免办", "waived"),
    "overridden": Text("特批放行", "overridden"),
}
