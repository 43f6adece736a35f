"""An edition on its way into force: drafted with its settings, reviewed, approved, each by a named person in his own sign-in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from kesu.caseload.acting.answers import Done, Refused
from kesu.caseload.folded.recorded import SYSTEM
from kesu.caseload.rows.register import as_noted
from kesu.ledger.models import Entry
from kesu.ledger.read import entries_of
from kesu.people.directory import Directory, directory_of
from kesu.people.registers import REGISTERS, Noted
from kesu.people.registers.edition import APPROVED, DRAFTED, IN_FORCE, REVIEWED, SENT_BACK
from kesu.procedure.written.canonical import canonical, from_canonical
from kesu.procedure.written.canonical import digest as digest_of_text
from kesu.procedure.written.library import Library
from kesu.reading.text import Text

from .editions import in_the_way_of, settings_in_force
from .enforce_with_settings import NewSetting
from .register_acts import RegisterAct, as_written, note, register
from .signatures import wrong_hands
from .together import taken, together


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft as it stands: `settings` are those that come with it; `reason` says why it counts from before its day, if it does.

    `turn` is whose signature it waits for, empty once it is in force or was sent back.
    """

    procedure: str
    number: int
    edition: str
    digest: str
    text: str
    settings: tuple[NewSetting, ...]
    since: datetime
    reason: str
    drafter: str
    drafted: datetime
    reviewer: str
    approver: str
    signed: Mapping[str, Noted]  # step -> the entry by which it was reviewed, approved or sent back

    @property
    def turn(self) -> str:
        """Whose signature is waited for."""
        if SENT_BACK in self.signed or APPROVED in self.signed:
            return ""
        return self.approver if REVIEWED in self.signed else self.reviewer


def drafts_of(organisation: str, procedure: str) -> list[Draft]:
    """Every draft of a procedure, the last first."""
    entries = [as_noted(entry) for entry in entries_of(organisation, f"edition/{procedure}")]
    drafts = [_draft(procedure, one, entries) for one in entries if one.step == DRAFTED]
    return [*reversed(drafts)]


def waiting_drafts(organisation: str) -> list[Draft]:
    """Every draft that waits for a signature, by procedure."""
    rows = Entry.objects.filter(organisation=organisation, kind=DRAFTED).order_by("file")
    names = rows.values_list("file", flat=True).distinct()
    drafts = (draft for name in names for draft in drafts_of(organisation, name.partition("/")[2]))
    return [one for one in drafts if one.turn]


@dataclass(frozen=True, slots=True)
class Signers:
    """Who put an edition in force: by the pages three named persons, by a command who approved; and why it was back-dated."""

    drafter: str
    reviewer: str
    approver: str
    second: str
    reason: str


def signers_of(organisation: str, procedure: str) -> dict[int, Signers]:
    """By the number of the entry that put an edition in force; persons by their ids, empty where nobody is named."""
    entries = [as_noted(entry) for entry in entries_of(organisation, f"edition/{procedure}")]
    words = ("drafted by", "reviewed by", "approved by", "back-dated with", "back-dated reason")
    return {
        one.number: Signers(*(str(one.facts.get(word) or "") for word in words))
        for one in entries
        if one.step == IN_FORCE
    }


def _draft(procedure: str, entry: Noted, entries: Sequence[Noted]) -> Draft:
    facts, since = entry.facts, entry.instant("from")
    assert since is not None
    signing = (one for one in entries if one.step in (REVIEWED, APPROVED, SENT_BACK))
    return Draft(
        procedure=procedure,
        number=entry.number,
        edition=facts["edition"],
        digest=facts["digest"],
        text=facts["text"],
        settings=tuple(NewSetting(**one) for one in json.loads(facts.get("settings") or "[]")),
        since=since,
        reason=facts.get("reason") or "",
        drafter=entry.by,
        drafted=entry.noted,
        reviewer=facts["reviewer"],
        approver=facts["approver"],
        signed={one.step: one for one in signing if one.facts["entry"] == entry.number},
    )


def next_edition(directory: Directory, name: str, written: str) -> str:
    """The name of the next edition: that of the file, or where it was in force already, the file's with a further number."""
    used = {one.edition for one in directory.editions.get(name, ())}
    further = (f"{written}.{number}" for number in count(1))
    return written if written not in used else next(one for one in further if one not in used)


