"""Returned goods where an organisation refuses the lines that differ and not the whole delivery (B21-X3b leaves it open)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kesu.casework.examples.stories import read_examples
from kesu.casework.examples.trying import tried
from kesu.procedure.written.library import here
from kesu.worktime.china import china_calendar

EXAMPLES = """
stories:
  by the line:
    - {at: 2026-04-01 09:00, step: received, by: fan, as: returning unit, returning unit: south, requested lines: &ten [{article: milk, quantity: "10"}, {article: yoghurt, quantity: "4"}], return reason: dented}
    - {at: 2026-04-01 14:00, step: return approved, by: bai, as: branch head, approved lines: *ten}
    - {at: 2026-04-02 09:00, step: return approved, by: cao, as: head office approver, approved lines: *ten}
    - {at: 2026-04-07 09:00, step: return form checked, by: ding, as: warehouse keeper, return form: TH-1, form lines: *ten}
    - {at: 2026-04-07 09:10, step: goods taken in, by: ding, as: warehouse keeper, received lines: [{article: milk, quantity: "6"}]}
    - {at: 2026-04-08 09:10, step: goods taken in, by: ding, as: warehouse keeper, received lines: [{article: milk, quantity: "4"}]}
    - {at: 2026-04-09 09:00, step: return refunded, by: lin, as: customer service agent, refunded lines: [{article: milk, quantity: "10", price: "3"}], refunded sum: "30"}
    - {at: 2026-04-09 10:00, step: returned goods verified, by: yan, as: quality control head, test state: none needed}
    - {at: 2026-04-09 11:00, step: returned goods disposed, by: ding, as: warehouse keeper, disposal way: scrapped, disposed lines: [{article: milk, quantity: "10"}], disposal place: the yard, disposal witness: the guard}
examples:
  - {rule: refund of what came back, story: by the line, at: return refunded, kept: both deliveries are refunded, broken: the last delivery alone is refunded, always: [{set: {line: return refunded, difference remark: see the slip}}], change: {set: {line: return refunded, refunded lines: [{article: milk, quantity: "4", price: "3"}]}}}
  - {rule: disposal of all that came in, story: by the line, at: returned goods disposed, kept: both deliveries are scrapped, broken: the last delivery alone is scrapped, change: {set: {line: returned goods disposed, disposed lines: [{article: milk, quantity: "4"}]}}}
  - {rule: goods agree with the approval, story: by the line, at: goods taken in, kept: the rest of the ten comes a day later, broken: one more than the ten comes a day later, change: {set: {line: goods taken in, received lines: [{article: milk, quantity: "5"}]}}}
  - {rule: goods agree with the approval, story: by the line, at: "goods taken in #1", kept: a line that agrees is taken in alone, broken: an article that nobody approved is taken in, change: {set: {line: "goods taken in #1", received lines: [{article: cream, quantity: "1"}]}}}
  - {rule: form agrees with the approval, story: by the line, at: return form checked, kept: the form names a part of what was approved, broken: the form names more than was approved, always: [{set: {line: return form checked, form lines: [{article: milk, quantity: "10"}]}}], change: {set: {line: return form checked, form lines: [{article: milk, quantity: "10.5"}]}}}
"""


@pytest.mark.parametrize("place", range(10))
def test_by_the_line_what_agrees_is_taken_in_and_counted_over_all_deliveries(
    place: int, tmp_path: Path
) -> None:
    path = tmp_path / "examples.yaml"
    path.write_text(EXAMPLES, encoding="utf-8")
    procedure = here().load("fmcg-return", settings={"taking in": "line"})
    example = list(read_examples(path, procedure))[place]
    assert tried(procedure, example, calendar=china_calendar()) == ""


def test_the_whole_delivery_is_refused_unless_somebody_sets_it_otherwise() -> None:
    procedure = here().load("fmcg-return")
    assert (procedure.settings["taking in"].value, procedure.unset) == ("whole", ())
