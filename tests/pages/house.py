"""The laboratory of the demo without its cases: every post held, `lab-pd-007` in force; and cases brought on by commands."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from tests.office.signing import signed_by_its_actor

from kesu.caseload.acting.answers import Done
from kesu.caseload.acting.perform import perform
from kesu.casework.deciding.command import Command
from kesu.demo import stories
from kesu.demo.staffing import calendar_of, staffed
from kesu.files.drafts import Sender, keep_draft
from kesu.people.directory import directory_of
from kesu.people.models import Person, User
from kesu.procedure.written.library import here
from kesu.reading.strict import read_file
from kesu.reading.text import Text
from kesu.registry.register_acts import RegisterAct, register

CHINA = ZoneInfo("Asia/Shanghai")
FOUNDED = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
_keys = itertools.count(1)
POSTS = {
    "周小雨": "customer service specialist",
    "顾明": "quality manager",
    "沈立": "technical manager",
    "陆建国": "general manager",
    "赵敏": "quality service department",
    "韩松": "supervisor",
}


def at(text: str) -> datetime:
    """A local time in China, such as 2026-03-09 10:20."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA).astimezone(UTC)


def found_houses() -> None:
    """Both demo organisations, staffed and without cases; two reports with who worked on them."""
    data: Any = read_file(stories.FOLDER / "laboratory" / "house.yaml")
    for said in data["organisations"]:
        house = staffed(said, data, calendar=calendar_of(data["sites"]), now=FOUNDED, library=here())
        for key, received, worker in (("HC-0101", "2026-03-02", "wu"), ("HC-0102", "2026-01-20", "shen")):
            facts = {"kind": "report", "holder": "宏泰食品", "received": received}
            house.note(f"item/{key}", "item registered", facts, by="deng", now=FOUNDED)
            work = {"person": house.persons[worker], "what": "检测"}
            house.note(f"item/{key}", "work done", work, by="deng", now=FOUNDED)


class House:
    """One of them, with its persons by name."""

    def __init__(self, organisation: str = "hengce") -> None:
        self.organisation = organisation
        rows = Person.objects.filter(organisation=organisation)
        self.persons = {row.name: row.person for row in rows}

    def user(self, name: str) -> User:
        """The sign-in of a person."""
        return User.objects.get(persons__organisation=self.organisation, persons__name=name)

    def do(self, name: str, step: str, when: str, file: str | None = None, **facts: Any) -> Done:
        """A step by this person in his usual post; it has to be taken."""
        person, now = self.persons[name], at(when)
        given = {word.replace("_", " "): value for word, value in facts.items()}
        units = directory_of(self.organisation).units_above(person, now)
        command = Command(step=step, by=person, post=POSTS.get(name), units=units, facts=given)
        answer = perform(
            signed_by_its_actor(command, now=now, recorder=person),
            organisation=self.organisation,
            person=person,
            now=now,
            key=f"test-{next(_keys)}",
            file=file,
            procedure=None if file else "lab-pd-007",
        )
        assert isinstance(answer, Done), getattr(answer, "sentences", lambda lang: answer)("en")
        return answer

    def note(self, name: str, file: str, step: str, when: str, /, **facts: Any) -> None:
        """A step in a register by this person; it has to be taken."""
        act = RegisterAct(file, step, facts)
        key = f"test-{next(_keys)}"
        answer = register(
            act, organisation=self.organisation, person=self.persons[name], now=at(when), key=key
        )
        assert isinstance(answer, Done), answer

    def sent_in(self, name: str, content: bytes, called: str, when: str, sort: str = "") -> dict[str, str]:
        """A file that this person has sent in, as a fact has it."""
        sender = Sender(self.organisation, self.persons[name], at(when))
        kept = keep_draft(BytesIO(content), name=called, sender=sender)
        assert not isinstance(kept, Text), kept.en
        return {**kept, "sort": sort}

    def received(self, when: str = "2026-03-09 09:00", **facts: Any) -> str:
        """A complaint about a late report that came in whole and was registered."""
        given = {
            "matter": "complaint", "source": "client", "complainant_kind": "client", "complainant": "李女士",
            "channel": "visit", "form": "written", "account": "报告比约定晚了三天。", "phone": "13812346621", **facts,
        }  # fmt: skip
        about = {"item": given.pop("item")} if "item" in given else {}
        amount = given.pop("demanded_amount", "0")
        file = self.do("周小雨", "received", when, **given).file
        self.do("周小雨", "registered", when, file, topic=["time limit"], demanded_amount=amount, **about)
        self.do("周小雨", "acknowledged", when, file, text="当面告知")
        return file

    def handed_over(self, **facts: Any) -> str:
        """The same, handed to the quality manager, found to be ours and graded."""
        file = self.received(**facts)
        asked = {"event": "晚了三天", "time and place": "上周", "report concerned": "HC-0101"}
        asked |= {"persons concerned": "不清楚", "loss suffered": "没有", "wish": "说明原因"}
        self.do("周小雨", "handed to quality manager", "2026-03-09 09:20", file, intake_questions=asked)
        self.do(
            "顾明", "relevance decided", "2026-03-09 09:30", file, ours="yes", relevance_reason="本机构的委托"
        )
        self.do("顾明", "graded", "2026-03-09 09:35", file, grade="ordinary", grade_reason="没有损失")
        return file

    def decided(self, file: str, finding: str, text: str = "收样时漏登") -> None:
        """A case that was accepted and analysed, looked into and decided in the order of the paper (line of the investigation)."""
        day = "2026-03-09 "
        proof = {"evidence": "收样登记", "evidence_origin": "laboratory records"}
        self.do("赵敏", "evidence added", day + "09:43", file, **proof)
        self.do("赵敏", "information collected", day + "09:43", file, text=text)
        self.do(
            "赵敏", "evidence verified", day + "09:43", file, of_evidence="收样登记", verification="verified"
        )
        self.do("顾明", "investigated", day + "09:43", file, text=text)
        self.do("顾明", "facts confirmed", day + "09:43", file, text=text)
        self.do("顾明", "record completed", day + "09:44", file, investigation_result=text)
        self.do("顾明", "submitted", day + "09:44", file, form_version="TD-021/3")
        told = {
            "finding": finding,
            "finding_evidence": ["收样登记"],
            "cause": "service problem",
            "loss": "no",
        }
        self.do("陆建国", "found", day + "09:44", file, reason=text, **told)
