"""What a file has used up, so that no other file uses it again."""

from __future__ import annotations

from dataclasses import replace

from tests.rulebook.small import act, filed, written

from kesu.casework.many.used_once import Use, used, would_use
from kesu.procedure.history.act import Act

ONCE = written(
    "rule: one slip\nat: [accepted, found]\nonce: order number",
    "rule: looked into\nat: found\nafter: investigated",
)
PAID = act("accepted", order_number="R-1")
CORRECTED = {"entry": "1", "word": "order number", "value": " ｒ-2 ", "reason": "misread"}


def uses(*acts: Act) -> dict[Use, bool]:
    return used(filed(ONCE, *acts))


def spelt(number: str, keeps: bool) -> dict[Use, bool]:
    """A slip under what it was looked up by before, and as people write it."""
    return {("order number", f"r-{number}"): keeps, ("order number", f"r{number}"): keeps}


def test_in_an_edition_of_kesu_0_1_width_and_case_alone_do_not_count() -> None:
    old = replace(ONCE, language=1)
    assert used(filed(old, PAID)) == {("order number", "r-1"): True}


def test_standing_acts_of_the_steps_use_their_value_up_however_it_is_spelt() -> None:
    assert uses(PAID, act("note", order_number="R-9"), act("found", order_number=" ｒ-3 ")) == {
        ("order number", "r-1"): True,
        ("order number", "r1"): True,
        ("order number", "r-3"): True,
        ("order number", "r3"): True,
    }
    assert uses(PAID, act("struck", entry="1", reason="x")) == {}
    assert uses(PAID, act("corrected", **CORRECTED)) == spelt("2", True)


def test_what_came_in_with_history_and_what_two_persons_let_pass_keeps_it_from_nobody() -> None:
    free = spelt("1", False)
    assert uses(act("accepted", order_number="R-1", origin="old.csv")) == free
    assert uses(act("accepted", order_number="R-1", overridden=("one slip",))) == free
    assert uses(act("accepted", order_number="R-1", overridden=("looked into",))) == spelt("1", True)
    let_in = act("corrected", **CORRECTED, overridden=("one slip",))
    assert uses(PAID, let_in) == spelt("2", False)
    of_another = act("corrected", **(CORRECTED | {"entry": "2", "word": "grade"}), overridden=("one slip",))
    assert uses(PAID, act("note", grade="major"), of_another) == spelt("1", True)


def test_a_value_that_one_act_uses_and_another_was_let_use_stays_kept() -> None:
    twice = act("found", order_number="R-1", overridden=("one slip",))
    assert uses(PAID, twice) == uses(twice, PAID) == spelt("1", True)


def test_an_act_that_is_not_taken_yet_would_use_its_own_value_or_that_of_its_correction() -> None:
    file = filed(ONCE, PAID)
    assert would_use(file, act("found", order_number="R-7")) == set(spelt("7", True))
    assert would_use(file, act("corrected", **CORRECTED)) == set(spelt("2", True))
    assert would_use(file, act("note", order_number="R-7")) == frozenset()
