"""A house that has nothing but its founder becomes an office by pages alone, up to its first complaint."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.utils import timezone
from tests.pages.conftest import Clock
from tests.pages.desk import Desk
from tests.pages.html import Element, read

from kesu.caseload.models import CaseRow
from kesu.people.directory import directory_of
from kesu.people.models import Person
from kesu.registry.drafts import drafts_of
from kesu.registry.foundation import Founder, found_organisation

OWN = "Zug-Kanne-Mond-{}"
PROCEDURE = "service-48-hours"
STAFF = {"林夏": "lin", "郑言": "zheng", "何川": "he"}


class Browser:
    """One person's browser: pages opened and forms sent as they stand."""

    def __init__(self, name: str, password: str) -> None:
        self.client = Client()
        self.client.post("/sign-in/", {"username": name, "password": password})

    def get(self, path: str) -> Element:
        return read(self.client.get(path, follow=True).content.decode())

    def send(self, path: str, **typed: Any) -> Element:
        """The form of the page at this address, with this typed into it; it has to be taken."""
        sent = {
            **self.get(path).form(path),
            **{name.replace("__", "-"): value for name, value in typed.items()},
        }
        answer = self.client.post(path, sent, follow=True)
        page = read(answer.content.decode())
        assert answer.status_code == 200, [one.text() for one in page.all(role="alert")]
        return page


def joined(admin: Browser, name: str, sign_in: str) -> Browser:
    """Somebody joins, signs in with the password that was shown, and chooses his own."""
    page = admin.send("/people/new/", name=name, sign__in=sign_in)
    given, own = page.one("b", class_="mono").text(), OWN.format(sign_in)
    browser = Browser(sign_in, given)
    assert browser.get("/").one("h1").text() == "修改密码"
    browser.client.post("/password/", {"old": given, "new": own, "again": own})
    return browser


def test_from_the_founder_to_the_first_complaint_by_pages_alone(desk: Desk, clock: Clock) -> None:
    founder = Founder("shi", "石原", password=OWN.format("shi"))
    found_organisation(
        organisation="hengxin",
        title="恒信检测",
        zone="Asia/Shanghai",
        administrator=founder,
        now=timezone.now(),
    )
    admin = Browser("shi", OWN.format("shi"))
    assert admin.get("/").one("h1").text() == "建立单位"
    assert "没有生效的程序。 选一份，把没有写定的定下来。" in admin.get("/procedures/").text()
    admin.send("/people/new-unit/", title="客户服务部")
    staff = {name: joined(admin, name, sign_in) for name, sign_in in STAFF.items()}
    admin.send("/calendars/main/change/", hours="08:30-12:00,13:30-17:30", act="hours")

    form = f"/procedures/{PROCEDURE}/draft/"
    persons = {row.name: row.person for row in Person.objects.filter(organisation="hengxin")}
    page = admin.get(form)
    posts = [one.attrs["name"] for one in page.all("select") if one.attrs["name"].startswith("holder-")]
    given = {post.replace("-", "__"): persons[name] for post, name in zip(posts, STAFF, strict=False)}
    page = admin.send(form, act="posts", **given)
    assert "林夏" in page.one("section", **{"aria-labelledby": "posts-title"}).text()
    open_ones = {one.attrs["id"] for one in page.all("input") if one.attrs.get("id", "").startswith("s-")}
    settled = {name: "1个工作日" for name in open_ones if not page.one("input", id=name).attrs["value"]}
    signers = {"reviewer": persons["林夏"], "approver": persons["郑言"]}
    admin.send(
        form, act="draft", **signers, **{name.replace("-", "__"): value for name, value in settled.items()}
    )
    (draft,) = drafts_of("hengxin", PROCEDURE)
    address = f"/procedures/{PROCEDURE}/drafts/{draft.number}/"
    staff["林夏"].send(address, act="review", password=OWN.format("lin"))
    staff["郑言"].send(address, act="approve", password=OWN.format("zheng"))
    assert [one.edition for one in directory_of("hengxin").editions[PROCEDURE]] == ["1"]

    page = staff["林夏"].get("/register/")
    assert "现在还不能登记" not in page.text()
    sent = {
        **page.form("/register/"),
        "f-account": "报告比约定晚了三天。",
        "f-complainant": "李女士",
        "f-channel": "phone",
    }
    answer = staff["林夏"].client.post("/register/", sent, follow=True)
    assert answer.status_code == 200, [one.text() for one in read(answer.content.decode()).all(role="alert")]
    row = CaseRow.objects.get(organisation="hengxin")
    assert (row.procedure, row.edition) == (PROCEDURE, draft.digest)
