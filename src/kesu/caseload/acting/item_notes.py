"""What a register learns of a subject item enters every open file about that item, in the same transaction."""

from __future__ import annotations

from datetime import datetime

from kesu.names import FileName
from kesu.people.directory import Directory
from kesu.procedure.kinds.alike import matched

from ..models import CaseRow, ConcernRow
from .changes import Changes
from .house_act import note_item, open_children
from .watch_counts import count


def note_in_open_files(directory: Directory, key: str, *, now: datetime) -> None:
    """Notes the item where the register now says something new. Recusal learned late comes this way too.

    The caller holds the transaction. Raises Conflict when somebody else wrote to one of the files first.
    """
    organisation = directory.organisation.organisation
    concerned = ConcernRow.objects.filter(organisation=organisation, item=matched(key)).values("file")
    open_ = CaseRow.objects.filter(organisation=organisation, ended=None, file__in=concerned)
    changes = Changes(directory, now)
    for file in map(FileName, open_.order_by("file").values_list("file", flat=True)):
        if note_item(changes, file, key) and not changes.as_it_will_be(file).ended:
            open_children(changes, file)
    count(changes)
    changes.write()
