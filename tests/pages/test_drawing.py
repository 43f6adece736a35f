"""A draw at the desk: the population is typed one on each line, what is left empty is drawn and put on record."""

from __future__ import annotations

import pytest
from tests.office.caseload.office import LIBRARY, at
from tests.pages.desk import Desk, fields

from kesu.caseload.acting.answers import Done
from kesu.caseload.models import CaseRow
from kesu.ledger.read import entries_of
from kesu.procedure.history.draws import drawn
from kesu.registry.editions import put_in_force

REGISTER = "/register/?procedure=office-draw"
PEOPLE = [f"P-{number:02}" for number in range(30)]
RIGHT = list(drawn(PEOPLE, seed="2026-1", size=3))


@pytest.fixture
def survey(desk: Desk) -> tuple[Desk, str]:
    """The desk with a survey round, and the file of one with its population."""
    now = at("2026-03-02 09:00")
    person = desk.house.persons["秦越"]
    done = put_in_force(
        "office-draw", library=LIBRARY, organisation="hengce", person=person, now=now, since=now, key="draw"
    )
    assert isinstance(done, Done), done
    own = desk.as_("顾明")
    typed = fields(survey_population="\r\n".join([*PEOPLE, "", " "]), survey_seed="2026-1", sample_size="3")
    own.post("/register/", own.get(REGISTER).form("/register/") | typed)
    assert own.status == 200
    return own, CaseRow.objects.get(organisation="hengce", procedure="office-draw").file


def facts(file: str) -> dict[str, object]:
    return dict(entries_of("hengce", file)[-1].facts)


def test_items_are_typed_one_on_each_line(survey: tuple[Desk, str]) -> None:
    _, file = survey
    assert facts(file)["survey population"] == PEOPLE


def test_the_step_is_offered_and_draws_what_is_left_empty(survey: tuple[Desk, str]) -> None:
    own, file = survey
    page = own.case(file)
    assert page.one("h2", id="act-title").text().endswith("实施措施")
    hint = page.one("p", id="f-drawn-projects-hint").text()
    assert hint == "可以不填：系统按随机种子抽出，日后可以复核"
    told = own.take(file, "measure carried out")
    assert own.status == 200
    assert facts(file)["drawn projects"] == RIGHT
    assert "、".join(RIGHT) in told.one(id="told").text()


def test_another_sample_is_refused_and_stays_in_the_form(survey: tuple[Desk, str]) -> None:
    own, file = survey
    other = next(item for item in PEOPLE if item not in RIGHT)
    page = own.take(file, "measure carried out", drawn_projects="\r\n".join([*RIGHT[:2], other]))
    assert own.status == 422
    assert f"抽中的项目里少了{RIGHT[2]}，重抽时抽到了（T-51）" in page.one(id="summary").text()
    assert page.one("textarea", id="f-drawn-projects").text().split() == [*RIGHT[:2], other]
    assert [entry.kind for entry in entries_of("hengce", file)] == ["opened"]
