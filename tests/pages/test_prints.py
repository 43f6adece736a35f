"""Documents on paper: the case file, whole for the house, and what may be handed out."""

from __future__ import annotations

import re
from hashlib import sha256

import pytest
from tests.pages.conftest import Clock
from tests.pages.desk import Desk
from tests.pages.pdf import printed
from tests.pages.test_for_the_complainant import worked_on
from tests.pages.test_gate import DRAFT, SECRET, analysed
from tests.pages.test_permissions import PICTURE

from kesu.desk.models import Access

ENGLISH_DRAFT = "Draft:nottobetoldwithoutconsent"


def paper(file: str, side: str = "") -> str:
    """The address of the case file; with a side that of what may be handed out."""
    return f"/cases/{file.partition('/')[2]}/print/{side}"


def reported(desk: Desk) -> str:
    """A case in which the handling report has been written, and nobody has consented yet."""
    file, day = analysed(desk.house), "2026-03-09 "
    desk.house.decided(file, "upheld")
    said = {"result": SECRET, "result_reasons": "收样时漏登", "remedy": "道歉"}
    desk.house.do("顾明", "handling report made", day + "09:45", file, **said)
    return file


def test_the_case_file_has_a_cover_an_index_and_every_part_and_counts_its_pages(desk: Desk) -> None:
    file = desk.house.handed_over()
    pages = printed(desk.as_("顾明"), paper(file))
    assert pages[0].startswith(
        "恒测检测技术服务中心TS-2026-0001·对内恒测检测技术服务中心投诉卷宗TS-2026-0001李女士：报告比约定晚了三天"
    )
    parts = re.findall(r"[一二三四五六七八九]、(\w+?)\.", pages[0])
    assert parts == ["登记", "判断与回避", "告知", "期限", "条款核对", "经过", "证据目录", "存证"]
    for place, page in enumerate(pages, 1):
        assert f"第{place}页共{len(pages)}页" in page
        assert "TS-2026-0001·对内·顾明打印·2026-03-0910:20" in page


def test_what_happened_stands_in_it_with_who_when_and_as_which_post(desk: Desk) -> None:
    file = desk.house.handed_over()
    told = "".join(printed(desk.as_("顾明"), paper(file))[1:])
    assert "62026-03-0909:35分级顾明·质量负责人级别：一般分级理由：没有损失" in told
    assert "收讫2026-03-0909:00告知已收到周小雨—" in told
    assert ("138****6621" in told, "13812346621" in told) == (True, False)


def test_the_digests_of_its_files_and_of_its_last_entry_stand_in_full(desk: Desk) -> None:
    file = desk.house.handed_over()
    page = desk.house.sent_in("周小雨", PICTURE, "一页.png", "2026-03-09 09:40")
    answer = desk.house.do("周小雨", "note", "2026-03-09 09:40", file, text="一页", evidence_files=[page])
    told = "".join(printed(desk.as_("顾明"), paper(file)))
    assert f"第{answer.number}条，周小雨2026-03-0909:40{sha256(PICTURE).hexdigest()}" in told
    shown = desk.as_("顾明").case(file).one(class_="mono").text().replace(" ", "")
    assert re.search(rf"末条摘要{shown}[0-9a-f]{{48}}", told)


def test_the_case_file_speaks_english_to_whoever_reads_english(desk: Desk) -> None:
    file = desk.house.handed_over()
    pages = printed(desk.as_("顾明", "en"), paper(file))
    assert "CasefileTS-2026-0001" in pages[0]
    assert "6.Whathappened" in pages[0]
    assert f"Page1of{len(pages)}" in pages[0]
    assert "Received2026-03-0909:00" in pages[0]


@pytest.mark.parametrize(("language", "mark"), [("zh", DRAFT), ("en", ENGLISH_DRAFT)])
def test_who_writes_the_result_prints_it_under_a_mark_across_every_page(
    desk: Desk, language: str, mark: str
) -> None:
    pages = printed(desk.as_("顾明", language), paper(reported(desk)))
    assert all(mark in page for page in pages)
    assert SECRET in "".join(pages)


@pytest.mark.parametrize("name", ["周小雨", "赵敏", "韩松", "叶文"])
def test_a_result_that_may_not_be_told_is_on_no_paper_of_those_who_may_not_read_it(
    desk: Desk, name: str
) -> None:
    file, mine = reported(desk), desk.as_(name)
    told = "".join([*printed(mine, paper(file)), *printed(mine, paper(file, "outside/"))])
    assert SECRET not in told
    assert "处理结果：（未经同意，不显示）" in told


