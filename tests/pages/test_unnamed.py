"""来源保密: who complains is named nowhere, to nobody, until he has put on record why he looks; and then for an hour."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.pages.conftest import Clock
from tests.pages.desk import Desk
from tests.pages.test_nothing_leaves_unseen import EVERYBODY, forms, leaked, of_the_file, sees
from tests.pages.test_permissions import LISTS

NAME, TOLD, MAIL, PLACE = "杜鹃食品有限公司 欧阳女士", "杜鹃食品", "ouyang@example.com", "桂花弄九十七号"
PHONE = "13812346621"
WHO = (NAME, TOLD, "欧阳女士", MAIL, "o***@example.com", PHONE, "138****6621", PLACE)
SEARCHES = tuple(f"cases/?view=all&text={one}" for one in ("报告", "TS-2026"))


@pytest.fixture
def file(desk: Desk) -> str:
    """A complaint whose sender asks to stay unnamed; somebody wrote his name into a note and into a reason besides."""
    house = desk.house
    told = {"complainant": NAME, "email": MAIL, "phone": PHONE, "address": PLACE}
    file = house.handed_over(account=f"{TOLD}等了三天，报告没有来。", source_secrecy="yes", **told)
    house.do("周小雨", "note", "2026-03-09 09:50", file, text=f"欧阳女士来过电话，住在{PLACE}。")
    mended = {"entry": "1", "word": "complainant", "value": NAME + "（本人）", "reason": "欧阳女士说的"}
    house.do("周小雨", "corrected", "2026-03-09 09:51", file, **mended)
    return file


def every_address(file: str) -> list[str]:
    """Every page, list, print, letter, export and form that there is, and the searches."""
    searches = [f"/{one}" for one in (*SEARCHES, "go/?text=TS-2026", "?view=others", "cases/?view=all")]
    outs = [reverse("cases out", kwargs={"kind": kind}) + "?view=all" for kind in ("csv", "xlsx")]
    return [*map(reverse, LISTS), *searches, *outs, *of_the_file(file), *forms(file)]


@pytest.mark.parametrize("name", EVERYBODY)
def test_nobody_finds_who_complains_on_any_page_print_list_or_export(
    desk: Desk, file: str, name: str
) -> None:
    assert leaked(desk.as_(name).client, every_address(file), WHO) == set()


def test_a_search_for_him_finds_nothing_and_one_for_the_matter_does(desk: Desk, file: str) -> None:
    client = desk.as_("顾明").client
    found = {
        typed: "TS-2026-0001" in client.get("/cases/", {"view": "all", "text": typed}).content.decode()
        for typed in (TOLD, "欧阳女士", "6621", "oyns", "等了三天")
    }
    assert found == {TOLD: False, "欧阳女士": False, "6621": False, "oyns": False, "等了三天": True}
    assert TOLD not in client.get("/customers/", {"text": "杜鹃"}).content.decode().replace('"杜鹃"', "")


def test_who_has_put_his_reason_on_record_reads_it_on_the_case_for_an_hour_and_nowhere_else(
    desk: Desk, file: str, clock: Clock
) -> None:
    mine = desk.as_("顾明")
    case = f"/cases/{file.partition('/')[2]}/"
    assert "来源保密" in mine.case(file).one("p", id="unnamed").text()
    assert NAME not in mine.get(case).text()
    page = mine.take(file, "source looked at", reason="答复要寄到他手里")
    assert mine.status == 200
    page = mine.case(file)
    assert NAME in page.text()
    assert "答复要寄到他手里" in page.text()
    elsewhere = [path for path in every_address(file) if "/letters/" not in path and "/steps/" not in path]
    assert {path for path, _ in leaked(mine.client, elsewhere, WHO)} == {case}
    assert NAME not in desk.as_("周小雨").case(file).text()
    clock.now += timedelta(minutes=61)
    assert NAME not in desk.as_("顾明").case(file).text()


def test_without_a_reason_nobody_looks_and_who_only_reads_is_not_offered_to(desk: Desk, file: str) -> None:
    mine = desk.as_("顾明")
    mine.take(file, "source looked at", reason="")
    assert mine.status == 422
    assert NAME not in mine.case(file).text()
    reader = desk.as_("叶文").case(file).one("p", id="unnamed")
    assert (len(mine.case(file).one("p", id="unnamed").all("a")), reader.all("a")) == (1, [])


def test_once_he_agrees_he_is_named_again(desk: Desk, file: str) -> None:
    desk.house.do(
        "周小雨", "source secrecy set", "2026-03-09 10:00", file, source_secrecy="no", text="来电同意"
    )
    page = desk.as_("顾明").case(file)
    assert NAME in page.text()
    assert page.all("p", id="unnamed") == []


def test_where_nobody_asked_for_it_there_is_nothing_to_look_at(desk: Desk) -> None:
    file = desk.house.received()
    mine = desk.as_("顾明")
    assert "李女士" in mine.case(file).text()
    assert "现在不能办“查看来源保密的投诉人”" in mine.get(mine.step(file, "source looked at")).text()


def test_whoever_registers_ticks_it(desk: Desk) -> None:
    page = desk.as_("周小雨").get("/register/")
    assert "来源保密" in page.one("main").text()
    assert {one.attrs["value"] for one in page.all("input", name="f-source-secrecy")} >= {"yes", "no"}


def test_a_name_would_be_found(desk: Desk, file: str) -> None:
    """The walk finds what is there: the same case without the wish names him on its page."""
    house = desk.house
    house.do("周小雨", "source secrecy set", "2026-03-09 10:00", file, source_secrecy="no", text="来电同意")
    client: Client = desk.as_("顾明").client
    assert sees(client, file)
    assert (f"/cases/{file.partition('/')[2]}/", NAME) in leaked(client, every_address(file), (NAME,))
