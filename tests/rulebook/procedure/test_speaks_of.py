"""What each shape looks at: with which steps and facts its verdict can change, so that a form says what came meanwhile."""

from __future__ import annotations

from textwrap import dedent
from typing import Final

import pytest
from tests.rulebook.procedure.one_of_each import MATCH, RULES, SUM, WINDOW
from tests.rulebook.small import written

from kesu.procedure.shapes.abilities import WantsFacts
from kesu.procedure.shapes.shape import STANDING_IN, Shape

Looked = set[str]

LINKED = (
    "retest decided",
    "linked",
    "link ended",
    "link reopened",
)  # a step that opens a file, and what the file says of it
PRICES = {"settlement lines", "product", "unit price"} | {
    f"listed {word}" for word in ("article", "price", "since", "until")
}
SAID = ("instead of", "waiver ground")  # what an act by which something is left out says of itself
SPEAKS_OF: Final[
    dict[str, list[tuple[Looked, Looked]]]
] = {  # steps, facts; once where all rules of a shape agree
    "adds up": [
        ({"accepted"}, {"cash paid", "settlement lines"}),
        ({"accepted"}, {"cash paid", "settlement lines", "proposed cash"}),
        ({"accepted"}, {"cash paid", "settlement lines"}),
        ({"accepted"}, {"cash paid", "settlement lines", "proposed cash"}),
    ],
    "after": [({"found", "accepted", "investigated"}, set())],
    "after each": [
        ({"accepted", "result notified", "the end"}, set()),
        ({"accepted", "investigated", "result notified", "the end"}, set()),
        ({"accepted", "investigated", "found", "result notified", "the end"}, set()),
        ({"accepted", "investigated", "found", "the end"}, set()),
        ({"accepted", "investigated", "found", "result notified", "the end"}, set()),
    ],
    "at most": [({"found", "consented"}, set())],
    "hearsay": [({"consented"}, set())],
    "in order": [({"accepted", "investigated", "found"}, set())],
    "not after": [({"accepted", "added", "found", "consented"}, set())],
    "compare": [
        ({"found", *steps}, {"promised until", *facts, *remark})
        for remark in ((), ("quantity remark",))
        for _ in range(4)
        for steps, facts in (
            ((), ("report received",)),
            (("accepted",), ()),
            ((), ()),
            ((), ("report received",)),
            (("accepted",), ()),
            ((), ("report received",)),
            ((), ()),
        )
    ]
    + [({"found"}, {"amount", "cash paid"})] * 4
    + [
        (
            {"found"},
            {"amount", "quantity remark", "settlement lines", "cash paid", "refunded sum", "refunded lines"},
        )
    ]
    * 4,
    "attest": [({"attested", "accepted"}, set()), ({"attested", "the end"}, set())],
    "authority": [
        ({"compensation agreed"}, {"amount", *STANDING_IN}),
        ({"compensation agreed"}, {"cash paid", "quantity", "settlement lines", "unit price", *STANDING_IN}),
    ],
    "by": [
        ({"accepted", "found"}, {*STANDING_IN}),
        ({"found", "investigated"}, set()),
        ({"consented", "handling report made"}, set()),
        ({"added"}, {"to person"}),
        ({"found"}, {"staff member"}),
        ({"accepted", "found"}, set()),
    ],
    "complete": [({"data checked"}, {"validity list"})],
    "confirm": [({"confirmed in person"}, set())],
    "doing without": [
        ({"not possible"}, {*STANDING_IN, *SAID}),
        ({"not possible", "found"}, {*STANDING_IN, *SAID, "finding"}),
        ({"not possible", "found", "accepted"}, {*STANDING_IN, *SAID, "finding"}),
        ({"not possible", "found"}, {*STANDING_IN, *SAID, "finding", "grade"}),
    ],
    "draw": [({"accepted"}, {"drawn projects", "survey population", "survey seed", "sample size"})],
    "every": [
        ({"accepted", "progress told", "result notified", "withdrawn"}, set()),
        ({"accepted", "progress told"}, set()),
        ({"accepted", "progress told", "result notified"}, set()),
        ({"accepted", "progress told"}, set()),
        ({"accepted", "progress told", "result notified"}, set()),
        ({"accepted", "progress told"}, set()),
    ],
    "figures": [({"found"}, {"period from", "period to"})],
    "first": [({"received"}, set())],
    "follows": [(set(), set())],
    "keep": [
        ({"closed", "destroyed"}, {"record", *STANDING_IN}),
        ({"closed", "destroyed"}, {"record"}),
        ({"closed", "destroyed"}, {"record"}),
    ],
    "keep apart": [
        ({"investigated", "found"}, {"persons"}),
        ({"investigated"}, {"did the work", "item"}),
        ({"investigated"}, {"units"}),
        ({"consented", "handling report made"}, set()),
        ({"accepted", "investigated"}, {"did the work", "item"}),
    ],
    "ladder": [
        ({"accepted"}, {"to post"}),
        ({"accepted"}, {"to post", "grade", "matter"}),
        ({"accepted"}, {"to post"}),
        ({"accepted"}, {"to post", "grade"}),
    ],
    "match": [({"accepted"}, {"settlement lines", "proposed lines"})],
    "measure": [({"received", "found"}, set()), (set(), set()), (set(), set()), (set(), set())],
    "must have": [
        ({"found", "investigated", "accepted"}, set()),
        ({"the end", "investigated"}, set()),
        ({"found", "investigated"}, set()),
        ({"closed", "retest decided"}, set()),
    ],
    "once": [({"accepted", "found"}, {"signature"})],
    "only if": [({"closed"}, {"measures fit"}), ({"found"}, {"amount", "grade"})],
    "opens": [({*LINKED, *before}, set()) for before in ((), ("found",), (), ())] * 2,
    "promote": [({"received", "result notified"}, set())],
    "priced": [
        ({"received", "opened", "accepted", "price noted"}, {*PRICES, *day})
        for day in ((), (), ("bought on",), ("bought on",))
    ],
    "record": [
        ({"found"}, {"finding", "cause"}),
        ({"received"}, {"matter", "account"}),
        ({"found"}, {"finding", "cause"}),
        ({"received"}, {"reason"}),
        ({"result notified"}, {"reason"}),
    ],
    "same content": [({"consented", "result notified"}, {"result", "remedy"})],
    "see": [(set(), set())],
    "send": [
        ({"investigated", "found"}, {*STANDING_IN}),
        ({"accepted"}, {*STANDING_IN}),
        ({"accepted"}, {*STANDING_IN}),
    ],
    "starts anew": [({"reopened", "found", "result notified"}, set())],
    "together": [({"data checked"}, {"result"}), ({"data checked"}, set()), ({"data checked"}, set())],
    "similar": [({"found"}, set())],
    "waits": [
        ({"found", "investigated"}, set()),
        ({"found", "result notified", "investigated", "consented", "progress told"}, set()),
        ({"found", "investigated"}, set()),
    ],
    "watch": [
        ({"received"}, set()),
        ({"received", "voided"}, set()),
        ({"received"}, set()),
        ({"received", "voided"}, set()),
    ],
    "within": [
        ({"accepted", "result notified", "closed"}, set()),
        ({"accepted", "result notified"}, set()),
        ({"accepted", "result notified"}, set()),
        ({"accepted"}, set()),
        ({"accepted", "result notified"}, set()),
        ({"accepted"}, set()),
        ({"fell late", "progress told", "result notified"}, set()),
        ({"fell late", "progress told"}, set()),
        *[({"accepted", "result notified"}, set())] * 4,
        ({"accepted"}, {"report received"}),
        ({"accepted", "received", "window extended"}, {"report received"}),
        ({"accepted", "received", "window extended"}, set()),
        ({"accepted", "received"}, set()),
        ({"accepted"}, {"report received"}),
        ({"accepted", "window extended"}, {"report received"}),
    ],
}


