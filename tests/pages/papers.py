"""The house of the library at its pages: a line of a story is taken by its person, by the button and in the form that he finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.test import Client
from tests.pages.conftest import Clock
from tests.pages.desk import BACKEND
from tests.pages.html import Element, read

from kesu.caseload.folded.fold import folds
from kesu.caseload.models import CaseRow
from kesu.demo.library_house import HOUSE, Line, Played, lines_of
from kesu.demo.papers import papers
from kesu.files.drafts import Sender
from kesu.names import FileName
from kesu.people.models import Person, User
from kesu.procedure.history.act import Act, Value
from kesu.procedure.kinds.files import as_typed
from kesu.procedure.words import FactWord
from kesu.procedure.words.names import STEP
from kesu.procedure.written.model import Procedure
from kesu.reading.strict import Block, read_file

outline = read_file(HOUSE)
assert isinstance(outline, Block)
ORGANISATION = str(outline["id"])
Form = dict[str, Any]


class Blocked(AssertionError):
    """Somebody could not get past a page: at which step, and what the page says."""


class Journey:
    """One story at the pages, in one language."""

    def __init__(self, played: Played, stories: Mapping[str, Any], clock: Clock, language: str) -> None:
        self.played, self.clock, self.language = played, clock, language
        self.procedure: Procedure = played.story.procedure
        self.stories = stories
        self.lines = sorted(lines_of([played], stories))

    def go(self) -> CaseRow:
        """The whole of it; the row of the file at its end. Raises Blocked."""
        for line in self.lines:
            self._take(line)
            if self._row().ended is not None:
                break
        return self._row()

    def _take(self, line: Line) -> None:
        self.clock.now = line.at
        if self.played.file is None:
            self._begin(line.act)
            return
        file = self._file(line)
        if self._done(file, line.act):
            return
        procedure = (
            self.stories[self.played.story.opens[line.link]].procedure if line.link else self.procedure
        )
        seat = Seat(self, line.act)
        case = f"/cases/{file.partition('/')[2]}/"
        address = f"{case}steps/{line.act.step.replace(' ', '-')}/"
        page = seat.get(case)
        if address not in _offered(page):
            raise Blocked(f"{procedure.id}, {line.act.step}: no button for {line.act.by}\n{_why(page)}")
        count = len(_acts(file))
        after = seat.send(address, address, line.act, procedure)
        if len(_acts(file)) == count:
            raise Blocked(f"{procedure.id}, {line.act.step}: not taken\n{_why(after)}")

    def _begin(self, act: Act) -> None:
        seat = Seat(self, act)
        address = f"/register/?procedure={self.procedure.id}"
        after = seat.send(address, "/register/", self._with_registered(act), self.procedure)
        row = CaseRow.objects.filter(organisation=ORGANISATION, procedure=self.procedure.id).first()
        if row is None:
            raise Blocked(f"{self.procedure.id}, {act.step}: not begun\n{_why(after)}")
        self.played.file = FileName(row.file)

    def _with_registered(self, act: Act) -> Act:
        """The desk registers with the receipt: what the story says then is typed at once."""
        then = next((one.act for one in self.lines if one.act.step == STEP.REGISTERED), None)
        return (
            act
            if then is None or act.step != STEP.RECEIVED
            else replace(act, facts={**act.facts, **then.facts})
        )

    def _file(self, line: Line) -> str:
        if not line.link:
            assert self.played.file is not None
            return str(self.played.file)
        kind = self.played.story.opens[line.link]
        return str(
            CaseRow.objects.get(organisation=ORGANISATION, parent=self.played.file, procedure=kind).file
        )

    def _done(self, file: str, act: Act) -> bool:
        """Whether the desk did it with another step: what was registered with the receipt."""
        return act.step == STEP.REGISTERED and any(one.step == STEP.REGISTERED for one in _acts(file))

    def _row(self) -> CaseRow:
        return CaseRow.objects.get(organisation=ORGANISATION, file=self.played.file)


class Seat:
    """The person of an act at his pages."""

    def __init__(self, journey: Journey, act: Act) -> None:
        self.client = Client()
        name = f"{ORGANISATION}-{act.recorder or act.by}".replace(" ", "-")
        self.client.force_login(User.objects.get(username=name), backend=BACKEND)
        self.client.cookies["django_language"] = "en" if journey.language == "en" else "zh-hans"
        session = self.client.session
        session["organisation"] = ORGANISATION
        session.save()
        self.person = Person.objects.get(organisation=ORGANISATION, user__username=name).person
        self.clock = journey.clock

    def get(self, path: str) -> Element:
        """A page, redirects followed."""
        return self._read(self.client.get(path, follow=True))

    def send(self, path: str, action: str, act: Act, procedure: Procedure) -> Element:
        """Opens the form at an address, types what the act says and sends it; the page that comes back."""
        page = self.get(path)
        if not any(one.attrs.get("action", "").split("#")[0].endswith(action) for one in page.all("form")):
            raise Blocked(f"{procedure.id}, {act.step}: no form for {act.by}\n{_why(page)}")
        sent: Form = {**page.form(action), **dict(self._typed(page, act, procedure))}
        return self._read(self.client.post(action, sent, follow=True))

    def _typed(self, page: Element, act: Act, procedure: Procedure) -> Iterator[tuple[str, Any]]:
        yield from _wanted(page)
        known = {one.attrs["name"]: one for one in page.walk() if "name" in one.attrs and one.tag != "form"}
        if act.at != act.noted:
            yield "f-at", _local(act.at.isoformat())
        for word, value in act.facts.items():
            name = "f-" + word.replace(" ", "-")
            kind: FactWord = procedure.words.facts[word]
            if value is None:
                box = f"{name}--unknown"
                yield (box, "1") if box in known else (name, "?")
            elif kind.kind.of_files:
                sender = Sender(ORGANISATION, self.person, self.clock.now)
                files = papers([{str(one["sort"]): str(one["name"])} for one in _rows(value)], sender)
                yield name, [as_typed(file) for file in files]
            elif kind.kind.of_persons:
                yield name, [_person(str(one)) for one in (value if isinstance(value, list) else [value])]
            elif isinstance(value, dict):
                for item, answer in value.items():
                    yield f"{name}--{item.replace(' ', '-')}", answer
            elif isinstance(value, list) and value and isinstance(value[0], dict):
                for column in ("article", "quantity", "price"):
                    yield f"{name}--{column}", [str(row.get(column, "")) for row in _rows(value)]
            else:
                yield name, _as_typed(value, known.get(name))

    def _read(self, answer: Any) -> Element:
        return read(answer.content.decode())


def _wanted(page: Element) -> Iterator[tuple[str, str]]:
    """What a page wants at once and a story may not tell, as somebody would write it who knows no more."""
    for one in page.walk():
        name = one.attrs.get("name", "")
        if (
            one.attrs.get("aria-required") == "true"
            and name.startswith("f-")
            and one.tag in ("input", "textarea")
        ):
            yield name, "see the account"


def _as_typed(value: Value, where: Element | None) -> Any:
    if isinstance(value, list):
        texts = [str(one) for one in value]
        return "\n".join(texts) if where is not None and where.tag == "textarea" else texts
    text = str(value)
    return _local(text) if "T" in text and text[:4].isdigit() and text.endswith("+08:00") else text


def _local(instant: str) -> str:
    return instant[:16].replace("T", " ")


def _person(name: str) -> str:
    username = f"{ORGANISATION}-{name}".replace(" ", "-")
    return Person.objects.get(organisation=ORGANISATION, user__username=username).person


def _acts(file: str) -> list[Act]:
    return list(folds.take(ORGANISATION, file).case.history.acts)


def _offered(page: Element) -> set[str]:
    """The steps to which a button leads, and those whose form stands open; not what may only be noted for somebody else."""
    there = [one.attrs.get("href", "") for one in page.all("a")] + [
        one.attrs["action"] for one in page.all("form")
    ]
    return {one.split("#")[0].split("?")[0] for one in there if "for-other" not in one}


def _why(page: Element) -> str:
    """What a page says is wrong, or its main part."""
    wrong = [
        one.text()
        for one in page.walk()
        if {"error", "refusal", "errors"} & set(one.attrs.get("class", "").split())
    ]
    return "\n".join(wrong) or page.one("main").text()[:1500]


def _rows(value: Value) -> list[Mapping[str, Any]]:
    """The lines of a value that is a table."""
    assert isinstance(value, list)
    return [row for row in value if isinstance(row, Mapping)]
