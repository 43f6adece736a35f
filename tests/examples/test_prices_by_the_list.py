"""A company with a price list: what is given is worth what the list says, whatever somebody registered or writes (B21-S8, S10.3b)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kesu.casework.examples.stories import read_examples
from kesu.casework.examples.trying import tried
from kesu.procedure.written.library import here
from kesu.worktime.china import china_calendar

EXAMPLES = """
stories:
  at the stall:
    - {at: 2026-03-09 09:00, step: received, by: sun, as: salesperson, met at: sales channel, channel: visit, form: oral, complaint act: request, account: Two bottles are missing.}
    - {at: 2026-03-09 09:02, step: registered, by: sun, as: salesperson, class: non-quality, problem: short, supply: retail, product: yoghurt 100 g, batch known: "yes", batch: 20260302B, quantity: "2", unit price: "6.00", bought at: our stall, bought on: 2026-03-09, complainant: a customer, phone: "on file", address: "on file"}
    - {at: 2026-03-09 09:05, step: calmed, by: sun, as: salesperson, text: apologised}
    - {at: 2026-03-09 09:10, step: cause asked, by: sun, as: salesperson, stated reason: two short, health changed: "no", home visit needed: "no"}
    - {at: 2026-03-09 09:20, step: graded, by: sun, as: salesperson, grade: ordinary}
    - {at: 2026-03-09 09:30, step: product seen, by: sun, as: salesperson, product item: crate 1, place: at the stall}
    - {at: 2026-03-09 09:40, step: settled on the spot, by: sun, as: salesperson, remedy kind: goods, settlement lines: [{article: yoghurt 100 g, quantity: "4", price: "6.00"}]}
examples:
  - {rule: price of what is settled with, story: at the stall, at: settled on the spot, kept: at the price of the list, broken: at a fen more, change: {set: {line: settled on the spot, settlement lines: [{article: yoghurt 100 g, quantity: "4", price: "6.01"}]}}}
  - {rule: price of what is settled with, story: at the stall, at: settled on the spot, kept: another article at its price of the list, broken: another article at less, always: [{set: {line: settled on the spot, settlement lines: [{article: 纯牛奶 250ml, quantity: "4", price: "5.50"}]}}], change: {set: {line: settled on the spot, settlement lines: [{article: 纯牛奶（250毫升）, quantity: "4", price: "0.01"}]}}}
  - {rule: price of what is settled with, story: at the stall, at: settled on the spot, kept: cash where the registered price is that of the list, broken: cash reckoned with a price that somebody registered higher, always: [{set: {line: settled on the spot, remedy kind: money}}, {set: {line: settled on the spot, cash paid: "30"}}, {unset: {line: settled on the spot, fact: settlement lines}}], change: {set: {line: registered, unit price: "60.00"}}}
"""


@pytest.mark.parametrize("place", range(6))
def test_what_is_given_is_worth_what_the_list_says(place: int, tmp_path: Path) -> None:
    path = tmp_path / "examples.yaml"
    path.write_text(EXAMPLES, encoding="utf-8")
    settings = {
        "price list": "yoghurt 100 g = 6; 纯牛奶 250ml = 5.5",
        "agent limit": "800",
        "manager limit": "5000",
    }
    procedure = here().load("fmcg-emergency", settings=settings)
    example = list(read_examples(path, procedure))[place]
    assert tried(procedure, example, calendar=china_calendar()) == ""
