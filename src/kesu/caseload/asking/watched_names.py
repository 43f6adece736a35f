"""The names by which cases are counted together: products and batches, as the watches that a person sees spell them."""

from __future__ import annotations

from collections.abc import Mapping

from kesu.people.near_names import NAMES, nearest
from kesu.procedure.kinds.alike import matched

from ..models import WatchRow
from ..sight.reader import Reader
from ..sight.seeing import visible


def near_watched(reader: Reader, *, word: str, value: str, beside: Mapping[str, str]) -> tuple[str, ...]:
    """What is counted and nearest to a value that is not, the nearest first; none where it is counted or nothing is near.

    `beside`: what else is known of the thing; what a watch names first has to agree, so that a batch is held against batches of its own product alone. A watch that
    the reader does not see answers nothing, so that no name of a hidden case is told.
    """
    seen = visible(reader).values("file")
    rows = WatchRow.objects.filter(organisation=reader.organisation, file__in=seen).order_by("-id")
    named = (
        str(watch.values[word]) for watch in rows if watch.values.get(word) and _agrees(watch, word, beside)
    )
    return nearest(value, named, share=NAMES)


def _agrees(watch: WatchRow, word: str, beside: Mapping[str, str]) -> bool:
    """Whether a watch is of the same in what it names before this word, as far as both say it: nothing said is no other."""
    before = watch.by[: watch.by.index(word)]
    both = [(watch.values.get(one), beside.get(one)) for one in before]
    return all(matched(str(watched)) == matched(said) for watched, said in both if watched and said)
