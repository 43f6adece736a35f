"""What the register says of the reports and samples that a file is about: who worked on them, or that it knows none."""

from __future__ import annotations

from kesu.caseload.asking.opened import CaseView
from kesu.procedure.history.of_a_file import History
from kesu.procedure.kinds.alike import matched
from kesu.procedure.words.names import FACT, STEP
from kesu.reading.text import Text, listed


def subjects_said(view: CaseView) -> list[Text]:
    """A sentence for each item on record, in the order in which they were named; found ones by the register's own number."""
    history = view.case.history
    noted = {matched(str(act.facts.get(FACT.ITEM))): act for act in history.all(STEP.ITEM_NOTED)}
    said = []
    for key, written in _named(history).items():
        act = noted.get(key)
        if act is None:
            said.append(_unknown(written))
        else:
            workers = [view.directory.name_of(person) for person in act.facts.get(FACT.DID_THE_WORK) or ()]
            said.append(_found(str(act.facts.get(FACT.ITEM)), workers))
    return said


def _named(history: History) -> dict[str, str]:
    """Each item of the file: all its spellings as one -> as it was written first."""
    named: dict[str, str] = {}
    for _, value in history.values(FACT.ITEM):
        if isinstance(value, str) and value:
            named.setdefault(matched(value), value)
    return named


def _found(item: str, workers: list[str]) -> Text:
    if not workers:
        return Text(
            f"{item}：登记在册，没有记谁做过它的工作",
            f"{item} is in the register; it names nobody who worked on it",
        )
    return Text(
        f"{item}：登记在册，做过它的工作的是{listed(workers, 'zh')}",
        f"{item} is in the register; {listed(workers, 'en')} worked on it",
    )


def _unknown(item: str) -> Text:
    return Text(
        f"{item}：登记册里没有，照写的记下；登记以后自动关联，在此之前说不准谁须回避",
        f"{item} is not in the register and stands as written; once it is registered it is linked, and until then nobody can tell who has to stay out",
    )
