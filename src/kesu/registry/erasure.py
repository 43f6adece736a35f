"""Erasing personal values: by the privacy officer, on a legal ground, never while they have to be kept (semantics 3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from kesu.caseload.acting.answers import Done, KeyTaken, NotYours, Refused, digest_of_plain, refused
from kesu.caseload.acting.changes import Changes
from kesu.caseload.acting.unused_files import destroy_unused
from kesu.caseload.folded.fold import Folded, NoSuchFile
from kesu.caseload.folded.recorded import VALUE, corrected_word, erasable
from kesu.caseload.rows.attached import files_in
from kesu.caseload.rows.projection import keyed, refresh
from kesu.caseload.rows.register import as_noted, register_rows
from kesu.caseload.sight.reader import Reader
from kesu.ledger.entry import NewEntry
from kesu.ledger.erase import NothingToErase
from kesu.ledger.erase import erase as erase_values
from kesu.ledger.oneway import writing
from kesu.ledger.read import answered, entries_of, head_of
from kesu.names import FileName, PersonId
from kesu.people.directory import Directory, directory_of
from kesu.people.permissions import ERASE
from kesu.people.posts import PRIVACY_OFFICER
from kesu.people.registers import REGISTERS, REVISED
from kesu.procedure import words
from kesu.procedure.shapes.abilities import KeepsRecord
from kesu.reading.saying_nothing import says_nothing
from kesu.reading.text import Text

from .register_acts import revise

Values = Sequence[tuple[int, str]]


def erase(
    file: str,
    values: Values,
    *,
    ground: str,
    organisation: str,
    person: str,
    now: datetime,
    key: str,
) -> Done | Refused:
    """Erases values, each named by (number of the entry, word), from a file. The chain still verifies.

    Refused to any other post, without a legal ground, while the case runs or has to be kept, for a person who has not
    left, and for values that are not there. Raises NotYours, KeyTaken.
    """
    command = digest_of_plain(
        {"erase": file, "values": [list(value) for value in sorted(values)], "ground": ground}
    )
    with writing(), transaction.atomic():
        directory = directory_of(organisation)
        earlier = answered(organisation, person, key)
        if earlier is not None:
            if earlier.command != command:
                raise KeyTaken("this key has answered another command; send the new command with a new key")
            return Done(earlier.file, earlier.number, again=True)
        if not Reader(PersonId(person), directory, now).may(ERASE):
            return refused(file, zh="抹去由个人信息负责人办理", en="erasing is done by the privacy officer")
        if says_nothing(ground):
            return refused(file, zh="要写明法律依据", en="name the legal ground")
        entry = NewEntry(
            kind="erased", at=now, noted=now, by=person, post=PRIVACY_OFFICER, key=key, command=command, facts={"ground": ground}
        )  # fmt: skip
        try:
            if file.partition("/")[0] in REGISTERS:
                return _in_register(file, values, entry, directory)
            return _in_case(file, values, entry, directory)
        except NothingToErase as nothing:
            return refused(file, zh="没有这样的内容可抹，或已经抹去", en=str(nothing))


def _in_case(file: str, values: Values, entry: NewEntry, directory: Directory) -> Done | Refused:
    changes, place = Changes(directory, entry.noted), FileName(file)
    try:
        fold = changes.take(place)
    except NoSuchFile:
        raise NotYours(file) from None
    kept = _kept(fold, entry.noted) or _classified(fold, values)
    if kept is not None:
        changes.give_back()
        return kept
    gone = _files_of(fold, values)
    number = changes.erase(place, values, entry)
    if gone:
        transaction.on_commit(lambda: destroy_unused(changes.organisation, gone))
    return Done(file, number, str(fold.own.get("label", "")))


def _kept(fold: Folded, now: datetime) -> Refused | None:
    """The refusal while the case runs, or while a rule of its procedure still keeps its records."""
    case = fold.case
    if not case.ended:
        return refused(
            fold.file, zh="案件还没有办结，内容还要用", en="the case still runs and needs its content"
        )
    for rule, shape in fold.procedure.able(KeepsRecord):
        begun = case.history.last(shape.start)
        due = shape.limit.due(calendar=case.calendar, start=begun.at) if begun else None
        if begun is None or due is None or now < due.at:
            until = due.date.isoformat() if due else "?"
            clauses = "、".join(rule.clauses)
            return refused(
                fold.file,
                zh=f"还在保存期内，到 {until} 为止（{clauses}）",
                en=f"it has to be kept until {until} ({', '.join(rule.clauses)})",
            )
    return None


@words.in_its_words
def _classified(fold: Folded, values: Values) -> Refused | None:
    """The refusal where a value mends a fact that rules hang on: old entries hold it beside the bytes like free text."""
    for number, word in values:
        act = fold.case.history.entry(number)
        mends = corrected_word(act.step, act.facts) if act is not None and word == VALUE else None
        if mends is not None and not erasable(mends):
            known = words.facts().get(mends)
            title = known.title if known else Text("发生时间", "time")
            return refused(
                fold.file,
                zh=f"第 {number} 条更正的是“{title.zh}”，不是个人信息，不能抹去",
                en=f"entry {number} corrects “{title.en}”, which is not personal and cannot be erased",
            )
    return None


def _files_of(fold: Folded, values: Values) -> set[str]:
    """The digests of the files whose names are erased: their bytes go with them."""
    acts = ((fold.case.history.entry(number), word) for number, word in values)
    return {
        file["digest"]
        for act, word in acts
        if act is not None
        for _, file in files_in({word: act.facts.get(word)})
    }


def _in_register(file: str, values: Values, entry: NewEntry, directory: Directory) -> Done | Refused:
    organisation = directory.organisation.organisation
    stored = entries_of(organisation, file)
    if not stored:
        raise NotYours(file)
    kind, _, name = file.partition("/")
    if kind == "person" and directory.present(name, entry.noted):
        return refused(file, zh="此人还在职，先登记离任", en="this person has not left; say so first")
    before = register_rows(file, [as_noted(one) for one in stored])
    written = erase_values(
        organisation=organisation, file=file, expected=head_of(stored), values=values, entry=entry
    )
    after = register_rows(file, [as_noted(one) for one in entries_of(organisation, file)])
    refresh(organisation=organisation, file=file, before=keyed(before), after=keyed(after))
    if kind in REVISED:
        revise(organisation)
    return Done(file, written.number)
