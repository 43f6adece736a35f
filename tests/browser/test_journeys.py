"""A complaint from arrival to close, as each post does its part; a late objection; a recusal learned late; in English."""

from __future__ import annotations

from tests.browser.people import Seat, Site

from kesu.caseload.models import CaseRow

FOUR = {"complainant": "李女士", "channel": "电话", "account": "报告比约定晚了三天。"}
WHOLE = {
    "matter": "投诉",
    "source": "客户投诉",
    "complainant_kind": "委托客户",
    "form": "口头",
    "demanded_amount": "0",
}


def register(zhou: Seat, **typed: str | list[str]) -> str:
    """Registers and gives the case's part of addresses."""
    zhou.go("/register/").fill(**{**FOUR, **typed}).press("登记")
    assert zhou.page.locator("p.big").inner_text().startswith("TS-2026-")
    return zhou.page.url.rstrip("/").rpartition("/")[2]


def to_acceptance(site: Site, case: str) -> None:
    zhou, gu = site.sit("周小雨"), site.sit("顾明")
    zhou.take(case, "attested", "具名确认", conduct="热情", counterpart="来电人", content="听完并逐项记下")
    zhou.take(case, "acknowledged", "告知已收到", text="电话里告知已收到")
    zhou.go(f"/cases/{case}/steps/handed-to-quality-manager/").items("intake_questions", "已问明").press(
        "移交质量负责人"
    )
    gu.take(
        case, "relevance decided", "确认是否属于本机构负责的活动", ours="是", relevance_reason="本中心的委托"
    )
    gu.take(case, "graded", "分级", grade="一般", grade_reason="没有造成损失")


def test_a_complaint_that_is_not_our_fault_from_arrival_to_close(site: Site) -> None:
    zhou, gu, zhao, lu = (site.sit(name) for name in ("周小雨", "顾明", "赵敏", "陆建国"))
    case = register(zhou, topic=["检测时限"], **WHOLE)
    to_acceptance(site, case)
    zhou.take(case, "accepted", "受理", responsible_unit="样品室")
    gu.take(case, "department informed", "联系责任部门", text="当面告知")
    gu.take(case, "team appointed", "指定分析人员", team=["韩松"])
    no = {"touches_system": "否", "touches_duties": "否", "data_validity": "否"}
    gu.take(case, "analysed", "分析投诉内容和要求", complaint_content="晚了三天", demand="说明原因", **no)
    gu.take(
        case, "handling proposed", "提出处理和答复办法", handling_way="查清寄送经过", reply_way="电话答复"
    )
    zhao.take(case, "evidence added", "加入证据", evidence="快递单", evidence_origin="第三方")
    zhao.take(case, "information collected", "信息收集完成", text="快递单已取得")
    zhao.take(case, "evidence verified", "验证证据", verification="属实")
    gu.take(case, "investigated", "调查核实", text="按时寄出，快递延误")
    gu.take(case, "facts confirmed", "确认事实", text="快递公司书面确认")
    gu.take(case, "record completed", "填写投诉处理记录（TD-021）", investigation_result="快递延误")
    gu.take(case, "submitted", "提交总经理", form_version="TD-021/3")
    found = {
        "finding": "非本机构责任",
        "finding_evidence": ["快递单"],
        "cause": "外部原因",
        "loss": "否",
        "reason": "按时寄出",
    }
    lu.take(case, "found", "作出认定", **found)
    zhao.take(case, "settled", "沟通解决", settlement_form="口头", settlement_record="说明经过，对方接受")
    why = {"waiver_ground": "查明与本机构无关", "reason": "不是本中心的差错"}
    waived = {"instead_of": "启动纠正措施", **why}
    gu.take(case, "not possible", "说明不能办或不必办", **waived)
    gu.take(case, "audit decided", "决定是否审核", audit_needed="否", audit_reason="不是本中心的差错")
    zhou.take(case, "end notice given", "通知投诉处理结束", text="电话告知处理结束")
    gu.take(case, "closed", "结案", measures_fit="是", closing_summary="说明经过，对方接受")
    assert "本案已办结" in gu.said()
    assert CaseRow.objects.get(file=f"case/{case}").ended is not None
    assert "不符合" in gu.main()


def test_a_late_objection_is_refused_and_accepted_once_the_time_is_extended(site: Site) -> None:
    zhou, gu = site.sit("周小雨"), site.sit("顾明")
    late = {**WHOLE, "matter": "对报告的异议", "form": "书面"}
    case = register(
        zhou,
        channel="信函",
        item="HC-0102",
        topic=["工作程序"],
        **{k: v for k, v in late.items() if k != "channel"},
    )
    to_acceptance(site, case)
    zhou.go(f"/cases/{case}/steps/accepted/")
    said = zhou.page.locator("#act").inner_text()
    assert "最迟应在2026年2月4日提出，实际在2026年3月9日" in said
    assert "准予延长提出期限：顾明" in said.replace("： ", "：")
    gu.take(case, "window extended", "准予延长提出期限", new_limit="3.31", reason="对方出差在外")
    zhou.take(case, "accepted", "受理", responsible_unit="样品室")
    assert "受理" in zhou.page.locator("#told li").first.inner_text()


def test_a_recusal_learned_late_hides_the_case_and_asks_for_confirmation(site: Site) -> None:
    zhou, gu, shen = site.sit("周小雨"), site.sit("顾明"), site.sit("沈立")
    case = register(zhou, topic=["检测结果质量"], item="HC-0101", **WHOLE)
    to_acceptance(site, case)
    zhou.take(case, "accepted", "受理", responsible_unit="样品室")
    shen.take(case, "investigated", "调查核实", text="看过原始记录")
    gu.take(case, "named", "列明被投诉的人员和部门", persons=["沈立"], reason="投诉人说是他签发的")
    site.sit("陆建国").take(case, "naming-confirmed", "确认列明")
    gu.go(f"/cases/{case}/")
    assert "沈立" in gu.page.locator("#apart").inner_text()
    assert "须由不须回避的人确认后才算数" in gu.main()
    shen.go(f"/cases/{case}/")
    assert "没有这件案子或这个页面，或者你不能看。" in shen.main()
    shen.go("/")
    assert case not in shen.page.content()


def test_the_desk_in_english(site: Site) -> None:
    zhou = site.sit("周小雨", "en")
    zhou.go("/register/").fill(
        complainant="Ms Li", channel="Phone", account="The report came three days late."
    )
    zhou.press("Register")
    assert zhou.page.locator("h1").inner_text() == "Registered."
    assert "facts are still missing" in zhou.main()
    case = zhou.page.url.rstrip("/").rpartition("/")[2]
    zhou.take(case, "note", "Note", text="She calls again tomorrow.")
    zhou.go(f"/cases/{case}/steps/relevance-decided/")
    assert "can do it" in zhou.main()
