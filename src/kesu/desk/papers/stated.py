"""Texts, times and facts as they stand on paper: in one language, and the same whoever opens the file later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from kesu.forms.said.values import Said
from kesu.prints.document import Value
from kesu.reading.text import Lang, Text
from kesu.worktime.until import Until
from kesu.worktime.wording import en_date

from ..who.here import Here

NOT_SHOWN: Final = Text("（未经同意，不显示）", "(not consented to yet; not shown)")
EDITION: Final = Text("第 {} 版", "edition {}")
DRAFT_ACROSS: Final = Text("草稿·未经同意不得告知", "Draft: not to be told without consent")


@dataclass(frozen=True, slots=True)
class Stated:
    """How this reader's papers are written: language and zone."""

    lang: Lang
    zone: ZoneInfo

    @classmethod
    def for_(cls, here: Here) -> Stated:
        """As the person at the screen reads."""
        return cls(here.lang, ZoneInfo(here.zone))

    def text(self, text: Text | None) -> str:
        """A text of the house."""
        return text.in_(self.lang) if text is not None else ""

    def moment(self, at: datetime | None) -> str:
        """2026-03-09 10:20, in the zone of the house; “” for none."""
        return f"{at.astimezone(self.zone):%Y-%m-%d %H:%M}" if at is not None else ""

    def day(self, at: datetime) -> str:
        """2026年3月9日: a date as it stands under a letter."""
        local = at.astimezone(self.zone)
        if self.lang == "zh":
            return f"{local.year}年{local.month}月{local.day}日"
        return en_date(local.date()).partition(" ")[2]

    def until(self, end: Until | None) -> str:
        """The end of a limit: a day where it ends with one, else the instant."""
        if end is None:
            return ""
        if not end.whole_day:
            return self.moment(end.at)
        return end.day.isoformat()

    def printed(self, here: Here) -> str:
        """Who printed it and when, for the foot."""
        name, when = here.directory.name_of(here.person), self.moment(here.now)
        return f"{name} 打印 · {when}" if self.lang == "zh" else f"printed by {name} · {when}"

    def edition(self, number: str) -> str:
        """第 3 版."""
        return EDITION.in_(self.lang).format(number)

    def value(self, fact: Said) -> Value:
        """A fact as this reader may have it. What is hidden from him is not in it, and is told to be there."""
        if fact.hidden:
            return Value(self.text(NOT_SHOWN))
        if fact.items:
            between = "：" if self.lang == "zh" else ": "
            lines = [f"{self.text(title)}{between}{self.text(answer)}" for title, answer in fact.items]
            return Value("\n".join(lines), draft=fact.draft)
        return Value(self.text(fact.value), was=self.text(fact.was), draft=fact.draft)

    def facts(self, facts: Iterable[Said]) -> tuple[tuple[str, Value], ...]:
        """Facts with their titles."""
        return tuple((self.text(one.title), self.value(one)) for one in facts)
