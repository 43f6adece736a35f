"""A small organisation for tests, founded and staffed through the one way in, as everything is."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.office.signing import signed_by_its_actor

from kesu.caseload.acting.answers import Answer, Done, NotYours
from kesu.caseload.acting.perform import perform
from kesu.casework.deciding.command import Command
from kesu.procedure.written.library import Library
from kesu.registry.editions import put_in_force
from kesu.registry.foundation import Founder, found_organisation
from kesu.registry.register_acts import RegisterAct, register

ROOT = Path(__file__).parents[3]
LIBRARY = Library(Path(__file__).parent / "procedures", ROOT / "procedures")
CHINA = ZoneInfo("Asia/Shanghai")
_keys = itertools.count(1)

POSTS = {
    "zhou": "customer service specialist",
    "gu": "quality manager",
    "shen": "technical manager",
    "lin": "technical manager",
    "wen": "external reviewer",
    "ren": "registrar",
    "ping": "assessor",
    "yin": "privacy officer",
    "ru": "importer",
}


def at(text: str) -> datetime:
    """A local time in China, such as 2026-03-02 09:00."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA).astimezone(UTC)


def key() -> str:
    """A fresh idempotency key."""
    return f"key-{next(_keys)}"


class Office:
    """One organisation with its persons by short names; `do` and `note` act for them."""

    def __init__(self, organisation: str = "hengce", *, founded: str = "2026-01-05 09:00") -> None:
        self.organisation = organisation
        now = at(founded)
        founder = Founder(username=f"admin@{organisation}", name="秦管")
        self.persons = {
            "admin": found_organisation(
                organisation=organisation,
                title="恒测检测",
                zone="Asia/Shanghai",
                administrator=founder,
                now=now,
            )
        }
        for unit, under in (("lab", "main"), ("chemistry", "lab"), ("service", "main")):
            self.note(
                f"organisation/{organisation}",
                "unit added",
                {"unit": unit, "title": unit, "under": under},
                now=now,
            )
        for name, post in POSTS.items():
            self.join(name, post, now=now, external=name == "wen")
        self.note("setting/office-trial", "set", {"name": "check time", "value": "3 working days"}, now=now)
        self.note("setting/office-trial", "set", {"name": "number series", "value": "TS"}, now=now)
        for procedure in ("office-trial", "office-action"):
            answer = put_in_force(
                procedure,
                library=LIBRARY,
                organisation=organisation,
                person=self.persons["admin"],
                now=now,
                since=now,
                key=key(),
            )
            assert isinstance(answer, Done), answer.sentences("en")

    def again(self) -> Office:
        """The same organisation in a copy of its database."""
        made = Office.__new__(Office)
        made.organisation, made.persons = self.organisation, dict(self.persons)
        return made

    def join(
        self, name: str, post: str, *, now: datetime, external: bool = False, unit: str | None = None
    ) -> str:
        """Registers a person and gives him a post."""
        person = self.persons[name] = f"p-{name}"
        facts: dict[str, Any] = {"name": f"{name} of {self.organisation}"}
        if external:
            facts["external"] = "yes"
        self.note(f"person/{person}", "person registered", facts, now=now)
        place = unit or {"shen": "chemistry", "lin": "lab"}.get(name, "main")
        self.note(f"post/{post}", "post taken", {"person": person, "unit": place, "from": now}, now=now)
        return person

    def note(
        self, file: str, step: str, facts: Mapping[str, Any], *, now: datetime, by: str = "admin"
    ) -> int:
        """A step in a register, which has to be taken; gives its number."""
        answer = self.try_note(file, step, facts, now=now, by=by)
        assert isinstance(answer, Done), answer.sentences("en")
        return answer.number

    def try_note(
        self, file: str, step: str, facts: Mapping[str, Any], *, now: datetime, by: str = "admin"
    ) -> Any:
        """A step in a register, whatever the answer."""
        act = RegisterAct(file, step, facts)
        return register(act, organisation=self.organisation, person=self.persons[by], now=now, key=key())

    def attempt(
        self, step: str, name: str, now: str | datetime, *, file: str | None = None, **more: Any
    ) -> Answer:
        """A step in a case, whatever the answer. `post` is the person's own unless given; other words are facts."""
        post = more.pop("post", POSTS.get(name))
        ways = {word: more.pop(word) for word in ("behalf", "medium", "reason", "passes") if word in more}
        happened = more.pop("happened", None)
        actor = self.persons[more.pop("actor", name)]
        command = Command(
            step=step,
            by=actor,
            post=post,
            at=at(happened) if happened else None,
            facts={word.replace("_", " "): value for word, value in more.pop("facts", {}).items()},
            **ways,
        )
        moment = at(now) if isinstance(now, str) else now
        return perform(
            signed_by_its_actor(command, now=moment, recorder=self.persons[name]),
            organisation=self.organisation,
            person=self.persons[name],
            now=moment,
            key=more.pop("key", None) or key(),
            file=file,
            procedure=None if file else more.pop("procedure", "office-trial"),
            **more,
        )

    def named(self, name: str, now: str, *, file: str, facts: Mapping[str, Any]) -> Done:
        """Somebody says on what ground who has to stay out, and another confirms it at once."""
        done = self.do("named", name, now, file=file, facts={"reason": "投诉人这样说", **facts})
        listed, entry = facts.get("persons", ()), {"entry": str(done.number)}
        for other in ("zhou", "gu", "lin", "shen"):
            if other != name and self.persons[other] not in listed:
                with suppress(NotYours):  # the next one, who sees it
                    self.do("naming confirmed", other, now, file=file, facts=dict(entry))
                    break
        return done

    def do(self, step: str, name: str, now: str | datetime, *, file: str | None = None, **more: Any) -> Done:
        """A step in a case, which has to be taken."""
        answer = self.attempt(step, name, now, file=file, **more)
        assert isinstance(answer, Done), answer.sentences("en") if hasattr(answer, "sentences") else answer
        return answer

    def receive(self, now: str = "2026-03-02 09:00", **facts: Any) -> Done:
        """A complaint that Zhou receives."""
        said = {
            "matter": "complaint",
            "channel": "phone",
            "complainant": "李女士",
            "account": "结果和上次差很多",
        }
        return self.do("received", "zhou", now, facts={**said, **facts})

    def accepted(self, now: str = "2026-03-02 10:00") -> Done:
        """A complaint that has been received and accepted."""
        done = self.receive(now)
        self.do("accepted", "gu", now, file=done.file, facts={"ours": "yes"})
        return done
