"""Between acts of the rule book and entries of the ledger: what goes into the bytes, what stands beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import orjson

from kesu.ledger.entry import ERASED, NewEntry, StoredEntry
from kesu.names import PersonId, PostName, StepName
from kesu.procedure import words
from kesu.procedure.history.act import Act
from kesu.procedure.kinds import files
from kesu.procedure.words.names import FACT, STEP

CLOCK: Final = "clock"  # `by` of what time itself puts on record
SYSTEM: Final = "system"  # `by` of what follows from elsewhere: registers, linked files, rules
CORRECTED: Final = (
    STEP.CORRECTED  # the step that mends a fact: its `word` names the fact, its `value` what holds now
)
VALUE: Final = FACT.VALUE
MOMENT: Final = "at"  # a correction of when it happened: no fact, and nothing to erase
ERASED_VALUE: Final = "erased"  # how an erased value reads to rules: it counts as on record


def new_entry(
    act: Act,
    *,
    by: str,
    edition: str | None = None,
    key: str | None = None,
    command: str | None = None,
    also: Mapping[str, Any] | None = None,
) -> NewEntry:
    """The entry of an act that `by` (a person, the clock or the system) sent in. `also` are facts of the file itself."""
    facts, personal = split(act.facts, step=act.step)
    if act.units:
        facts["units of the actor"] = list(act.units)
    if act.overridden:
        facts["overridden"] = list(act.overridden)
    if act.origin:
        facts["origin"] = act.origin
    return NewEntry(
        kind=act.step,
        at=act.at,
        noted=act.noted,
        by=by,
        post=act.post,
        on_behalf_of=act.behalf,
        edition=edition,
        key=key,
        command=command,
        facts={**facts, **(also or {})},
        personal=personal,
        actor=act.by if act.by != by else None,
        recorder=act.recorder,
        medium=act.medium,
    )


def act_of(entry: StoredEntry) -> Act:
    """The act that an entry puts on record, as the rules see it."""
    return act_in(entry, number=entry.number)


def act_in(entry: StoredEntry | NewEntry, *, number: int) -> Act:
    """The same of an entry that is still to be written, under the number that it will have."""
    facts = with_personal(entry.facts, entry.personal, corrects=corrected_word(entry.kind, entry.facts))
    units = facts.pop("units of the actor", ())
    overridden = facts.pop("overridden", ())
    actor = entry.actor or entry.by
    return Act(
        number=number,
        step=StepName(entry.kind),
        at=entry.at,
        noted=entry.noted,
        by=None if actor in (CLOCK, SYSTEM) else PersonId(actor),
        post=None if entry.post is None else PostName(entry.post),
        behalf=entry.on_behalf_of,
        recorder=None if entry.recorder is None else PersonId(entry.recorder),
        medium=entry.medium,
        units=tuple(units),
        facts=facts,
        overridden=tuple(overridden),
        origin=facts.get("origin"),
    )


def as_it_will_read(act: Act, *, aside: Mapping[str, Any]) -> Act:
    """The act as it will be read from its entry: facts in the order of the bytes, with those `aside` of the file itself.

    It is only asked for speed: what differs in anything is applied anew from the entry (`Folded.grow`).
    """
    facts, personal = split(act.facts, step=act.step)
    written = orjson.loads(orjson.dumps({**facts, **aside}, option=orjson.OPT_SORT_KEYS))
    return replace(act, facts={**written, **{word: act.facts[word] for word in sorted(personal)}})


def split(facts: Mapping[str, Any], *, step: str = "") -> tuple[dict[str, Any], dict[str, str]]:
    """Facts that stand in the bytes, and personal ones (as text) that stand beside them. “Not known” is no value.

    A corrected value is what the word is that it corrects: a grade stays in the bytes, for rules hang on it and nobody
    may erase it; an account stands beside them. Of files the digests stand in the bytes, and the names beside them. Entries of before that rule hold every corrected value beside the
    bytes; they are read as they stand.
    """
    corrects = corrected_word(step, facts)
    open_: dict[str, Any] = {}
    personal: dict[str, str] = {}
    for word, value in facts.items():
        meant = corrects if word == VALUE and corrects is not None else word
        if of_files(meant) and files.holds_files(value):
            open_[word], names = files.parted(value)
            personal[word] = orjson.dumps(names).decode()
        elif value is not None and erasable(meant):
            personal[word] = value if isinstance(value, str) else orjson.dumps(value).decode()
        else:
            open_[word] = value
    return open_, personal


def corrected_word(step: str, facts: Mapping[str, Any]) -> str | None:
    """Of a correction: the word whose value it mends; a word that nobody knows counts as free text."""
    if step != CORRECTED:
        return None
    word = str(facts.get(FACT.WORD))
    return word if word == MOMENT or word in words.facts() else VALUE


def with_personal(
    facts: Mapping[str, Any], personal: Mapping[str, Any], *, corrects: str | None = None
) -> dict[str, Any]:
    """All facts of an entry as they were given, out of its bytes and of what stands beside them."""
    beside = joined(personal, corrects=corrects)
    named = {word: files.joined(facts[word], names) for word, names in beside.items() if word in facts}
    return {**facts, **beside, **named}


def joined(personal: Mapping[str, Any], *, corrects: str | None = None) -> dict[str, Any]:
    """The personal facts as they were given; erased ones as `ERASED_VALUE`. `corrects`: the word that `value` mends."""
    return {
        word: ERASED_VALUE
        if value is ERASED
        else _corrected(corrects, value)
        if word == VALUE and corrects is not None
        else _as_given(word, value)
        for word, value in personal.items()
    }


def erasable(word: str) -> bool:
    """Whether the value of a word stands beside the ledger (semantics 3.3)."""
    known = words.facts().get(word)
    return known is not None and known.erasable


def of_files(word: str) -> bool:
    """Whether the values of a word are files, whose names alone stand beside the ledger."""
    known = words.facts().get(word)
    return known is not None and known.kind.of_files


def _as_given(word: str, value: str) -> Any:
    known = words.facts().get(word)
    return value if known is None or known.kind.one_text else orjson.loads(value)


def _corrected(word: str, value: str) -> Any:
    """A corrected value as it was given: text as it stands, a list or a checklist out of its JSON."""
    known = words.facts().get(word)
    several = known is not None and not known.kind.one_text and value[:1] in ("[", "{")
    return orjson.loads(value) if several else value
