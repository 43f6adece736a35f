"""What the entries of a file may say to one person of the cases that it counts: numbers instead of files, or nothing.

From whom a counted case is hidden, from him its entries, every number and the alarms' lists are kept too: he sees that
an alarm was raised. Who merely holds no post in a case is not told its number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from kesu.casework.many.watching import ALARM, CASE, COUNTED, FILES, RAISED, WATCHED, WIDENED, WITHDRAWN
from kesu.procedure.history.act import Act
from kesu.procedure.words.names import FACT, STEP

OF_A_WATCH: Final = (COUNTED, WITHDRAWN, RAISED, WIDENED)
ALARMS: Final = (RAISED, WIDENED)
NUMBERS: Final = (FACT.COUNTED, FILES, FACT.ENDED_FILES, FACT.WINDOW_FROM, FACT.WINDOW_TO)  # what alarms say
PLUMBING: Final = (
    FACT.KIND,
    ALARM,
    FACT.ALARM_DAYS,
)  # names of procedures and rules, which say nothing to people
PERIOD_ALONE: Final = (FACT.RULE, FACT.COUNTED_FROM, FACT.COUNTED_TO)
NOT_TOLD: Final = "—"

Facts = Mapping[str, Any]


def files_counted(acts: Iterable[Act]) -> set[str]:
    """The cases that the entries of a watch's file name."""
    return {file for act in acts for file in _files(act)}


def told_entries(
    acts: Sequence[Act], *, labels: Mapping[str, str], hidden: Collection[str]
) -> dict[int, Facts]:
    """By number the facts of each entry as one person may have them; an entry that is kept from him is not among them.

    `labels`: the numbers of the counted cases that he sees, by file; `hidden`: those from which he has to stay out.
    """
    usual = _watched(acts)
    return {
        act.number: _of_one(act, labels, hidden, usual) for act in acts if act.facts.get(CASE) not in hidden
    }


def _of_one(act: Act, labels: Mapping[str, str], hidden: Collection[str], usual: Facts) -> Facts:
    """One entry; figures of which a counted case is hidden tell their period alone: the rest tells it by subtraction."""
    if act.step == STEP.FIGURES and not set(hidden).isdisjoint(_files(act)):
        return {word: act.facts[word] for word in PERIOD_ALONE if word in act.facts}
    return _told(act, labels, hidden, usual) if act.step in OF_A_WATCH else act.facts


def _files(act: Act) -> list[str]:
    """The cases that an entry of a watch's file, or of figures, names."""
    if act.step in (COUNTED, WITHDRAWN):
        return [str(act.facts.get(CASE))]
    if act.step == STEP.FIGURES:
        return [str(place).partition("#")[0] for place in act.facts.get(FACT.CASES_COUNTED) or ()]
    return list(act.facts.get(FILES) or ()) if act.step in ALARMS else []


def _watched(acts: Iterable[Act]) -> Facts:
    """What is watched, as the first case spelled it; further entries say it only where they spell it otherwise."""
    first = next((act.facts for act in acts if act.step == COUNTED), {})
    return {word: first[word] for word in first.get(WATCHED, ()) if word in first}


def _told(act: Act, labels: Mapping[str, str], hidden: Collection[str], usual: Facts) -> Facts:
    left_out = (*PLUMBING, *NUMBERS) if act.step in ALARMS and hidden else PLUMBING
    facts = {
        word: value
        for word, value in act.facts.items()
        if word not in left_out and not (word in usual and value == usual[word] and act.number > 1)
    }
    if CASE in facts:
        facts[CASE] = labels.get(str(facts[CASE]), NOT_TOLD)
    for word in (FILES, FACT.ENDED_FILES):
        if word in facts:
            facts[word] = sorted(labels[file] for file in facts[word] if file in labels) or [NOT_TOLD]
    return facts
