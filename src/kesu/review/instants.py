"""The first and the last instant of a log, and whether one line alone says so: one mistyped year decides a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from kesu.reading.text import Text

from .remarks import place_in_words

FAR: Final = timedelta(days=180)  # from every other line; then it is more likely mistyped than true


@dataclass(slots=True)
class Edge:
    """The instant that lies farthest out, the line that has it, and the next one, of other lines."""

    instant: datetime | None = None
    place: int = 0
    inner: datetime | None = None

    def later(self, instant: datetime, place: int) -> None:
        """One more line, where the latest counts."""
        if self.instant is None or instant > self.instant:
            if place != self.place:
                self.inner = self.instant
            self.instant, self.place = instant, place
        elif place != self.place and (self.inner is None or instant > self.inner):
            self.inner = instant

    def earlier(self, instant: datetime, place: int) -> None:
        """One more line, where the earliest counts."""
        if self.instant is None or instant < self.instant:
            if place != self.place:
                self.inner = self.instant
            self.instant, self.place = instant, place
        elif place != self.place and (self.inner is None or instant < self.inner):
            self.inner = instant


def edge_sentences(first: Edge, last: Edge, *, unit: str, now: datetime | None) -> Iterator[Text]:
    """That the first or last instant stands far from all others, on one line; or that the last lies in the future."""
    if last.instant is None or first.instant is None:
        return
    place = place_in_words(unit, last.place)
    if last.inner is not None and last.instant - last.inner > FAR:
        yield Text(
            f"最后时刻 {last.instant:%Y-%m-%d %H:%M} 只见于{place.zh}，其他都不晚于 {last.inner:%Y-%m-%d}；未办的事都看到那时为止，年份可能写错",
            f"the last instant {last.instant:%Y-%m-%d %H:%M} stands on {place.en} alone, all others not after {last.inner:%Y-%m-%d}; what is open is looked at as of then: the year may be mistyped",
        )
    elif now is not None and last.instant > now:
        yield Text(
            f"最后时刻 {last.instant:%Y-%m-%d %H:%M}（{place.zh}）在将来",
            f"the last instant {last.instant:%Y-%m-%d %H:%M} ({place.en}) lies in the future",
        )
    place = place_in_words(unit, first.place)
    if first.inner is not None and first.inner - first.instant > FAR:
        yield Text(
            f"最早时刻 {first.instant:%Y-%m-%d %H:%M} 只见于{place.zh}，其他都不早于 {first.inner:%Y-%m-%d}；年份可能写错",
            f"the first instant {first.instant:%Y-%m-%d %H:%M} stands on {place.en} alone, all others not before {first.inner:%Y-%m-%d}: the year may be mistyped",
        )
