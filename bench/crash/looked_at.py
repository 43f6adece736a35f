"""What stands in the ledger after all the kills, held against what the clients were told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

Told = Sequence[Mapping[str, Any]]


def looked_at(told: Told, *, organisation: str) -> list[str]:
    """What is not as it has to be, a line each. `told`: {key, person, step, file} and, where known, number and label."""
    from kesu.caseload.rebuilding.rebuild import rebuild
    from kesu.ledger.verify import verify

    return [
        *_missing(told, organisation),
        *_miscounted(told, organisation),
        *_misnumbered(told, organisation),
        *(f"ledger: {fault}" for fault in verify().faults),
        *(f"row: {difference}" for difference in rebuild(check=True)),
    ]


def _missing(told: Told, organisation: str) -> list[str]:
    from kesu.ledger.read import answered, entries_of

    wrong = []
    for one in told:
        if one.get("beside"):  # the second entry of one act: the first bears the key of both
            if not any(entry.kind == one["step"] for entry in entries_of(organisation, one["file"])):
                wrong.append(f"acknowledged and not there: {one}")
            continue
        entry = answered(organisation, one["person"], one["key"])
        there = entry and {"file": entry.file, "number": entry.number, "step": entry.kind}
        if not there or any(one.get(name, value) != value for name, value in there.items()):
            wrong.append(f"acknowledged and not there: {one}")
    return wrong


def _miscounted(told: Told, organisation: str) -> list[str]:
    """Nothing beside what was acknowledged: the clients bring every command that they begin to its answer."""
    from kesu.ledger.models import Entry

    wrong = [] if told else ["nothing was acknowledged"]
    for step, wanted in Counter(one["step"] for one in told).items():
        found = Entry.objects.filter(organisation=organisation, kind=step, file__startswith="case/").count()
        if found != wanted:
            wrong.append(f"{step}: {wanted} acknowledged, {found} in the ledger")
    return wrong


def _misnumbered(told: Told, organisation: str) -> list[str]:
    """Numbers run from 1 without a gap, and each case has the one that was shown."""
    from kesu.caseload.models import CaseRow

    shown = {one["file"]: one["label"] for one in told if one["step"] == "received"}
    rows = CaseRow.objects.filter(organisation=organisation)
    labels = dict(rows.values_list("file", "label"))
    wrong = [] if shown == labels else [f"numbers shown {shown}, numbers on record {labels}"]
    numbers = sorted(int(label.rpartition("-")[2]) for label in labels.values())
    if numbers != list(range(1, len(shown) + 1)):
        wrong.append(f"{len(shown)} cases opened, and their numbers are {numbers}")
    return wrong
