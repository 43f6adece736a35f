"""The portal as the organisation settles it: whether it is open, what whoever complains is told and agrees to, and its foot.

Each is a setting like any other: who set it when stays in its register, so that every version of a text can be found again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kesu.caseload.acting.answers import Done, Refused
from kesu.people.directory import Directory
from kesu.reading.text import Text

from .register_acts import RegisterAct, register
from .together import taken, together

FILE: Final = "portal"  # of the settings that belong to no procedure
LONGEST: Final = 4000  # characters of a text
STATE, ANONYMOUS, NOTICE, HELP, ICP, POLICE = (
    "open",
    "anonymous",
    "notice",
    "help",
    "ICP record",
    "police record",
)
YES, NO = "yes", "no"
NONE: Final = "none"  # the value of a text that is taken away: a register holds no empty one

SAID: Final[Mapping[str, Text]] = {
    STATE: Text("开放投诉门户", "Portal open"),
    ANONYMOUS: Text("可以匿名", "Complaints without a name"),
    NOTICE: Text("个人信息告知", "Privacy notice"),
    HELP: Text("联系人和电话", "Whom to call"),
    ICP: Text("ICP 备案号", "ICP record number"),
    POLICE: Text("公安备案号", "Public security record number"),
}
OWN_NOTICE: Final = Text(
    "我们收集您填写的姓名、联系方式和反映的情况，只用于核实、处理和答复您的投诉，由承办人员和依程序有权查阅的人查看，"
    "按本机构程序规定的期限保存。不填联系方式也可以提交，但我们可能无法向您核实和答复。"
    "您可以向本机构要求查阅、更正您的信息；依法可以删除的，可以要求删除。",
    "We collect your name, how to reach you and what you tell us, to look into your complaint, handle it and answer you. Those who"
    " handle it and those whom our procedure lets look see it; it is kept as long as our procedure says. You may leave out how to"
    " reach you, but then we may be unable to ask or answer you. You may ask us to see and correct your data, and to erase it where"
    " the law lets you.",
)


@dataclass(frozen=True, slots=True)
class PortalSettings:
    """As it is settled now. `notice` is the organisation's own text, in both languages alike, or that of the software."""

    is_open: bool
    anonymous: bool
    notice: Text
    help: str
    icp: str
    police: str

    @property
    def records(self) -> list[str]:
        """The record numbers of the foot, those that there are."""
        return [one for one in (self.icp, self.police) if one]

    @property
    def version(self) -> str:
        """Which text was agreed to: the beginning of its digest (SHA-256 of the Chinese text)."""
        return hashlib.sha256(self.notice.zh.encode()).hexdigest()[:16]


def portal_of(directory: Directory) -> PortalSettings:
    """How the portal of an organisation is settled: closed where nobody has opened it."""
    said = {name: value for name, value in directory.settings.get(FILE, {}).items() if value != NONE}
    own = said.get(NOTICE)
    return PortalSettings(
        is_open=said.get(STATE) == YES,
        anonymous=said.get(ANONYMOUS, YES) == YES,
        notice=Text(own, own) if own else OWN_NOTICE,
        help=said.get(HELP, ""),
        icp=said.get(ICP, ""),
        police=said.get(POLICE, ""),
    )


def set_portal(
    values: Mapping[str, str],
    *,
    directory: Directory,
    person: str,
    now: datetime,
    key: str,
) -> Done | Refused:
    """Sets those of the values (by the names of `SAID`) that differ from what is set, all or none.

    Raises KeyTaken, Busy, ClockInDoubt.
    """
    if (wrong := _wrong(values)) is not None:
        return Refused(None, problems=(wrong,))
    present = directory.settings.get(FILE, {})
    given = {name: value.strip() or NONE for name, value in values.items()}
    changed = {name: value for name, value in given.items() if present.get(name, NONE) != value}
    organisation = directory.organisation.organisation

    def work() -> Done:
        done = Done(f"setting/{FILE}", 0)
        for place, (name, value) in enumerate(sorted(changed.items())):
            act = RegisterAct(f"setting/{FILE}", "set", {"name": name, "value": value})
            done = taken(
                register(act, organisation=organisation, person=person, now=now, key=f"{key}/{place}")
            )
        return done

    return together(work)


def _wrong(values: Mapping[str, str]) -> Text | None:
    for name, value in values.items():
        if name not in SAID:
            return Text(f"没有“{name}”这一项", f"there is no setting “{name}” of the portal")
        if name in (STATE, ANONYMOUS) and value not in (YES, NO):
            return Text(f"“{SAID[name].zh}”请选是或否", f"“{SAID[name].en}”: choose yes or no")
        if len(value) > LONGEST:
            return Text(
                f"“{SAID[name].zh}”超过 {LONGEST} 字，请缩短",
                f"“{SAID[name].en}” is over {LONGEST} characters; make it shorter",
            )
    return None