def shape(text: str) -> Shape:
    return written(dedent(text)).by_name["the rule"].shape


@pytest.mark.parametrize("sign", sorted(RULES))
def test_a_shape_speaks_of_the_steps_it_names_and_of_the_facts_it_looks_at(sign: str) -> None:
    spoken = [shape(text).speaks_of() for text in RULES[sign]]
    expected = SPEAKS_OF[sign] * (len(spoken) if len(SPEAKS_OF[sign]) == 1 else 1)
    assert [(set(one.steps), set(one.facts)) for one in spoken] == expected


@pytest.mark.parametrize("text", [text for texts in RULES.values() for text in texts])
def test_what_it_speaks_of_is_what_it_reads_and_a_form_asks_no_more(text: str) -> None:
    one = shape(text)
    assert one.speaks_of().facts <= one.reads()
    assert asked_by(one) <= one.reads()


def asked_by(one: Shape) -> frozenset[str]:
    """What the forms of its steps ask by it."""
    return one.wanted() if isinstance(one, WantsFacts) else frozenset()


def test_a_form_asks_what_an_authority_weighs_but_nothing_that_follows_from_other_facts() -> None:
    amount, ratio = (shape(text) for text in RULES["authority"])
    assert (asked_by(amount), asked_by(ratio)) == ({"amount"}, frozenset())
    assert [asked_by(shape(text)) for text in (SUM, MATCH, WINDOW)] == [frozenset()] * 3
