"""Pages as persons of the demo look at them, and what one look costs."""

import statistics
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.test import Client

from kesu.caseload.models import CaseRow, PartRow, WatchRow
from kesu.casework.file.case_file import CaseFile
from kesu.people.models import Person
from kesu.procedure.shapes import shapes

from .statements import counted

OF_A_WATCH = 14  # statements where the file is that of a watch: it lists what it counts with the faces of those, and what is near it
QUESTIONS, STATEMENTS = 1000, 10  # of one look at a case, at most
BACKEND = "kesu.people.sign_in.ByNameOrEmail"
Look = tuple[str, str, str]  # organisation, person, address


class Looks:
    """The pages of the demo, by whom they are looked at."""

    def __init__(self) -> None:
        self._clients: dict[tuple[str, str], Client] = {}
        self._about: dict[str, str] = {}
        self._watches = set(map(_address, WatchRow.objects.values_list("file", flat=True)))

    def of_cases(self, files: Collection[str] | None = None) -> Iterator[Look]:
        """Each case (of these files), as each of those who acted in it, sign in, and may still see it."""
        signed = set(Person.objects.exclude(user=None).values_list("organisation", "person"))
        rows = CaseRow.objects.order_by("organisation", "label")
        for row in rows if files is None else rows.filter(file__in=files):
            acted = PartRow.objects.filter(organisation=row.organisation, file=row.file)
            seen_by = [
                one
                for person in acted.values_list("person", flat=True)
                if (one := (row.organisation, person)) in signed
            ]
            address = _address(row.file)
            self._about[address] = f"{row.label} {row.procedure}, {row.number} entries"
            for organisation, person in sorted(seen_by):
                if self._client(organisation, person).get(address).status_code == 200:
                    yield organisation, person, address

    def of_persons(self, addresses: tuple[str, ...]) -> Iterator[Look]:
        """Pages that everybody has of his own."""
        for organisation, person in Person.objects.exclude(user=None).values_list("organisation", "person"):
            for address in addresses:
                if self._client(organisation, person).get(address).status_code == 200:
                    yield organisation, person, address

    def cost(self, organisation: str, person: str, address: str, rounds: int) -> dict[str, Any]:
        """What one look costs: the counts of one, the median of the processor's milliseconds over `rounds`."""
        look = self.again({"organisation": organisation, "person": person, "page": address})
        look()  # what is kept in memory is there
        asked: Counter[str] = Counter()
        with questions(asked), counted(connection, statements := Counter()):
            look()
        return {
            "page": address,
            "watch": address in self._watches,
            "about": self._about.get(address, ""),
            "organisation": organisation,
            "person": person,
            "questions": asked.total(),
            "statements": statements.total(),
            "ms": round(statistics.median(_milliseconds(look) for _ in range(rounds)), 1),
        }

    def again(self, cost: dict[str, Any]) -> Callable[[], object]:
        """The same look once more."""
        client, page = self._client(cost["organisation"], cost["person"]), cost["page"]
        return lambda: client.get(page)

    def _client(self, organisation: str, person: str) -> Client:
        if (organisation, person) not in self._clients:
            client = self._clients[organisation, person] = Client(SERVER_NAME="localhost")
            user = Person.objects.get(organisation=organisation, person=person).user
            assert user is not None, "only those who sign in look at pages"
            client.force_login(user, backend=BACKEND)
            session = client.session
            session["organisation"] = organisation
            session.save()
        return self._clients[organisation, person]


def _address(file: str) -> str:
    return f"/cases/{file.partition('/')[2]}/"


def over(costs: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The looks that ask or send more than they may."""
    return [
        cost
        for cost in costs
        if cost["questions"] > QUESTIONS or cost["statements"] > (OF_A_WATCH if cost["watch"] else STATEMENTS)
    ]


def _milliseconds(look: Callable[[], object]) -> float:
    used = time.process_time()
    look()
    return (time.process_time() - used) * 1000


@contextmanager
def questions(asked: Counter[str]) -> Iterator[None]:
    """Counts the questions that are put to rules inside: about an act (by its step), and whom they let.

    A rule that is asked in full and asks its shape is one question; so is a shape that is asked at once.
    """
    inside = [0]
    outcome = CaseFile.outcome

    def in_full(case: CaseFile, rule: Any, act: Any) -> Any:
        asked[act.step] += 1
        inside[0] += 1
        try:
            return outcome(case, rule, act)
        finally:
            inside[0] -= 1

    def at_once(judge: Callable[..., Any]) -> Callable[..., Any]:
        def judging(shape: Any, history: Any, act: Any, each: Any) -> Any:
            asked[act.step] += not inside[0]
            return judge(shape, history, act, each)

        return judging

    def whom(lets: Callable[..., Any]) -> Callable[..., Any]:
        def letting(shape: Any, history: Any, act: Any) -> Any:
            asked[act.step] += 1
            return lets(shape, history, act)

        return letting

    with ExitStack() as patches:
        patches.enter_context(patch.object(CaseFile, "outcome", in_full))
        for shape in shapes().values():
            if "judge" in vars(shape):
                patches.enter_context(patch.object(shape, "judge", at_once(shape.judge)))
            if "lets" in vars(shape):
                patches.enter_context(patch.object(shape, "lets", whom(shape.lets)))
        yield