def test_once_told_the_result_stands_there_without_a_mark(desk: Desk) -> None:
    file = reported(desk)
    desk.house.do("陆建国", "consented", "2026-03-09 09:50", file, opinion="同意")
    desk.house.do("赵敏", "result notified", "2026-03-09 10:00", file)
    told = "".join(printed(desk.as_("韩松"), paper(file)))
    assert (SECRET in told, DRAFT in told) == (True, False)


def test_nothing_from_inside_is_on_what_is_handed_out(desk: Desk) -> None:
    file = worked_on(desk)
    told = "".join(printed(desk.as_("周小雨"), paper(file, "outside/")))
    assert "投诉办理情况TS-2026-0001" in told
    assert "反映的情况：报告比约定晚了三天。" in told
    assert [
        word for word in ("内部", "顾明", "沈立", "周小雨", "重大", "媒体报道", "质量负责人") if word in told
    ] == []


def test_a_correction_keeps_what_stood_there_and_what_people_typed_is_no_markup(desk: Desk) -> None:
    wild = "#panic()[*x*] <b> $a$ \\ \u0007" + "长" * 3000 + "https://example.org/" + "a" * 300
    file = desk.house.received(account=wild)
    mended = {"entry": "1", "word": "account", "value": "报告晚了五天。", "reason": "听录音后改正"}
    desk.house.do("周小雨", "corrected", "2026-03-09 09:40", file, **mended)
    told = "".join(printed(desk.as_("周小雨"), paper(file)))
    assert "#panic()[*x*]<b>$a$\\" in told
    assert "长" * 3000 in re.sub(
        r"恒测检测技术服务中心TS-2026-0001·对内|TS-2026-0001·对内·.*?页共\d+页", "", told
    )
    assert "报告晚了五天。" in told


def test_every_print_is_written_down_and_who_does_not_see_the_case_prints_nothing(desk: Desk) -> None:
    file = desk.house.received(item="HC-0102")  # the work of Shen Li
    desk.as_("周小雨").client.get(paper(file))
    looked = list(Access.objects.filter(what="printed").values_list("person", "file"))
    assert looked == [(desk.house.persons["周小雨"], file)]
    hidden = desk.as_("沈立").client
    assert [hidden.get(paper(file, side)).status_code for side in ("", "outside/")] == [404, 404]
    assert Access.objects.filter(what="printed").count() == 1


def test_the_page_of_a_case_leads_to_both(desk: Desk) -> None:
    file, mine = desk.house.received(), desk.as_("周小雨")
    assert mine.case(file).link("打印卷宗（PDF）") == paper(file)
    sheet = mine.get(f"/cases/{file.partition('/')[2]}/for-the-complainant/")
    assert sheet.link("PDF 版") == paper(file, "outside/")


def complaints(desk: Desk, many: int) -> None:
    """So many complaints about one batch, all late on the twelfth."""
    for n in range(many):
        given = {
            "complainant": f"源达化工有限公司第{n}分厂",
            "account": "结果和现场测的差得太多，请尽快查清楚并书面答复我们",
        }
        desk.house.received(**given, item="20260211E1")


def test_a_printed_list_says_what_it_is_narrowed_to_and_its_numbers_and_has_lines_to_be_signed(
    desk: Desk,
) -> None:
    complaints(desk, 30)
    desk.house.received(account="报告晚了三天", phone="13812346621")
    pages = printed(desk.as_("顾明"), "/cases/print/?view=all&order=label")
    assert len(pages) > 1
    assert all("编号收到谁·说了什么·哪件投诉事项级别阶段下一期限在谁手上办结" in page for page in pages[:-1])
    told = "".join(pages)
    assert "投诉台账全部·31件" in pages[0]
    assert re.findall(r"TS-2026-00\d\d", told)[:31] == [f"TS-2026-{n:04d}" for n in range(1, 32)]
    assert "TS2026年0001–0031连续，无缺号；作废0件；件数与账本一致" in told
    assert "编制：日期：审核：日期：" in pages[-1]
    narrowed = "".join(printed(desk.as_("顾明"), "/cases/print/?view=all&number=20260211e1&grade=major"))
    assert "级别：重大" in narrowed
    assert "无缺号" not in narrowed


