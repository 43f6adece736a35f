"""告知信: prepared, edited, printed or made into a short text, and then noted as told; a result that waits for a consent is in none."""

from __future__ import annotations

from typing import Any

import pytest
from tests.pages.desk import Desk
from tests.pages.html import Element
from tests.pages.pdf import pages
from tests.pages.test_gate import DRAFT, SECRET
from tests.pages.test_prints import reported


def address(file: str, name: str) -> str:
    return f"/cases/{file.partition('/')[2]}/letters/{name}/"


def body(page: Element) -> str:
    return page.one("textarea", id="body").text()


def printed_letter(desk: Desk, file: str, name: str, text: str) -> list[str]:
    answer: Any = desk.client.post(address(file, name), {"body": text, "do": "print"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return pages(answer.content)


def test_a_letter_has_the_number_and_the_times_that_run_and_no_remedy(desk: Desk) -> None:
    file = desk.house.handed_over()
    text = body(desk.as_("周小雨").get(address(file, "receipt")))
    assert text == (
        "李女士： 您于2026年3月9日反映的情况，我们已经收到并登记，编号 TS-2026-0001。 "
        "如有补充的材料，可以随时交给我们。联系我们时请报编号 TS-2026-0001。"
    )
    text = body(desk.as_("周小雨").get(address(reported(desk), "progress")))
    assert text == (
        "李女士： 您于2026年3月9日反映的情况（编号 TS-2026-0002）正在办理。我们最迟3月23日（周一）告知进展，"
        "最迟3月30日（周一）通报处理结果或沟通解决或答复意见建议。 联系我们时请报编号 TS-2026-0002。"
    )


def test_it_prints_as_it_was_edited_with_house_and_date_below(desk: Desk) -> None:
    file = desk.house.received()
    (page,) = printed_letter(
        desk.as_("周小雨"), file, "receipt", "李女士：\n\n我们已经收到，会尽快查清楚。\n此致"
    )
    assert page == (
        "投诉收悉告知书编号：TS-2026-0001李女士：我们已经收到，会尽快查清楚。此致恒测检测技术服务中心2026年3月9日TS-2026-0001第1页共1页"
    )


def test_it_speaks_english_to_whoever_writes_in_english(desk: Desk) -> None:
    file = desk.house.received()
    mine = desk.as_("周小雨", "en")
    text = body(mine.get(address(file, "progress")))
    assert text.startswith("Dear 李女士, We are working on what you told us on 9 Mar 2026 (TS-2026-0001).")
    assert "Howyourcomplaintisgettingon" in printed_letter(mine, file, "progress", text)[0]


def test_a_short_text_is_made_of_it_and_leads_to_the_step_by_which_it_is_noted(desk: Desk) -> None:
    file, mine = desk.house.received(), desk.as_("周小雨")
    page = mine.post(address(file, "receipt"), {"body": "李女士：\n我们已经收到。", "do": "text"})
    short = page.one("section", **{"aria-labelledby": "short"})
    assert short.one("textarea").text() == "李女士： 我们已经收到。 恒测检测技术服务中心"
    assert "复制用：23 字，最多 300 字" in short.text()
    form = mine.get(str(page.link("登记：告知已收到")))
    action = mine.step(file, "acknowledged")
    assert "我们已经收到。" in str(form.form(action)["f-text"])


def test_one_that_is_too_long_to_be_sent_says_so_and_can_still_be_printed(desk: Desk) -> None:
    file, mine = desk.house.received(), desk.as_("周小雨")
    page = mine.post(address(file, "receipt"), {"body": "长" * 400, "do": "text"})
    assert "作为短文字有 411 字，最多 300 字；要用请把信改短。" in page.text()
    assert page.all("textarea", **{"aria-labelledby": "short"}) == []
    assert "长" * 400 in printed_letter(mine, file, "receipt", "长" * 400)[0]


@pytest.mark.parametrize(
    ("typed", "said"),
    [(" ", "信里还没有内容，请先写。"), ("长" * 5001, "信有 5001 字，最多 5000 字；请改短。")],
)
def test_an_empty_letter_and_one_over_the_limit_are_not_printed_and_what_was_typed_is_kept(
    desk: Desk, typed: str, said: str
) -> None:
    file, mine = desk.house.received(), desk.as_("周小雨")
    page = mine.post(address(file, "receipt"), {"body": typed, "do": "print"})
    assert (mine.status, said in page.text(), body(page)) == (422, True, typed.strip())


@pytest.mark.parametrize("name", ["周小雨", "赵敏", "韩松"])
def test_a_result_that_waits_for_a_consent_is_prepared_for_nobody_who_may_not_read_it(
    desk: Desk, name: str
) -> None:
    file, mine = reported(desk), desk.as_(name)
    page = mine.get(address(file, "result"))
    assert ("还不能通报结果" in page.text(), page.all("textarea")) == (True, [])
    mine.post(address(file, "result"), {"body": "结果：退款", "do": "print"})
    assert mine.status == 409
    for letter in ("receipt", "progress", "end"):
        assert SECRET not in mine.get(address(file, letter)).text()


def test_who_writes_the_result_prints_the_letter_as_a_draft_and_gets_no_text_to_send(desk: Desk) -> None:
    file, mine = reported(desk), desk.as_("顾明")
    page = mine.get(address(file, "result"))
    assert f"处理结果：{SECRET}。" in body(page)
    assert (page.all("textarea", **{"aria-labelledby": "short"}), "发出去了吗" in page.text()) == ([], False)
    assert DRAFT in printed_letter(mine, file, "result", body(page))[0]


def test_after_the_consent_whoever_tells_it_has_the_letter_without_a_mark(desk: Desk) -> None:
    file = reported(desk)
    desk.house.do("陆建国", "consented", "2026-03-09 09:50", file, opinion="同意")
    mine = desk.as_("赵敏")
    page = mine.get(address(file, "result"))
    assert f"处理结果：{SECRET}。" in body(page)
    (paper,) = printed_letter(mine, file, "result", body(page))
    assert (SECRET in paper, DRAFT in paper, "投诉处理结果告知书" in paper) == (True, False, True)
    assert page.link("登记：通报处理结果") == mine.step(file, "result notified") + "#act"


def test_the_four_lines_of_a_case_lead_to_their_letters_and_there_is_no_fifth(desk: Desk) -> None:
    file, mine = desk.house.received(), desk.as_("周小雨")
    letters = [one.attrs["href"] for one in mine.case(file).one(id="noticed").all("p")[-1].all("a")]
    assert letters == [address(file, name) for name in ("receipt", "progress", "result", "end")]
    assert mine.client.get(address(file, "praise")).status_code == 404
