"""A complaint that is upheld, from arrival to close, each post at its own browser; in Chinese, and in English on a phone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pytest
from tests.browser.people import Seat, Site

from kesu.caseload.models import CaseRow
from kesu.procedure import words
from kesu.procedure.written.library import here
from kesu.reading.text import Lang

PHONE = {"width": 390, "height": 844}
NAMES = {
    "zhou": "周小雨",
    "gu": "顾明",
    "zhao": "赵敏",
    "lu": "陆建国",
    "ma": "马兰",
}
FREE = ("responsible_unit", "team", "finding_evidence")  # choices that are names, not words of the software


@dataclass
class Journey:
    """One complaint on its way. Steps and choices are named by their words, and looked for under their titles."""

    site: Site
    lang: Lang
    window: dict[str, int]
    case: str = ""

    @cached_property
    def titles(self) -> dict[str, str]:
        """What the buttons of the steps say, by procedure and step."""
        return {
            f"{name}/{step.name}": step.title.in_(self.lang)
            for name in ("lab-pd-007", "lab-corrective-action")
            for step in here().load(name).steps.values()
        }

    def seat(self, name: str) -> Seat:
        return self.site.sit(NAMES[name], self.lang, **self.window)

    def said(self, **typed: str | list[str]) -> dict[str, str | list[str]]:
        """What is typed, with the titles of choices in the language of the page."""
        return {word: self._title(word, value) for word, value in typed.items()}

    def _title(self, word: str, value: str | list[str]) -> str | list[str]:
        if isinstance(value, list):
            return [str(self._title(word, one)) for one in value]
        known = words.facts()[word.replace("_", " ")]
        choices = words.YESNO if known.kind == "yesno" else known.choices
        return choices[value].in_(self.lang) if value in choices and word not in FREE else value

    def take(self, name: str, step: str, *, case: str = "", **typed: str | list[str]) -> None:
        """One act; afterwards the page says so, and nothing sticks out of the window."""
        kind = "lab-corrective-action" if case else "lab-pd-007"
        seat = self.seat(name)
        seat.take(case or self.case, step, self.titles[f"{kind}/{step}"], **self.said(**typed))
        self.fits(seat)

    def fits(self, seat: Seat) -> None:
        wide = seat.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= seat.page.evaluate("window.innerWidth"), seat.page.url

    def mine(self, name: str, label: str) -> str:
        """What this person's own work says of a case; empty when it is not there."""
        seat = self.seat(name).go("/")
        self.fits(seat)
        return " ".join(text for text in seat.page.locator("#mine li").all_inner_texts() if label in text)


@pytest.fixture(params=[("zh", {}), ("en", PHONE)], ids=["zh", "en on a phone"])
def journey(request: pytest.FixtureRequest, site: Site) -> Journey:
    lang, window = request.param
    return Journey(site, lang, window)


def arrive(way: Journey) -> str:
    """Registers, accepts and informs; the number of the case."""
    zhou = way.seat("zhou").go("/register/")
    typed = way.said(
        complainant="李女士", channel="phone", account="两次送检的方法不一样。", matter="complaint",
        source="client", complainant_kind="client", form="oral", demanded_amount="300", topic=["work procedure"],
    )  # fmt: skip
    zhou.fill(**typed).press("登记" if way.lang == "zh" else "Register")
    way.case = zhou.page.url.rstrip("/").rpartition("/")[2]
    way.take("zhou", "attested", conduct="warm reception", counterpart="来电人", content="听完并逐项记下")
    way.take("zhou", "acknowledged", text="电话里告知已收到")
    step = "handed to quality manager"
    zhou.go(f"/cases/{way.case}/steps/{step.replace(' ', '-')}/").items("intake_questions", "已问明")
    zhou.press(way.titles[f"lab-pd-007/{step}"])
    way.take("gu", "relevance decided", ours="yes", relevance_reason="本中心的委托")
    way.take("gu", "graded", grade="ordinary", grade_reason="金额小")
    way.take("zhou", "accepted", responsible_unit="样品室")
    return CaseRow.objects.get(file=f"case/{way.case}").label


