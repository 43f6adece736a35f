"""Personal values are erased on record, by the privacy officer alone; the chain still verifies (semantics 3.3)."""

from __future__ import annotations

import pytest
from tests.office.caseload.office import Office, at, key

from kesu.caseload.acting.answers import Done, NotYours, Refused
from kesu.caseload.asking.listing import count
from kesu.caseload.asking.narrowing import Wanted
from kesu.caseload.asking.opened import opened
from kesu.caseload.models import SearchRow
from kesu.caseload.sight.reader import reader_of
from kesu.ledger.entry import ERASED
from kesu.ledger.read import entries_of
from kesu.people.models import Person
from kesu.registry.erasure import erase

GROUND = "个人信息保护法第四十七条"
NOW = at("2026-06-01 09:00")


def ended(office: Office) -> str:
    file = office.accepted("2026-03-02 10:00").file
    office.do("investigated", "shen", "2026-03-02 11:00", file=file)
    office.do("closed", "gu", "2026-03-02 12:00", file=file)
    return file


def attempt(
    office: Office, file: str, values: list[tuple[int, str]], by: str = "yin", ground: str = GROUND
) -> object:
    return erase(
        file, values, ground=ground, organisation="hengce", person=office.persons[by], now=NOW, key=key()
    )


def test_an_erased_value_reads_as_erased_and_counts_as_on_record(office: Office) -> None:
    file = ended(office)
    assert isinstance(attempt(office, file, [(1, "complainant"), (1, "account")]), Done)
    entries = entries_of("hengce", file)
    assert entries[0].personal == {"complainant": ERASED, "account": ERASED}
    assert (entries[-1].kind, entries[-1].facts["ground"]) == ("erased", GROUND)
    view = opened(file, reader_of("hengce", office.persons["gu"], NOW))
    assert view is not None
    assert {fact.word: fact.value for fact in view.timeline()[0].facts}["account"] == "erased"
    assert (view.row.state, view.row.number) == ("closed", 5)


def test_what_is_erased_is_found_no_more(office: Office) -> None:
    file, reader = ended(office), reader_of("hengce", office.persons["gu"], NOW)
    found = {text: Wanted(text=text) for text in ("李女士", "lns", "差很多", "phone")}
    assert {text: count(reader, wanted=one) for text, one in found.items()} == dict.fromkeys(found, 1)
    attempt(office, file, [(1, "complainant"), (1, "account")])
    assert {text: count(reader, wanted=one) for text, one in found.items()} == dict.fromkeys(found, 0) | {
        "phone": 1
    }
    assert "李" not in str(
        SearchRow.objects.filter(organisation="hengce").values_list("said", "folded", "grams")
    )


def test_only_the_privacy_officer_erases_and_on_a_legal_ground(office: Office) -> None:
    file = ended(office)
    said = [
        answer.sentences("zh")
        for answer in (
            attempt(office, file, [(1, "account")], by="gu"),
            attempt(office, file, [(1, "account")], ground=" "),
            attempt(office, file, [(1, "nothing")]),
            attempt(office, office.accepted("2026-03-03 10:00").file, [(1, "account")]),
        )
        if isinstance(answer, Refused)
    ]
    assert said == [
        ["抹去由个人信息负责人办理"],
        ["要写明法律依据"],
        ["没有这样的内容可抹，或已经抹去"],
        ["案件还没有办结，内容还要用"],
    ]
    assert entries_of("hengce", file)[0].personal["account"] == "结果和上次差很多"


def test_the_name_of_a_person_who_left_can_be_erased(office: Office) -> None:
    file = f"person/{office.persons['lin']}"
    refused = attempt(office, file, [(1, "name")])
    assert isinstance(refused, Refused)
    assert refused.sentences("zh") == ["此人还在职，先登记离任"]
    office.note(file, "left", {}, now=at("2026-05-01 09:00"))
    assert isinstance(attempt(office, file, [(1, "name")]), Done)
    assert Person.objects.get(organisation="hengce", person=office.persons["lin"]).name == "erased"


def test_a_file_of_another_organisation_cannot_be_erased_from(office: Office) -> None:
    with pytest.raises(NotYours):
        attempt(office, "person/p-none", [(1, "name")])