def test_whoever_is_kept_from_a_case_does_not_find_it_on_a_printed_list(desk: Desk) -> None:
    desk.house.received(item="HC-0102")  # the work of Shen Li
    desk.house.received()
    told = {name: "".join(printed(desk.as_(name), "/cases/print/?view=all")) for name in ("沈立", "顾明")}
    assert {name: [n for n in ("0001", "0002") if f"TS-2026-{n}" in text] for name, text in told.items()} == {
        "沈立": ["0002"],
        "顾明": ["0001", "0002"],
    }
    assert ("连续" in told["沈立"], "连续" in told["顾明"]) == (False, True)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sheet_of_a_meeting_is_one_page_however_much_is_late(
    desk: Desk, clock: Clock, language: str
) -> None:
    complaints(desk, 12)
    clock.set("2026-03-12 10:20")
    desk.house.received(when="2026-03-12 09:00", account="报告晚了三天")
    (page,) = printed(desk.as_("顾明", language), "/cases/meeting/print/")
    counted = {
        "zh": "在办13件，逾期12件，重大0件；近七天新收13件。",
        "en": "13open,12overdue,0major;13receivedwithinsevendays.",
    }
    assert counted[language] in page
    assert len(re.findall(r"TS-2026-\d{4}", page)) == 9
    assert {"zh": "另有4件，见台账。", "en": "4morestandinthelist."}[language] in page


def test_the_sheet_of_a_meeting_is_there_as_text_as_well(desk: Desk, clock: Clock) -> None:
    complaints(desk, 1)
    clock.set("2026-03-12 10:20")
    page = desk.as_("顾明").get("/cases/meeting/")
    assert page.one("textarea").text() == (
        "恒测检测技术服务中心 投诉例会单 2026-03-12 10:20 在办 1 件，逾期 1 件，重大 0 件；近七天新收 1 件。 【逾期】 "
        "TS-2026-0001 · 源达化工有限公司第0分厂：结果和现场测的差得太多，请尽快查… · 告知已收到 · 2026-03-10 · 客服专员"
    )
    assert page.link("打印一页（PDF）") == "/cases/meeting/print/"
    assert [one.attrs.get("value", "") for one in page.one("form", class_="search").all("input")] == [""]


def test_an_edition_prints_as_a_controlled_document_in_the_order_of_its_paper(desk: Desk) -> None:
    mine = desk.as_("周小雨")
    assert (
        mine.get("/procedures/lab-pd-007/").link("打印受控文件") == "/procedures/lab-pd-007/editions/1/print/"
    )
    pages = printed(mine, "/procedures/lab-pd-007/editions/1/print/")
    assert "服务客户及投诉处理程序第1版受控文件版次1生效2026-01-0509:00编制—审核—批准秦越" in pages[0]
    chapters = re.findall(r"(目的|第\d+章|另行采用的要求|没有条款号的规则|本单位的设定|岗位)\.", pages[0])
    assert chapters == [
        "目的",
        "第2章",
        "第3章",
        "第4章",
        "另行采用的要求",
        "没有条款号的规则",
        "本单位的设定",
        "岗位",
    ]
    told = "".join(pages[1:])
    order = ("第2章", "第3章", "3.1.2", "第4章", "4.3.2", "另行采用的要求", "本单位的设定")
    places = [told.index(one) for one in order]
    assert places == sorted(places)
    assert "不是现行版本" not in told
    assert mine.client.get("/procedures/lab-pd-007/editions/9/print/").status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_published_description_prints_for_anybody_without_persons_and_limits_from_inside(
    desk: Desk, language: str
) -> None:
    path = "/how-we-handle-complaints/hengce/lab-pd-007/"
    desk.client.cookies["django_language"] = language
    desk.get(path).link("PDF 版" if language == "zh-hans" else "As PDF")
    told = "".join(printed(desk, path + "print/"))
    assert ("我们怎样处理投诉" if language == "zh-hans" else "Howwehandlecomplaints") in told
    assert ("2026年1月5日起生效" if language == "zh-hans" else "inforcesince5Jan2026") in told
    assert "4.2.1.1" in told
    inside = [*desk.house.persons, "20000", "A03-"]  # who may settle how much is nobody's business outside
    assert [one for one in inside if one in told] == []
    assert desk.client.get("/how-we-handle-complaints/hengce/nothing/print/").status_code == 404
