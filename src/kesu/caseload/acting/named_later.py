"""Who is named in a file after a linked one was opened stays out of that one too, from then on (semantics 4.12, 5.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kesu.casework.file.case_file import CaseFile
from kesu.names import FileName
from kesu.procedure.history.act import Value
from kesu.procedure.words.names import FACT, STEP

from .changes import Changes
from .house_act import note, subject_of

NAMING: Final = (STEP.NAMED, STEP.NAMING_CONFIRMED)  # the steps after which somebody may be named for good


def tell_linked(changes: Changes, file: FileName) -> None:
    """Names in each open file that this one opened whom it names for good, and that one does not name yet."""
    case = changes.as_it_will_be(file)
    about = subject_of(case)
    for link in case.history.all(STEP.LINKED):
        if link.facts.get(FACT.KIND) == STEP.JOINED:
            continue
        linked = FileName(str(link.facts.get(FACT.LINKED_FILE)))
        missing = _missing(about, changes.as_it_will_be(linked))
        if missing:
            note(changes, linked, STEP.NAMED, missing)


def _missing(about: Mapping[str, Value], linked: CaseFile) -> dict[str, Value]:
    """The persons and units that the linked file, if it is open and names anybody, lacks."""
    if linked.ended or STEP.NAMED not in linked.procedure.steps:
        return {}
    found: dict[str, Value] = {}
    for word in (FACT.PERSONS, FACT.UNITS):
        named = {one for act in linked.history.all(STEP.NAMED) for one in act.facts.get(word) or ()}
        wanted = about.get(word)
        lacking = [one for one in wanted if one not in named] if isinstance(wanted, list) else []
        if lacking:
            found[word] = lacking
    return found
