"""An account elsewhere that was taken over, or is somebody's no more, is parted by the administrator."""

from __future__ import annotations

from tests.pages.desk import Desk
from tests.pages.house import House
from tests.pages.providers import Lying
from tests.pages.test_providers import browser, came_back, liar, zhou

from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.desk.models import Access
from kesu.ledger.models import Entry
from kesu.ledger.read import entries_of
from kesu.ledger.verify import verify
from kesu.people.models import User

__all__ = ["liar", "zhou"]


def test_the_administrator_parts_the_account_of_somebody_and_it_stands_in_ledger_and_log(
    desk: Desk, zhou: User, liar: Lying
) -> None:
    mine = browser()
    came_back(mine, liar)
    key = desk.house.persons["周小雨"]
    admin = desk.as_("秦越")
    assert "单位账号：可以登录" in admin.get(f"/people/one/{key}/").text()
    for _ in range(2):  # sent twice: noted once
        admin.post(f"/people/one/{key}/", {"act": "part", "provider": "oidc", "key": "taken over"})
    (entry,) = entries_of("hengce", f"person/{key}")[-1:]
    assert (entry.kind, dict(entry.facts)) == ("account parted", {"provider": "oidc"})
    assert Entry.objects.filter(file=f"person/{key}", kind="account parted").count() == 1
    assert [row.file for row in Access.objects.filter(what="account of somebody parted")] == [f"person/{key}"]
    assert "解绑了他人的外部账号" in admin.get("/access/").text()
    assert mine.get("/cases/").headers["Location"].startswith("/sign-in/")
    assert came_back(browser(), liar).status_code == 403
    assert "单位账号" not in admin.get(f"/people/one/{key}/").text()
    assert (list(verify().faults), list(rebuild(check=True))) == ([], [])


def test_nobody_parts_his_own_there_nor_one_that_another_organisation_knows_nor_without_the_post(
    desk: Desk, zhou: User, liar: Lying
) -> None:
    key, sent_in = desk.house.persons["周小雨"], {"act": "part", "provider": "oidc"}
    assert desk.as_("顾明").client.post(f"/people/one/{key}/", sent_in).status_code == 404
    admin = desk.as_("秦越")
    User.objects.filter(pk=desk.house.user("秦越").pk).update(identities={"oidc": "qin-there"})
    admin.post(f"/people/one/{desk.house.persons['秦越']}/", sent_in)
    assert admin.status == 422
    admin.post(f"/people/one/{key}/", {**sent_in, "provider": "wechat"})
    assert admin.status == 422
    other = House("hengjian")
    neighbour = next(name for name in other.persons if name not in ("秦越", "周小雨"))
    given = {"sign in": zhou.pk}
    other.note("秦越", f"person/{other.persons[neighbour]}", "sign in given", "2026-03-09 10:20", **given)
    admin.post(f"/people/one/{key}/", sent_in)
    kept = dict(User.objects.values_list("username", "identities"))
    assert (admin.status, kept[zhou.username]) == (422, {"oidc": "zhou-there"})
