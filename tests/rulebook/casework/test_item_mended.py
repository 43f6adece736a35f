"""A file that turns out to be about another item: what the register said of the first one counts no longer."""

from dataclasses import replace

from tests.rulebook.small import act, filed, written

from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.roles_in_file import apart
from kesu.procedure.history.act import Act

RULE = written("keep apart: [named, did the work]\nfrom: [investigated, found]")
RECEIVED = act("received", item="R-1")


def noted(item: str, person: str) -> Act:
    return act("item noted", by=None, item=item, did_the_work=[person])


def mended(entry: str, item: str) -> Act:
    return act("corrected", entry=entry, word="item", value=item, reason="misread")


def out_of(file: CaseFile) -> set[str]:
    return set(apart(file).persons)


def test_who_worked_on_the_wrong_item_need_not_stay_out_and_who_did_on_the_right_one_has_to() -> None:
    wrong, right = noted("R-1", "an"), noted("R-2", "bo")
    assert out_of(filed(RULE, RECEIVED, wrong)) == {"an"}
    assert out_of(filed(RULE, RECEIVED, wrong, right, mended("1", "R-2"))) == {"bo"}


def test_it_goes_back_when_the_correction_is_corrected_or_struck() -> None:
    acts = RECEIVED, noted("R-1", "an"), noted("R-2", "bo"), mended("1", "R-2")
    assert out_of(filed(RULE, *acts, mended("1", "R-1"))) == {"an"}
    assert out_of(filed(RULE, *acts, act("struck", entry="4", reason="x"))) == {"an"}


def test_an_item_that_somebody_else_still_names_stays_linked() -> None:
    acts = RECEIVED, act("evidence added", item="R-1"), noted("R-1", "an"), noted("R-2", "bo")
    assert out_of(filed(RULE, *acts, mended("1", "R-2"))) == {"an", "bo"}


def test_what_the_register_said_before_anybody_named_an_item_stands() -> None:
    assert out_of(filed(RULE, noted("R-9", "cy"), RECEIVED, noted("R-1", "an"), mended("2", "R-2"))) == {"cy"}


def test_in_an_edition_of_kesu_0_1_the_persons_of_the_first_item_stay() -> None:
    old = replace(RULE, language=1)
    acts = RECEIVED, noted("R-1", "an"), noted("R-2", "bo"), mended("1", "R-2")
    assert out_of(filed(old, *acts)) == {"an", "bo"}
