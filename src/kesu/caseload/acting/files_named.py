"""The files that a command names: each is a draft of whoever sends it, or on record in the same case.

Otherwise whoever knows a digest could bring the bytes of another case into his own.
"""

from __future__ import annotations

from collections.abc import Iterable

from kesu.casework.deciding.command import Command
from kesu.casework.file.case_file import CaseFile
from kesu.files.drafts import not_drafts, take_drafts
from kesu.reading.text import Text

from ..rows.attached import files_in


def wrong_files(command: Command, *, organisation: str, person: str, case: CaseFile | None) -> Text | None:
    """What to say of the first file that is neither. Its drafts are locked until the transaction ends."""
    named = [dict(file) for _, file in files_in(command.facts)]
    if not named:
        return None
    acts = case.history.acts if case is not None else ()
    there = [dict(file) for act in acts for _, file in files_in(act.facts)]
    gone = not_drafts([file for file in named if file not in there], organisation=organisation, person=person)
    if not gone:
        return None
    name = gone[0].get("name", "")
    return Text(
        f"“{name}”不在你上传的文件里：没有登记的文件只留一天。请再传一次",
        f"“{name}” is none of the files that you sent: what is not put on record is kept for a day. Send it again",
    )


def take_files(commands: Iterable[Command], *, organisation: str, person: str) -> None:
    """What these commands name is on record and no draft any more."""
    digests = {file["digest"] for command in commands for _, file in files_in(command.facts)}
    if digests:
        take_drafts(digests, organisation=organisation, person=person)
