"""What a step and a fact are as words: their titles, their kind, and the parts that they play."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kesu.names import FactName, StepName
from kesu.reading.text import Text

from ..kinds import Kind
from .derived import Derived


class Part(StrEnum):
    """The part that a step plays in a file."""

    ARRIVAL = "arrival"  # how a matter comes in: refused to nobody for want of a fact, never after the end (semantics 1.4)
    OWN = "own"  # the procedure's own work: waits for what was missing at the arrival, stops at the end
    EVERYWHERE = "everywhere"  # every file knows it: waits for nothing, may follow the end
    HOUSE = "house"  # recorded by the system when it becomes so elsewhere, never taken by a person
    CLOCK = "clock"  # recorded by time alone


class Mends(StrEnum):
    """What of the record a step mends."""

    FACT = "fact"  # a fact of an entry reads otherwise from now on
    ACT = "act"  # an entry counts as not having happened


@dataclass(frozen=True, slots=True)
class StepWord:
    """A step that some procedure may use, with the parts that it plays in a file.

    `follows_end`: may be taken after the end though it is the procedure's own work. `stage`: lists show it as where the
    file stands, though it is no own work. `about_file`: it is about the file, not about the matter (mending, ending).
    `theirs`: the other side's word, for which nobody here can be asked. `names_persons`: it can say who has to stay out.
    `undone`: where it ends a linked file, that was not done. `described`: the part of the published description that it belongs to. `brings`: the facts that the house puts on record
    with it, for which no form asks. `decides`: it settles something by the word of whoever takes it (a consent, a finding, an
    approval, a signature), so that noted by another it waits for his confirmation; `in_person`: it is not noted by another at all.
    `one_by_one`: it is never taken in several files at once (what is destroyed is gone).
    """

    name: StepName
    title: Text
    part: Part = Part.OWN
    mends: Mends | None = None
    begins: bool = False
    completes_arrival: bool = False
    ends_always: bool = False
    undone: bool = False
    follows_end: bool = False
    stage: bool = False
    about_file: bool = False
    theirs: bool = False
    names_persons: bool = False
    decides: bool = False
    in_person: bool = False
    one_by_one: bool = False
    described: str | None = None
    brings: tuple[FactName, ...] = ()

    @property
    def by_people(self) -> bool:
        """Whether a person takes it, and not the house or the clock."""
        return self.part not in (Part.HOUSE, Part.CLOCK)

    @property
    def ours(self) -> bool:
        """Whether somebody here can be asked for it."""
        return self.by_people and not self.theirs

    @property
    def complainants(self) -> bool:
        """Whether whoever complains may take it himself: how a matter comes in, what he adds to it, and his own word."""
        return self.part is Part.ARRIVAL or self.completes_arrival or self.theirs

    @property
    def in_bulk(self) -> bool:
        """Whether somebody may take it in several files with one form: nothing that settles, mends, begins, or says who stays out."""
        alone = self.one_by_one or self.decides or self.names_persons or self.theirs or self.about_file
        return self.by_people and not (alone or self.begins or self.mends is not None or self.ends_always)

    @property
    def own_work(self) -> bool:
        """Whether it is work between arrival and end: it waits for the arrival to be complete and stops at the end."""
        return self.part is Part.OWN and not self.follows_end

    @property
    def may_follow_end(self) -> bool:
        """Whether a person, the house or the clock may take it in a file that has ended."""
        return self.follows_end or self.part in (Part.EVERYWHERE, Part.HOUSE)


@dataclass(frozen=True, slots=True)
class FactWord:
    """A fact that may be put on record: its kind, its labels, whether it is about a person, and the parts it plays.

    `contact`: how to reach somebody, shown in full only to whoever asks for it. `source`: tells who
    brought the matter, kept back where he asked for that. `one_line`: a text of a few words.
    `first_asked`: wanted when a matter is registered, what else is asked may wait. `always_known`: “not known” is no
    answer, in editions of Kesu 0.1 too. `told_outside`: the outside world tells it, so that “not known” is an answer, unless
    the step that asks it says otherwise. `says_something`: a reason, an opinion, the content of a report: a lone mark or “none”
    is no value of it. `theirs`: said by who brought the matter, so that he may see it again.
    `under`: which of its choices stands under which other one.
    `among`: names things that are on record under another fact. `from_register`: entered by the register of items alone. `with_any_step`: says how an act came about (its reason, its
    scan), so that every act may bring it, whatever its form asks. `health`: tells of somebody's health, for which whoever tells it
    of himself agrees apart.
    """

    name: FactName
    title: Text
    kind: Kind
    personal: bool = False
    choices: Mapping[str, Text] = field(default_factory=dict)
    under: Mapping[str, str] = field(default_factory=dict)
    thing_of: FactName | None = None
    among: FactName | None = None
    derived: Derived | None = None
    contact: bool = False
    source: bool = False
    one_line: bool = False
    first_asked: bool = False
    always_known: bool = False
    told_outside: bool = False
    says_something: bool = False
    theirs: bool = False
    from_register: bool = False
    with_any_step: bool = False
    health: bool = False

    @property
    def names_of(self) -> FactName | None:
        """The fact under which the things stand on record that this one names; None where it names none."""
        return self.thing_of or self.among

    @property
    def erasable(self) -> bool:
        """Stands beside the ledger behind a commitment: personal words and free text (semantics 3.3)."""
        return self.personal or self.kind.free_text
