"""What every member of staff owes for himself is owed by that person, not by whoever holds the post."""

from tests.rulebook.small import filed

from kesu.casework.examples.trying import exemplified
from kesu.casework.file.roles_in_file import owed_in_person, owner_of, title
from kesu.procedure.written.library import here
from kesu.reading.text import Text

YEAR, YEAR_TOLD = exemplified(here(), "lab-service-year")
ORDER, ORDER_TOLD = exemplified(here(), "lab-service-order")


def test_an_acknowledgement_is_owed_by_the_person_it_is_for() -> None:
    file = filed(YEAR, *YEAR_TOLD.story("year")[:3])
    owed = [(duty.rule, duty.thing, owed_in_person(file, duty)) for duty in file.running()]
    both = ("acknowledgement of the commitment", "acknowledgement of the rules")
    assert owed == [(rule, person, person) for rule in both for person in ("zhou", "wu", "shen")]


def test_a_newcomer_owes_his_own() -> None:
    acts = [act for act in YEAR_TOLD.story("year") if act.step in ("opened", "newcomer introduced")]
    file = filed(YEAR, *acts)
    owed = [(duty.thing, owed_in_person(file, duty)) for duty in file.running() if duty.thing == "qian"]
    assert owed == [("qian", "qian")]


def test_what_is_owed_for_a_thing_is_owed_by_a_post() -> None:
    file = filed(ORDER, *ORDER_TOLD.story("delayed")[:6])
    owed = {duty.rule: (owed_in_person(file, duty), owner_of(file, duty)) for duty in file.running()}
    assert owed == {
        "contact throughout the testing": (None, "customer service specialist"),
        "delay told in time": (None, "customer service specialist"),
    }


def test_a_file_of_which_only_a_number_is_known_is_called_by_its_procedure_and_that_number() -> None:
    file = filed(ORDER, *ORDER_TOLD.story("delayed")[:1])
    assert title(file) == Text("委托服务 · WT-2026-0118", "Service order · WT-2026-0118")
