"""What the cases of the last year would have got under another edition: every rule judged again over what happened."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from kesu.casework.file.case_file import CaseFile
from kesu.ledger.read import entries_of
from kesu.names import FileName
from kesu.procedure.history.verdict import Verdict
from kesu.procedure.written.model import Procedure
from kesu.review.judging import Bench, judge_case

from ..folded.fold import folded_from
from ..models import CaseRow
from ..sight.reader import Reader
from ..sight.seeing import visible

YEAR: Final = timedelta(days=365)
MOST: Final = 200  # cases that are judged again on one page, the newest


@dataclass(slots=True)
class UnderAnother:
    """How many cases were judged again of how many, and by rule how often it was broken: as judged, and under the other edition.

    `differing` are the numbers of the cases that come out otherwise, as far as the reader may see them; `hidden` how many more.
    """

    judged: int = 0
    of: int = 0
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    differing: list[str] = field(default_factory=list)
    hidden: int = 0

    @property
    def rules(self) -> list[str]:
        """The rules that would have been broken more or less often."""
        both = {*self.before, *self.after}
        return sorted(one for one in both if self.before[one] != self.after[one])


def under_another(edition: Procedure, reader: Reader) -> UnderAnother:
    """The cases of this procedure that were received within a year, judged by their own edition and by this one."""
    rows = CaseRow.objects.filter(
        organisation=reader.organisation, procedure=edition.id, received__gt=reader.now - YEAR
    ).order_by("-received", "file")
    seen = set(visible(reader).filter(procedure=edition.id).values_list("file", flat=True))
    found = UnderAnother(of=rows.count())
    for file, label in rows.values_list("file", "label")[:MOST]:
        name = FileName(file)
        case = folded_from(reader.organisation, name, entries_of(reader.organisation, name)).case
        before, after = (_broken(case, one, reader.now) for one in (case.procedure, edition))
        found.judged += 1
        found.before += before
        found.after += after
        if before != after and file in seen:
            found.differing.append(label)
        elif before != after:
            found.hidden += 1
    return found


def _broken(case: CaseFile, edition: Procedure, now: datetime) -> Counter[str]:
    """How often each rule is broken by what happened in the case. A step that the edition does not have breaks nothing."""
    acts = [act for act in case.history.acts if act.step in edition.steps]
    judged = judge_case(acts, bench=Bench(edition, case.calendar, now, in_full=True))
    return Counter(one.rule for one in judged.findings if one.verdict is Verdict.BROKEN)
