"""告知 and the three judgements: on every complaint, each line by the entry that fills it, or what runs for it."""

from __future__ import annotations

from tests.pages.desk import Desk
from tests.pages.html import Element

from kesu.desk.case import told_outside
from kesu.procedure.written.library import here


def lines(page: Element, name: str) -> list[str]:
    return [" ".join(line.text().split()) for line in page.one("section", id=name).all("li")]


def test_four_lines_say_what_the_complainant_was_told_and_by_when_he_has_to_be(desk: Desk) -> None:
    own, file = desk.as_("周小雨"), desk.house.handed_over()
    receipt, progress, result, end = lines(own.case(file), "noticed")
    assert receipt.startswith("收讫 ✓ 告知已收到 3月9日（周一）")
    assert receipt.endswith("周小雨 → 李女士")
    assert (progress, result.split()[:3], end) == ("进展 ○ 未办", ["结果", "○", "未办"], "终结 ○ 未办")


def test_what_cannot_be_told_says_on_what_ground_and_why(desk: Desk) -> None:
    house = desk.house
    said = {"matter": "complaint", "channel": "letter", "account": "采样人员把报价告诉了同行。"}
    file = house.do("周小雨", "received", "2026-03-09 09:00", **said).file
    why = {"waiver_ground": "no complainant", "reason": "匿名来信"}
    house.do("周小雨", "not possible", "2026-03-09 10:10", file, instead_of="acknowledged", **why)
    told = lines(desk.as_("周小雨").case(file), "noticed")[0]
    assert told == "收讫 — 不能告知，因为 没有投诉人（匿名或不留联系方式）、匿名来信"


def test_three_judgements_stand_apart_each_with_who_and_when(desk: Desk) -> None:
    file = desk.house.handed_over()
    complaint, ours, stands = lines(desk.as_("周小雨").case(file), "judged")
    assert complaint.startswith("是不是投诉 投诉 · 周小雨 3月9日（周一）")
    assert ours.startswith("归不归我们 是 · ") or ours == "归不归我们 ○ 未办"
    assert stands == "成不成立 ○ 未办"


def test_the_timeline_can_be_read_from_one_side(desk: Desk) -> None:
    own, file = desk.as_("周小雨"), desk.house.handed_over()
    whole = own.case(file).one("section", id="told")
    counts = [int(tab.text().split()[1]) for tab in whole.one("nav").all("a")]
    assert (
        counts[0] == counts[1] + counts[2] == len(whole.one("ol").all("li", class_=None) or whole.all("h3"))
    )
    outside = own.get(f"/cases/{file.partition('/')[2]}/?show=outside").one("section", id="told")
    assert [entry.text().partition(" ")[0] for entry in outside.all("h3")] == ["告知已收到", "收到投诉"]


def test_the_strip_says_where_the_case_is(desk: Desk) -> None:
    """By the chapters of the paper itself."""
    page = desk.as_("周小雨").case(desk.house.received())
    assert [one.text() for one in page.one("ol", class_="strip").all("li")] == [
        "◐ 受理", "○ 调查分析", "○ 处理和通报", "○ 办结"
    ]  # fmt: skip
    (here,) = desk.as_("周小雨").case(desk.house.handed_over()).all("li", aria_current="step")
    assert here.text() == "◐ 调查分析"


def test_a_step_of_the_papers_own_stands_under_what_it_is_for() -> None:
    """A draft sent to the complainant is no result, and a delay of which he is told is progress."""
    receipt, progress, result, end = told_outside._groups(here().load("handled-with-care"))
    assert {"draft to complainant", "delay told", "progress told"} <= progress
    assert result == {"result notified"}
    assert ("acknowledged" in receipt, "end notice given" in end) == (True, True)
