"""After an act the desk answers where the form stood; what cannot be done is no wall, and no form opens in another's name."""

from __future__ import annotations

from tests.pages.desk import Desk
from tests.pages.html import Element
from tests.pages.test_gate import analysed


def opened(part: Element) -> list[str]:
    """What lies open of all that can be folded, by its first line."""
    return [one.all("summary")[0].text() for one in part.all("details") if "open" in one.attrs]


def test_what_was_recorded_is_said_where_the_form_stood_and_nowhere_above(desk: Desk) -> None:
    file = desk.house.received()
    mine = desk.as_("周小雨")
    page = mine.take(file, "acknowledged", text="当面告知")
    (said,) = page.all(role="status")
    assert said in page.one("section", id="act").all(role="status")
    assert said.text().startswith(
        "✓ 已记下：2026年3月9日（周一）10:20，告知已收到。 下一步轮到你：“移交质量负责人”。"
    )
    assert page.one(id="act").children[1] is said


def test_whoever_names_himself_is_told_and_sees_the_case_until_another_confirms_it(desk: Desk) -> None:
    file = desk.house.received(item="HC-0102")
    mine = desk.as_("顾明")
    page = mine.take(file, "named", persons=[desk.house.persons["顾明"]], reason="投诉人说是他答复的")
    assert "列明被投诉的人员和部门" in page.one(role="status").text()
    desk.as_("陆建国").take(file, "naming confirmed")
    mine.case(file)
    assert mine.status == 404


def test_a_complaint_that_was_just_registered_opens_what_is_to_be_completed_and_no_wall(desk: Desk) -> None:
    mine = desk.as_("周小雨")
    form = mine.get("/register/").form("/register/")
    told = {"f-account": "报告比约定晚了三天。", "f-complainant": "李女士", "f-channel": "visit"}
    saved = mine.post("/register/", {**form, **told})
    page = mine.get(saved.link("打开案件"))
    part = page.one("section", id="act")
    assert part.one("h2", id="act-title").text() == "轮到你 · 补全登记"
    assert not opened(part)
    rows = mine.get("/").one("section", id="mine")
    assert [
        (row.one("b").text(), row.one(class_="button").text()) for row in rows.all("li", class_="task")
    ] == [
        ("补全登记", "补全登记 ：TS-2026-0001"),
        ("告知已收到", "告知已收到 ：TS-2026-0001"),
    ]
    assert "3月10日（周二）" not in rows.all("li", class_="task")[0].text()
    assert "明天内" in rows.all("li", class_="task")[0].text()


def test_of_what_cannot_be_done_yet_the_likeliest_is_said_and_the_rest_is_folded(desk: Desk) -> None:
    file = desk.house.received()
    part = desk.as_("周小雨").case(file).one("section", id="act")
    (also,) = part.all("details", class_="also")
    assert "open" not in also.attrs
    heads = [one.text() for one in part.all("h3")]
    assert heads.index("还等着：受理") == len(heads) - len(also.all("h3")) - 1
    assert "要先有“确认是否属于本机构负责的活动”" in part.text()
    assert not [one for one in opened(part) if one.startswith("还不能办")]
    assert "受理" not in [one.text() for one in part.all("button", aria_disabled="true")]


def test_a_step_of_another_post_says_who_can_and_opens_to_be_noted_for_him_only_when_asked(
    desk: Desk,
) -> None:
    file = desk.house.received()
    mine = desk.as_("顾明")
    address = mine.step(file, "handed to quality manager")
    page = mine.get(address)
    assert not [one for one in page.all("form") if one.attrs["action"].startswith(address)]
    assert "周小雨（客服专员）、何洁（客服专员）可以办。" in page.one(id="act").text()
    noted = mine.get(page.link("是别人办的，由我登记"))
    assert noted.one("input", name="for-other").attrs["checked"] == ""
    own = desk.as_("周小雨").get(address)
    assert "checked" not in own.one("input", name="for-other").attrs


def reported(desk: Desk) -> str:
    """A complaint upheld, with the report that the general manager is to consent to."""
    file = analysed(desk.house)
    desk.house.decided(file, "upheld")
    report = {"result": "投诉成立", "result_reasons": "收样时漏登", "remedy": "重新出具"}
    desk.house.do("顾明", "handling report made", "2026-03-09 10:00", file, **report)
    return file


