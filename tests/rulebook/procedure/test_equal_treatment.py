"""No rule is for some kinds of complainants only, unless it says on what ground."""

from __future__ import annotations

import pytest
from tests.rulebook.small import from_text, text_of

from kesu.procedure.written.audit import audit
from kesu.procedure.written.library import here
from kesu.reading.text import Text

FAULT = Text(
    "规则“the rule”按投诉方类别区别对待；写上 reading 说明依据，没有依据就删去这个条件",
    "the rule “the rule” treats kinds of complainants differently; say under “reading” on what ground, or take the condition away",
)
GROUND = "\nreading: {zh: 上级部门来件附有材料, en: What a superior body passes on comes with papers}"


def found(rule: str) -> bool:
    text = text_of(rule).replace("  registered: {}", "  registered: {asks: [complainant kind, grade]}")
    return FAULT in [fault.text for fault in audit(from_text(text))]


@pytest.mark.parametrize(
    "rule",
    [
        "rule: the rule\nwhen: {complainant kind: other party}\nat: accepted\nafter: investigated",
        "rule: the rule\nwhen: {complainant kind: not client}\nforce: show\nat: accepted\nrecord: grade",
        "rule: the rule\nwithin: 3 working days\nfrom: accepted\nto: found\nwhen: {complainant kind: client}",
        "rule: the rule\nat: accepted\nonly if: {complainant kind: client}",
        "rule: the rule\nat: closed\nafter: found\nunless waived: {by: lead, for: [not needed], when: {complainant kind: none}}",
    ],
)
def test_a_rule_for_some_kinds_of_complainants_says_on_what_ground(rule: str) -> None:
    assert found(rule)
    assert not found(rule + GROUND)


@pytest.mark.parametrize(
    "rule",
    [
        "rule: the rule\nwhen: {grade: major}\nat: accepted\nafter: investigated",
        "rule: the rule\nat: accepted\nrecord: complainant kind",
        "rule: the rule\nmeasure: findings\nof: share\nfact: grade\nby: [complainant kind]",
    ],
)
def test_what_is_recorded_or_counted_by_kind_treats_nobody_differently(rule: str) -> None:
    assert not found(rule)


def test_every_procedure_of_the_library_says_its_grounds() -> None:
    library = here()
    unequal = [
        (name, fault.text.en)
        for name in library.names()
        for fault in audit(library.load(name))
        if "treats kinds of complainants differently" in fault.text.en
    ]
    assert unequal == []
