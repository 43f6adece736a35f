"""The search finds everything that a person may see, as people type it, and nothing else; what was erased is gone from it."""

from __future__ import annotations

import pytest
from django.db import connection
from tests.office.caseload.office import Office, at

from kesu.caseload.asking.listing import cases, count
from kesu.caseload.asking.narrowing import Wanted
from kesu.caseload.asking.searching import Snippet, snippets
from kesu.caseload.models import SearchRow
from kesu.caseload.pieces import out_of_step, remake
from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.caseload.sight.reader import Reader, reader_of
from kesu.ledger.triggers import strange_triggers
from kesu.people.models import Holding

NOW = at("2026-03-09 10:00")
SAID = {
    "complainant": "源达化工有限公司",
    "account": "大肠菌群的结果与现场测的差得太多，ＰＨ值也不对。",
    "phone": "13812346621",
    "item": "2026 0211-A",
}


def reader(office: Office, name: str = "gu") -> Reader:
    return reader_of(office.organisation, office.persons[name], NOW)


def found(office: Office, text: str, name: str = "gu") -> list[str]:
    """The numbers of what is found."""
    return sorted(row.label for row in cases(reader(office, name), wanted=Wanted(text=text)).rows)


@pytest.fixture
def file(office: Office) -> str:
    """A case in which much was said, beside one that says nothing of it."""
    office.receive(account="发票金额和报价单不一致")
    return office.receive(**SAID).file


@pytest.mark.parametrize(
    "typed",
    [
        "源达", "化工", "源达化工有限公司", "菌群", "差得太多", "ph值", "PH", "ｐｈ值", "ydhg", "ydh", "YDHG",
        "20260211A", "2026 0211", "0211-a", "０２１１", "6621", "13812346621", "TS-2026-0002", "ts20260002", "源达 菌群",
        "菌群  源达", "phone",
    ],
)  # fmt: skip
def test_what_was_said_is_found_as_people_type_it(office: Office, file: str, typed: str) -> None:
    both = ["TS-2026-0001", "TS-2026-0002"]
    assert found(office, typed) == (both if typed == "phone" else both[1:])


@pytest.mark.parametrize(
    "typed", ["达源", "群菌", "源达 发票", "1234", "x", "不存在", "★", "%", "_", "ph值对", "\\"]
)
def test_what_was_not_said_is_not_found(office: Office, file: str, typed: str) -> None:
    assert found(office, typed) == []


def test_nothing_typed_leaves_the_list_as_it_is(office: Office, file: str) -> None:
    assert found(office, "  ") == ["TS-2026-0001", "TS-2026-0002"]


def test_a_case_is_found_by_who_of_the_house_has_part_in_it(office: Office, file: str) -> None:
    name = reader(office).directory.name_of(office.persons["zhou"])
    assert found(office, name) == ["TS-2026-0001", "TS-2026-0002"]


def test_the_place_where_it_was_found_is_shown_with_the_find_apart(office: Office, file: str) -> None:
    assert snippets(reader(office), [file], "差得 ph") == {
        file: Snippet(
            "account",
            (
                ("大肠菌群的结果与现场测的", False),
                ("差得", True),
                ("太多，", False),
                ("ＰＨ", True),
                ("值也不对。", False),
            ),
        )
    }
    assert snippets(reader(office), [file], "ydhg") == {
        file: Snippet("complainant", ((SAID["complainant"], True),))
    }
    assert snippets(reader(office), [file], "6621") == {
        file: Snippet("phone", (("138****", False), ("6621", True)))
    }
    assert snippets(reader(office), [file], "TS-2026-0002") == {}


def test_another_organisation_finds_nothing_of_it(office: Office, file: str) -> None:
    person = Holding.objects.get(organisation="hengce-2", post="quality manager").person
    stranger = reader_of("hengce-2", person, NOW)
    assert [count(stranger, wanted=Wanted(text=one)) for one in ("源达", "6621", "ydhg")] == [0, 0, 0]


def test_what_is_corrected_is_found_by_what_stands_now_and_by_what_stood_there(
    office: Office, file: str
) -> None:
    mended = {"entry": "1", "word": "complainant", "value": "清泉饮品", "reason": "写错了"}
    office.do("corrected", "zhou", "2026-03-03 09:00", file=file, facts=mended)
    assert (found(office, "清泉"), found(office, "qqyp"), found(office, "源达")) == (["TS-2026-0002"],) * 3


def test_a_table_that_was_meddled_with_is_named_and_made_anew(office: Office, file: str) -> None:
    if connection.vendor != "sqlite":
        return
    assert found(office, "源达") == ["TS-2026-0002"]
    row = SearchRow.objects.get(organisation=office.organisation, file=file)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO caseload_search_words (caseload_search_words, rowid, grams) VALUES ('delete', %s, %s)",
            [row.pk, row.grams],
        )
    assert (out_of_step() is not None, found(office, "源达")) == (True, [])
    assert [one.table for one in rebuild(check=True)] == ["caseload_search_words"] * 2  # of each organisation
    remake()
    assert (out_of_step(), found(office, "源达")) == (None, ["TS-2026-0002"])


@pytest.mark.tampers
def test_its_triggers_are_known_and_another_text_is_not(office: Office) -> None:
    assert strange_triggers() == []
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER caseload_search_words_in")
        cursor.execute(
            "CREATE TRIGGER caseload_search_words_in AFTER INSERT ON caseload_searchrow BEGIN SELECT 1; END"
        )
    assert strange_triggers() == ["caseload_search_words_in on caseload_searchrow is not one of ours"]