def test_what_the_general_manager_sends_back_is_due_again_from_its_author_with_the_opinion_on_top(
    desk: Desk,
) -> None:
    file = reported(desk)
    head, author = desk.as_("陆建国"), desk.as_("顾明")
    consent = head.get(head.step(file, "consented"))
    form = head.get(consent.link("退回：填写投诉处理报告"))
    address = head.step(file, "sent back")
    page = head.post(address, {**form.form(address), "f-opinion": "写明漏登的原因"})
    said = page.one("section", id="act").all(role="status")[0].text()
    assert (
        said
        == "✓ 已记下：2026年3月9日（周一）10:20，退回。 下一步“填写投诉处理报告”，轮到顾明（质量负责人）。"
    )
    refused = head.get(head.step(file, "consented"))
    assert "“同意”之前要先有“填写投诉处理报告”" in refused.one(id="act").text()
    assert head.step(file, "handling report made") in [
        one.attrs["href"].partition("#")[0] for one in author.get("/").one(id="mine").all("a")
    ]
    again = author.get(author.step(file, "handling report made"))
    assert again.one(id="act").one(class_="warn").text() == (
        "已退回，请重办。 陆建国（总经理） 3月9日（周一）10:20 条目序号 19 意见 写明漏登的原因"
    )
    author.take(
        file, "handling report made", result="投诉成立", result_reasons="交接时漏登", remedy="重新出具"
    )
    assert author.status == 200
    assert head.step(file, "consented") in [
        one.attrs["href"].partition("#")[0] for one in head.get("/").one(id="mine").all("a")
    ]


def test_who_has_nothing_to_decide_on_has_nothing_to_send_back(desk: Desk) -> None:
    file = reported(desk)
    assert "退回" not in [one.text() for one in desk.as_("周小雨").case(file).one(id="act").all("a")]


def settled_up_to_the_amount(desk: Desk) -> str:
    """A complaint upheld, told, and negotiated to a compensation."""
    file, house = reported(desk), desk.house
    house.do("陆建国", "consented", "2026-03-09 10:05", file, opinion="同意")
    house.do("赵敏", "result notified", "2026-03-09 10:06", file)
    house.do("赵敏", "views recorded", "2026-03-09 10:07", file, views_answer="satisfied", views="可以")
    house.do(
        "赵敏", "loss negotiated", "2026-03-09 10:08", file, negotiation_result="compensation", text="谈妥"
    )
    return file


def test_who_may_not_settle_so_much_asks_the_one_who_may_and_he_finds_it_in_his_list(desk: Desk) -> None:
    file = settled_up_to_the_amount(desk)
    zhao, head = desk.as_("赵敏"), desk.as_("陆建国")
    page = zhao.take(file, "compensation agreed", amount="30000")
    said = page.one(id="act").text()
    assert "陆建国（总经理）、顾明（代陆建国任总经理）可以办。" in said
    assert "8 个岗位" not in said
    form = zhao.get(page.link("报陆建国批"))
    address = zhao.step(file, "asked")
    begun = form.form(address)
    assert (begun["f-to-person"], begun["f-to-do"]) == (
        [desk.house.persons["陆建国"]],
        ["compensation agreed"],
    )
    zhao.post(address, {**begun, "f-question": begun["f-question"][0] + "检测费和误工费"})
    assert zhao.status == 200
    step = head.step(file, "compensation agreed")
    assert step in [one.attrs["href"].partition("#")[0] for one in head.get("/").one(id="mine").all("a")]
    shown = head.get(step).one(id="act").all(class_="note")[0].text()
    assert shown.startswith("请你办。 赵敏（质量服务部）")
    assert "检测费和误工费" in shown
    head.take(file, "compensation agreed", amount="30000")
    assert step not in [one.attrs["href"].partition("#")[0] for one in head.get("/").one(id="mine").all("a")]


def test_what_was_just_done_and_comes_round_again_in_a_week_is_not_your_turn(desk: Desk) -> None:
    file, own = analysed(desk.house), desk.as_("周小雨")
    page = own.take(file, "progress told", text="正在分析，周五再联系您")
    part = page.one("section", id="act")
    assert not part.all("form", action=f"{desk.step(file, 'progress told')}#act")
    (more,) = part.all("details", class_="also")
    assert "告知进展" in [one.text() for one in more.all("a")]


def test_after_an_act_the_next_of_ones_own_list_is_one_click_away(desk: Desk) -> None:
    file, other, own = desk.house.handed_over(), desk.house.handed_over(), desk.as_("周小雨")
    page = own.take(file, "attested", conduct="warm reception", counterpart="李女士", content="听完")
    (onward,) = page.one(role="status").all("a")
    assert onward.text() == "下一件 →"
    assert onward.attrs["href"].startswith(f"/cases/{other.partition('/')[2]}/steps/")