def investigate(way: Journey) -> None:
    no = {"touches_system": "no", "touches_duties": "no", "data_validity": "no"}
    way.take("gu", "department informed", text="当面告知")
    way.take("gu", "team appointed", team=["韩松"])
    way.take("gu", "analysed", complaint_content="方法不一致", demand="更正报告", **no)
    way.take("zhao", "evidence added", evidence="原始记录", evidence_origin="laboratory records")
    way.take("zhao", "information collected", text="原始记录已取得")
    way.take("zhao", "evidence verified", verification="verified")
    way.take("gu", "investigated", text="第二次用了旧版方法")
    way.take("gu", "facts confirmed", text="与检测员核对")
    way.take("gu", "record completed", investigation_result="第二次用了旧版方法")
    way.take("gu", "submitted", form_version="TD-021/3")


def decide(way: Journey, label: str) -> None:
    """The general manager finds and consents: both lie in his own work, and are told as they were consented to."""
    assert way.titles["lab-pd-007/found"] in way.mine("lu", label)
    way.take(
        "lu", "found", finding="upheld", finding_evidence=["原始记录"], cause="service problem", loss="yes",
        reason="记录为证",
    )  # fmt: skip
    way.take("gu", "handling proposed", handling_way="更正报告", reply_way="电话和书面答复")
    way.take("gu", "handling report made", result="成立", result_reasons="用了旧版方法", remedy="更正报告")
    assert way.titles["lab-pd-007/consented"] in way.mine("lu", label)
    assert way.titles["lab-pd-007/consented"] not in way.mine("gu", label)  # his own report
    way.take("lu", "consented", opinion="同意")


def tell(way: Journey, label: str) -> None:
    zhou = way.seat("zhou").go(f"/cases/{way.case}/steps/end-notice-given/")
    assert way.titles["lab-pd-007/result notified"] in zhou.main()  # the end is told after the outcome
    assert way.titles["lab-pd-007/result notified"] in way.mine("zhao", label)
    way.take("zhao", "result notified")
    way.take("zhao", "views recorded", views_answer="satisfied", views="满意")
    way.take("zhao", "loss negotiated", negotiation_result="compensation", text="承担复测费用")
    way.take("zhao", "compensation agreed", amount="300", reason="复测费用")


def act_upon(way: Journey) -> None:
    """The corrective action: a file of its own, which holds the end of the complaint."""
    way.take("gu", "corrective action opened", text="作废的方法没有撤下")
    child = CaseRow.objects.get(parent=f"case/{way.case}")
    action = child.file.partition("/")[2]
    gu = way.seat("gu").go(f"/cases/{way.case}/steps/closed/")
    assert child.label in gu.main()
    closing = way.titles["lab-pd-007/closed"]
    assert gu.page.locator("main").get_by_role("button", name=closing, exact=True).count() == 0
    way.take("gu", "cause analysed", case=action, cause_found="旧版没有回收", extent="一个房间")
    assert way.titles["lab-corrective-action/measure proposed"] in way.mine("zhao", child.label)
    measure = {"measure": "撤下旧版", "measure_content": "逐室收回并登记", "measure_due": "2026-03-20"}
    way.take("zhao", "measure proposed", case=action, **measure)
    way.take("gu", "measure approved", case=action)
    way.take("zhao", "measure carried out", case=action, work_done="已收回五份")
    way.take("gu", "measure verified", case=action, effective="yes", verification_basis="抽查三个房间")
    way.take("gu", "closed", case=action, closing_summary="旧版已全部撤下")


def test_an_upheld_complaint_from_arrival_to_close_as_each_post(journey: Journey) -> None:
    label = arrive(journey)
    investigate(journey)
    decide(journey, label)
    tell(journey, label)
    act_upon(journey)
    journey.take("gu", "audit decided", audit_needed="no", audit_reason="个别疏忽")
    journey.take("zhou", "end notice given", text="电话告知处理结束")
    journey.take("gu", "closed", measures_fit="yes", closing_summary="报告已更正，措施有效")
    row = CaseRow.objects.get(file=f"case/{journey.case}")
    assert (row.ended is not None, row.state, row.procedure) == (True, "closed", "lab-pd-007")
    told = journey.seat("zhao").go(f"/cases/{journey.case}/").main()
    assert "成立" in told
    assert "用了旧版方法" in told
    assert journey.titles["lab-pd-007/archived"] in journey.mine("ma", label)
    assert [journey.mine(name, label) for name in ("gu", "zhao", "lu", "zhou")] == ["", "", "", ""]
