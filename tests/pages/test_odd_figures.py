"""A figure that looks like a slip is asked about once, beside its field, and recorded as written when that is the answer."""

from __future__ import annotations

from typing import Any

import pytest
from tests.pages.desk import Desk
from tests.pages.house import at
from tests.pages.html import Element

from kesu.forms.fields.fields import Field
from kesu.forms.fields.odd_figures import ask_odd_figures
from kesu.procedure import words
from kesu.procedure.kinds.date import DATE

A_DATE = next(name for name, word in words.facts().items() if word.kind is DATE)
STEP = "compensation agreed"


def sent(desk: Desk, file: str, **typed: Any) -> Element:
    """The general manager fills in the amount that is agreed."""
    boss = desk.as_("陆建国")
    address = desk.step(file, STEP)
    given = {"f-reason": "双方谈妥", "key": typed.pop("key", "one"), **typed}
    page = boss.post(address, given)
    desk.status = boss.status
    return page


def asked(page: Element) -> list[str]:
    """What may have been meant, as the page offers it."""
    return [one.attrs["value"] for one in page.all("input", name="f-amount--meant")]


def test_an_amount_a_nought_away_from_one_on_record_is_asked_once_and_not_refused(desk: Desk) -> None:
    file = desk.house.received(complainant="源达化工")
    desk.house.do(
        "周小雨",
        "corrected",
        "2026-03-09 09:10",
        file,
        entry="2",
        word="demanded amount",
        value="3000",
        reason="听错了",
    )
    page = sent(desk, file, **{"f-amount": "30000"})
    assert (desk.status, asked(page)) == (422, ["3000", "30000"])
    assert "是 3000 元，和这里差了零；请选一个，或者照写的先记下" in page.one("p", id="f-amount-error").text()
    answered = {"f-amount": "30000", "f-amount--asked": "30000", "f-amount--meant": "30000"}
    assert asked(sent(desk, file, **answered)) == []
    meant = sent(desk, file, **{**answered, "f-amount--meant": "3000"})
    assert (asked(meant), meant.one("input", name="f-amount").attrs["value"]) == ([], "3000")
    assert asked(sent(desk, file, **{"f-amount": "4500"})) == []


@pytest.mark.parametrize(
    ("value", "meant"),
    [("2016-03-06", "2026-03-06"), ("2062-03-06", "2026-03-06"), ("2012-02-29", "2026-02-28"), ("2024-03-06", ""), ("2027-12-31", "")],
)  # fmt: skip
def test_a_day_years_away_is_asked_about_with_the_same_day_of_this_year(value: str, meant: str) -> None:
    field = Field(A_DATE, words.facts()[A_DATE].title, "date", typed=[value])
    ask_odd_figures(
        [field], {}, {A_DATE: value}, history=None, now=at("2026-03-09 10:00"), zone="Asia/Shanghai"
    )
    assert ([one.value for one in field.near], bool(field.errors)) == ([meant] if meant else [], bool(meant))
    again = Field(A_DATE, words.facts()[A_DATE].title, "date", typed=[value])
    ask_odd_figures(
        [again],
        {f"{again.name}--meant": [value]},
        {A_DATE: value},
        history=None,
        now=at("2026-03-09 10:00"),
        zone="Asia/Shanghai",
    )
    assert again.errors == []


def test_the_form_of_a_step_that_asks_for_an_item_finds_it_in_the_register(desk: Desk) -> None:
    file = desk.house.received(complainant="源达化工")
    clerk = desk.as_("周小雨")
    page = clerk.get(desk.step(file, "registered"))
    assert page.one("div", data_of="?of=items").attrs["data-finder"] == "/find/"
    found = clerk.client.post("/find/?of=items", {"f-item": "hc01", "f-complainant": "源达"}).content.decode()
    assert ("HC-0101" in found, "HC-0102" in found, "源达" in found) == (True, True, False)