def draft_edition(
    name: str,
    *,
    library: Library,
    settings: Sequence[NewSetting],
    since: datetime,
    reviewer: str,
    approver: str,
    reason: str,
    organisation: str,
    person: str,
    now: datetime,
    key: str,
) -> Done | Refused:
    """Drafts an edition of a procedure with these settings over those that stand, to count `since`.

    Refused while anything is in the way of putting it in force, while too few persons sign, where it counts from before
    today without a reason, and where nothing would change. Raises ReadError, KeyTaken, Busy, ClockInDoubt.
    """
    directory = directory_of(organisation)
    file = f"edition/{name}"
    values = settings_in_force(directory, name) | {one.name: one.value for one in settings}
    procedure = library.load(name, settings=values)
    edition = next_edition(directory, name, procedure.edition)
    text = canonical(library, name, settings=values, edition=edition)
    signers = wrong_hands(directory, drafter=person, reviewer=reviewer, approver=approver)
    problems = (
        *in_the_way_of(procedure, library=library, directory=directory, now=now),
        *((signers,) if signers else ()),
        *_too_early(directory, now, since, reason, approver == person),
        *_unchanged(directory, library, name, values),
    )
    if problems:
        return Refused(file, problems=problems, procedure=procedure)
    facts = {
        "edition": edition,
        "digest": digest_of_text(text),
        "text": text,
        "from": since,
        "reviewer": reviewer,
        "approver": approver,
        "settings": _as_json(settings),
        **({"reason": reason} if reason else {}),
    }
    return register(
        RegisterAct(file, DRAFTED, facts), organisation=organisation, person=person, now=now, key=key
    )


def _as_json(settings: Sequence[NewSetting]) -> str:
    listed = [{"name": one.name, "value": one.value, "reason": one.reason} for one in settings]
    return json.dumps(listed, ensure_ascii=False)


def _too_early(
    directory: Directory, now: datetime, since: datetime, reason: str, alone: bool
) -> tuple[Text, ...]:
    zone = ZoneInfo(directory.organisation.zone)
    if since.astimezone(zone).date() >= now.astimezone(zone).date():
        return ()
    if not reason:
        return (Text("生效时间早于今天的，要写明理由", "to count from before today it needs a reason"),)
    if alone:
        said = Text(
            "生效时间早于今天的，要由另一个人批准",
            "to count from before today another person has to approve it",
        )
        return (said,)
    return ()


def _unchanged(
    directory: Directory, library: Library, name: str, values: Mapping[str, str]
) -> tuple[Text, ...]:
    standing = [one for one in directory.editions.get(name, ()) if one.withdrawn is None]
    if not standing:
        return ()
    text = canonical(library, name, settings=values, edition=standing[-1].edition)
    if digest_of_text(text) != standing[-1].digest:
        return ()
    return (
        Text("和现行版本完全一样，没有要改的", "this is the edition in force already; nothing would change"),
    )


def sign_draft(
    draft: Draft, step: str, *, remark: str, organisation: str, person: str, now: datetime, key: str
) -> Done | Refused:
    """Reviews, approves or sends back a draft; approval puts it in force with its settings, or nothing is written.

    Raises KeyTaken, Busy, ClockInDoubt.
    """
    file = f"edition/{draft.procedure}"
    facts: dict[str, Any] = {"entry": draft.number}
    if step == SENT_BACK:
        facts["reason"] = remark
    else:
        facts |= {"digest": draft.digest} | ({"remark": remark} if remark else {})
    act = RegisterAct(file, step, facts)
    if step != APPROVED:
        return register(act, organisation=organisation, person=person, now=now, key=key)

    def all_of_it() -> Done:
        done = taken(register(act, organisation=organisation, person=person, now=now, key=key))
        if not done.again:
            _in_force(draft, organisation=organisation, person=person, now=now)
        return done

    return together(all_of_it)


def _in_force(draft: Draft, *, organisation: str, person: str, now: datetime) -> None:
    """What the approval brings about: settings, then the edition; inside `together`."""
    directory = directory_of(organisation)
    procedure = from_canonical(draft.text)
    problems = in_the_way_of(procedure, library=None, directory=directory, now=now)
    if problems:
        taken(Refused(f"edition/{draft.procedure}", problems=problems))
    standing = directory.settings.get(draft.procedure, {})
    for one in draft.settings:
        if standing.get(one.name) != one.value:
            said = {"name": one.name, "value": one.value, "approved by": person}
            said |= {"reason": one.reason} if one.reason else {}
            _note(f"setting/{draft.procedure}", "set", said, organisation, now)
    facts: dict[str, Any] = {
        "edition": draft.edition,
        "digest": draft.digest,
        "text": draft.text,
        "from": draft.since if draft.reason else max(draft.since, now),
        "approved by": person,
        "reviewed by": draft.reviewer,
        "drafted by": draft.drafter,
        "draft": draft.number,
        **({"back-dated with": draft.drafter, "back-dated reason": draft.reason} if draft.reason else {}),
    }
    _note(f"edition/{draft.procedure}", IN_FORCE, facts, organisation, now)


def _note(file: str, step: str, facts: Mapping[str, Any], organisation: str, now: datetime) -> None:
    """An entry of the software itself: what follows from the signatures, whose persons need hold no post of the registers."""
    own = REGISTERS[file.partition("/")[0]]
    act = RegisterAct(file, step, {word: as_written(value) for word, value in facts.items()})
    taken(note(act, own, own.forms[step], organisation=organisation, person=SYSTEM, now=now))
