"""Places of work with their own hours: added and changed by the administrator, and what their units receive is counted by them."""

from __future__ import annotations

from tests.pages.desk import Desk, fields
from tests.pages.html import Element

from kesu.caseload.models import CaseRow
from kesu.ledger.models import Entry
from kesu.people.directory import directory_of
from kesu.registry.sites import has_own_hours, hours_of

PAGE = "/people/sites/"


def sent(desk: Desk, **typed: str) -> Element:
    """Fills in the form as it stands and sends it."""
    return desk.post(PAGE, {**desk.get(PAGE + (f"?site={typed['site']}" if "site" in typed else "")).form(PAGE), **typed})  # fmt: skip


def site_called(title: str) -> str:
    """The id of the site of this title."""
    return next(name for name, one in directory_of("hengce").sites.items() if one.title == title)


def test_a_site_with_hours_of_its_own_has_a_calendar_and_its_units_work_there(desk: Desk) -> None:
    office = desk.as_("秦越")
    page = sent(office, title="西区站", hours="10:00-12:00，13:00-19:00")
    assert "10:00-12:00, 13:00-19:00" in page.one("table").text()
    site, directory = site_called("西区站"), directory_of("hengce")
    assert (has_own_hours(directory, site), directory.sites[site].calendar) == (True, site)
    assert hours_of(directory, site).to_data()["shifts"] == ["10:00-12:00", "13:00-19:00"]
    unit = {**office.get("/people/new-unit/").form("/people/new-unit/"), "title": "西区收样", "site": site}
    office.post("/people/new-unit/", unit)
    row = next(line for line in office.get(PAGE).one("table").all("tr") if "西区站" in line.text())
    assert "西区收样" in row.text()
    assert "日历 西区站" in office.get(f"/calendars/{site}/").one("h1").text()


def test_a_site_without_hours_works_as_the_organisation_until_it_gets_some_and_may_lose_them(
    desk: Desk,
) -> None:
    office = desk.as_("秦越")
    sent(office, title="北区站")
    site = site_called("北区站")
    house = hours_of(directory_of("hengce"), "")
    assert hours_of(directory_of("hengce"), site).to_data() == house.to_data()
    sent(office, site=site, title="北区站（新址）", hours="09:00-11:00")
    directory = directory_of("hengce")
    assert (directory.sites[site].title, hours_of(directory, site).to_data()["shifts"]) == (
        "北区站（新址）",
        ["09:00-11:00"],
    )
    sent(office, site=site, title="北区站", hours="")
    assert hours_of(directory_of("hengce"), site).to_data()["shifts"] == house.to_data()["shifts"]


def test_sent_twice_it_is_one_site_and_what_cannot_be_changes_nothing(desk: Desk) -> None:
    office = desk.as_("秦越")
    form = {**office.get(PAGE).form(PAGE), "title": "西区站", "hours": "10:00-12:00"}
    for _ in range(2):
        office.post(PAGE, form)
    assert [one.title for one in directory_of("hengce").sites.values()].count("西区站") == 1
    before = Entry.objects.count()
    for title, hours, said in (
        ("西区站", "", "已经有叫这个名字的场所"),
        ("", "", "写场所名称"),
        ("南区站", "10-12", "10-12"),
        ("南区站", "12:00-10:00", "12:00-10:00"),
    ):
        page = sent(office, title=title, hours=hours)
        assert (office.status, said in page.text()) == (422, True), (title, hours)
        assert page.one("input", id="hours").attrs["value"] == hours
    office.get(PAGE + "?site=nowhere")
    assert (office.status, Entry.objects.count()) == (404, before)


def test_nobody_but_the_administrator_sees_or_sends_it(desk: Desk) -> None:
    for name in ("顾明", "周小雨", "叶文"):
        person = desk.as_(name)
        person.get(PAGE)
        assert person.status == 404
        person.post(PAGE, {"title": "西区站", "key": "x"})
        assert person.status == 404
    assert "西区站" not in {one.title for one in directory_of("hengce").sites.values()}


def registered_at(desk: Desk, site: str) -> Element:
    """A complaint about this place."""
    mine = desk.as_("周小雨")
    said = fields(complainant="李女士", channel="phone", account="报告晚了", site=site)
    page = mine.post("/register/", {**mine.get("/register/").form("/register/"), **said})
    desk.status = mine.status
    return page


def test_whoever_registers_says_which_place_it_is_about_and_the_case_counts_by_its_days(desk: Desk) -> None:
    asked = desk.as_("周小雨").get("/register/").one("select", name="f-site")
    chosen = [one.attrs["value"] for one in asked.all("option") if "selected" in one.attrs]
    assert chosen == ["headquarters"]  # where her own unit works
    registered_at(desk, "east")
    registered_at(desk, "")
    rows = CaseRow.objects.filter(organisation="hengce").order_by("label")
    assert [row.site for row in rows] == ["east", "headquarters"]


def test_a_place_that_there_is_not_is_refused_beside_its_field(desk: Desk) -> None:
    page = registered_at(desk, "moon")
    assert desk.status == 422
    assert "请从列出的里面选" in page.one("div", class_="summary").text()
    assert not CaseRow.objects.exists()
