"""What was given away, and what was not, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from kesu.ledger.marks import Marks, Way
from kesu.reading.text import Text
from kesu.upkeep.giving_away import AGAIN, Outcome

WAYS: Final[Mapping[Way, Text]] = {
    "file": Text("文件或纸面", "as a file or on paper"),
    "mail": Text("邮件", "by mail"),
    "time stamp": Text("时间戳", "by time stamp"),
}


def in_words(outcome: Outcome) -> Text:
    """That it went out, or why it did not and what comes next."""
    way, when = WAYS[outcome.way], _minute(outcome.time)
    if outcome.failed is None:
        return Text(
            f"检查点 {outcome.number} 已交出（{way.zh}）",
            f"checkpoint {outcome.number} was given away {way.en}",
        )
    hours = int(AGAIN.total_seconds() // 3600)
    return Text(
        f"检查点 {outcome.number} 没有交出（{way.zh}，{when}）：{outcome.failed.zh}；服务运行时 {hours} 小时后再试",
        f"checkpoint {outcome.number} was not given away {way.en} ({when}): {outcome.failed.en}; the server tries again after"
        f" {hours} hour",
    )


def last_given(marks: Marks | None, organisation: str) -> list[Text]:
    """The last that was given away by each way."""
    found = [(way, marks.given_by.get((organisation, way))) for way in WAYS] if marks else []
    return [
        Text(
            f"最近交出（{WAYS[way].zh}）：检查点 {line.number}，{_minute(line.time)}",
            f"Last given away {WAYS[way].en}: checkpoint {line.number}, {_minute(line.time)}",
        )
        for way, line in found
        if line
    ]


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
