"""`see` rules at the office: lists, counts, search, queue, the page of a file and acts agree on who sees what."""

from __future__ import annotations

import random

import pytest
from tests.office.caseload.office import LIBRARY, Office, at, key
from tests.office.caseload.test_seeing import NOW, seen_by
from tests.office.looking import looked_at

from kesu.caseload.acting.answers import Done, NotYours
from kesu.caseload.asking.listing import cases, count
from kesu.caseload.asking.narrowing import Wanted
from kesu.caseload.models import SightRow
from kesu.caseload.sight.reader import reader_of
from kesu.caseload.sight.seats import actors_in
from kesu.casework.waiting.takers import Takers
from kesu.people.directory import directory_of
from kesu.registry.editions import put_in_force


@pytest.fixture
def claims(office: Office) -> Office:
    """The office, with claims in force: customer service sees major ones, the technical manager those that are graded."""
    now = at("2026-02-01 09:00")
    person = office.persons["admin"]
    done = put_in_force(
        "office-claim", library=LIBRARY, organisation="hengce", person=person, now=now, since=now, key=key()
    )
    assert isinstance(done, Done), done
    return office


def opened(office: Office, grade: str | None = None) -> str:
    facts = {"grade": grade} if grade else {}
    return office.do("opened", "gu", "2026-03-02 09:00", procedure="office-claim", facts=facts).file


def numbers(office: Office, name: str) -> list[int]:
    """The numbers of the claims that a person sees, checked against every other way of asking."""
    return [int(label.rpartition("-")[2]) for label in reversed(seen_by(office, name))]


def test_a_post_that_is_named_sees_the_files_where_a_rule_holds_others_see_all(claims: Office) -> None:
    for grade in (None, "ordinary", "major"):
        opened(claims, grade)
    assert {name: sorted(numbers(claims, name)) for name in ("gu", "shen", "zhou", "wen", "ping")} == {
        "gu": [1, 2, 3],
        "shen": [2, 3],
        "zhou": [3],
        "wen": [],
        "ping": [1, 2, 3],
    }


def test_a_file_appears_and_vanishes_as_its_facts_change(claims: Office) -> None:
    file = opened(claims)
    claims.do("graded", "gu", "2026-03-02 10:00", file=file, facts={"grade": "major"})
    assert (numbers(claims, "shen"), numbers(claims, "zhou")) == ([1], [1])
    claims.do("graded", "gu", "2026-03-02 11:00", file=file, facts={"grade": "ordinary"})
    assert (numbers(claims, "shen"), numbers(claims, "zhou")) == ([1], [])
    assert [row.post for row in SightRow.objects.all()] == ["technical manager"]


def test_whom_a_file_is_hidden_from_cannot_act_in_it_and_is_not_said_to_be_able(claims: Office) -> None:
    file = opened(claims, "ordinary")
    with pytest.raises(NotYours):
        claims.attempt("note", "zhou", "2026-03-02 10:00", file=file, facts={"text": "?"})
    with looked_at("hengce", file) as fold:
        actors = actors_in(fold.case, directory=directory_of("hengce"), now=NOW)
        able = Takers(fold.case, now=NOW, actors=actors).of("closed")
    assert sorted({actor.person for actor in able}) == ["p-gu", "p-lin", "p-shen"]


def test_whoever_has_acted_in_a_file_goes_on_seeing_it(claims: Office) -> None:
    file = opened(claims, "major")
    claims.do("note", "zhou", "2026-03-02 10:00", file=file, facts={"text": "收据已核对"})
    claims.do("graded", "gu", "2026-03-02 11:00", file=file, facts={"grade": "ordinary"})
    assert numbers(claims, "zhou") == [1]


def test_search_and_counts_leave_out_what_is_hidden(claims: Office) -> None:
    for grade in ("ordinary", "major", "major"):
        opened(claims, grade)
    zhou = reader_of("hengce", claims.persons["zhou"], NOW)
    assert count(zhou, wanted=Wanted(procedure="office-claim")) == 2
    assert count(zhou, wanted=Wanted(text="0001")) == 0
    assert [row.grade for row in cases(zhou, wanted=Wanted(grade="ordinary")).rows] == []


def test_a_stand_in_sees_what_the_post_sees(claims: Office) -> None:
    opened(claims, "ordinary")
    opened(claims, "major")
    claims.join("hu", "registrar", now=at("2026-02-02 09:00"))
    facts = {
        "person": claims.persons["hu"],
        "behalf": claims.persons["zhou"],
        "from": at("2026-03-01 09:00"),
        "until": at("2026-03-31 09:00"),
    }
    claims.note("post/customer service specialist", "stand-in named", facts, now=at("2026-03-01 09:00"))
    assert numbers(claims, "hu") == [2]


def test_a_last_resort_sees_what_the_post_would_have_seen(claims: Office) -> None:
    seen, unseen = opened(claims, "major"), opened(claims)
    for file in (seen, unseen):
        both = [claims.persons["shen"], claims.persons["lin"]]
        claims.named("gu", "2026-03-02 10:00", file=file, facts={"persons": both})
    assert numbers(claims, "shen") == []
    assert numbers(claims, "wen") == [1]


def test_any_order_of_grades_leaves_rows_and_rules_in_agreement(claims: Office) -> None:
    chance = random.Random(7)
    files = [opened(claims, chance.choice([None, "ordinary", "major"])) for _ in range(6)]
    for turn in range(12):
        grade = chance.choice([None, "ordinary", "major"])
        facts = {"grade": grade} if grade else {}
        claims.do("graded", "gu", f"2026-03-03 10:{turn:02}", file=chance.choice(files), facts=facts)
    for name in ("gu", "shen", "zhou", "wen"):
        seen_by(claims, name)
