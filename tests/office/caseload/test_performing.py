"""One act through the one way in: what it writes, what it refuses, and what it answers when it is sent again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from tests.office.caseload.office import Office, at

from kesu.caseload.acting.answers import Changed, Done, KeyTaken, NotYours, Refused
from kesu.caseload.models import BarredRow, CaseRow, DutyRow, Series
from kesu.ledger.oneway import NotThroughPerform
from kesu.ledger.read import entries_of
from kesu.people.models import Holding, Person, Revision


def kinds(office: Office, file: str) -> list[str]:
    return [entry.kind for entry in entries_of(office.organisation, file)]


def test_a_received_complaint_gets_the_next_number_and_a_row(office: Office) -> None:
    done = office.receive("2026-03-02 09:00")
    assert (done.label, done.number, done.again) == ("TS-2026-0001", 1, False)
    row = CaseRow.objects.get(organisation="hengce", file=done.file)
    assert (row.label, row.state, row.number, row.ended) == ("TS-2026-0001", "received", 1, None)
    assert row.received == at("2026-03-02 09:00")


def test_the_year_of_the_number_is_the_local_one(office: Office) -> None:
    assert office.receive("2026-12-31 23:59").label == "TS-2026-0001"
    assert office.receive("2027-01-01 00:00").label == "TS-2027-0001"
    assert office.receive("2027-01-01 00:01").label == "TS-2027-0002"


def test_accepting_calls_for_a_duty_that_checking_meets(office: Office) -> None:
    file = office.accepted("2026-03-02 10:00").file
    duty = DutyRow.objects.get(organisation="hengce", file=file)
    assert (duty.rule, duty.post, duty.state, duty.due_date.isoformat()) == (
        "check in time",
        "technical manager",
        "open",
        "2026-03-05",
    )
    office.do("investigated", "shen", "2026-03-04 15:00", file=file)
    duty.refresh_from_db()
    assert (duty.state, duty.answered_by) == ("met", 3)


def test_a_refused_act_leaves_nothing_but_a_line_in_the_access_log(office: Office) -> None:
    file = office.receive().file
    answer = office.attempt("investigated", "shen", "2026-03-02 11:00", file=file)
    assert isinstance(answer, Refused)
    assert [finding.rule for finding in answer.findings] == ["check after acceptance"]
    assert kinds(office, file) == ["received"]
    log = BarredRow.objects.get(organisation="hengce")
    assert (log.person, log.step, log.file, log.clauses) == (
        office.persons["shen"],
        "investigated",
        file,
        ["T-5"],
    )


def test_a_refusal_says_what_and_why_in_both_languages(office: Office) -> None:
    file = office.receive().file
    answer = office.attempt("accepted", "shen", "2026-03-02 11:00", file=file, facts={"ours": "yes"})
    assert isinstance(answer, Refused)
    assert len(answer.sentences("zh")) == len(answer.sentences("en")) == 1
    assert "质量负责人" in answer.sentences("zh")[0]
    assert "quality manager" in answer.sentences("en")[0]
    assert answer.sentences("zh")[0].endswith("（T-2）")


def test_a_refused_act_does_not_change_the_fold_that_is_kept(office: Office) -> None:
    file = office.receive("2026-03-02 09:00").file
    office.attempt("investigated", "shen", "2026-03-09 11:00", file=file)
    office.do("accepted", "gu", "2026-03-09 12:00", file=file, facts={"ours": "yes"})
    assert kinds(office, file) == ["received", "accepted"]


def test_the_same_command_with_the_same_key_is_done_once(office: Office) -> None:
    first = office.do("received", "zhou", "2026-03-02 09:00", key="k-1", facts={"matter": "complaint"})
    again = office.do("received", "zhou", "2026-03-02 09:05", key="k-1", facts={"matter": "complaint"})
    assert (again.file, again.number, again.label, again.again) == (first.file, 1, first.label, True)
    assert CaseRow.objects.filter(organisation="hengce").count() == 1


def test_another_command_with_a_used_key_is_refused(office: Office) -> None:
    office.do("received", "zhou", "2026-03-02 09:00", key="k-1", facts={"matter": "complaint"})
    with pytest.raises(KeyTaken):
        office.attempt("received", "zhou", "2026-03-02 09:00", key="k-1", facts={"matter": "opinion"})


def test_a_key_belongs_to_a_person_and_to_an_organisation(office: Office) -> None:
    facts = {"matter": "complaint"}
    mine = office.do("received", "zhou", "2026-03-02 09:00", key="k-1", facts=facts)
    hers = office.do("received", "gu", "2026-03-02 09:00", key="k-1", facts=facts)
    assert (mine.again, hers.again, mine.file != hers.file) == (False, False, True)


def test_a_refused_command_stores_no_key(office: Office) -> None:
    file = office.receive().file
    refused = office.attempt("investigated", "shen", "2026-03-02 09:30", file=file, key="k-1")
    office.do("accepted", "gu", "2026-03-02 10:00", file=file, facts={"ours": "yes"})
    later = office.attempt("investigated", "shen", "2026-03-02 10:30", file=file, key="k-1")
    assert (type(refused), type(later)) == (Refused, Done)


def test_what_others_wrote_meanwhile_is_shown_when_the_rules_read_it(office: Office) -> None:
    file = office.receive("2026-03-02 09:00").file
    office.do("accepted", "gu", "2026-03-02 10:00", file=file, facts={"ours": "yes"})
    answer = office.attempt("investigated", "shen", "2026-03-02 11:00", file=file, seen_up_to=1)
    assert isinstance(answer, Changed)
    assert [(line.number, line.kind, line.by) for line in answer.lines] == [(2, "accepted", "gu of hengce")]
    assert kinds(office, file) == ["received", "accepted"]


def test_what_the_rules_do_not_read_is_decided_anew(office: Office) -> None:
    file = office.accepted().file
    office.do("note", "zhou", "2026-03-02 10:30", file=file, facts={"text": "客户来电催问"})
    done = office.do("investigated", "shen", "2026-03-02 11:00", file=file, seen_up_to=2)
    assert done.number == 4


def test_a_file_of_another_organisation_does_not_exist(office: Office) -> None:
    theirs = CaseRow.objects.get(organisation="hengce-2")
    assert theirs.label == "TS-2026-0001"
    with pytest.raises(NotYours):
        office.attempt("note", "gu", "2026-03-02 09:00", file=theirs.file, facts={"text": "?"})
    with pytest.raises(NotYours):
        office.attempt("note", "gu", "2026-03-02 09:00", file="case/none", facts={"text": "?"})


def test_a_step_of_the_house_is_refused_to_persons(office: Office) -> None:
    file = office.accepted().file
    facts = {"kind": "office-action", "linked_file": "case/none"}
    answer = office.attempt("linked", "gu", "2026-03-02 11:00", file=file, facts=facts)
    assert isinstance(answer, Refused)
    assert answer.sentences("en") == ["this step is recorded by the house itself, not by a person"]


@pytest.mark.parametrize(
    ("table", "write"),
    [
        ("caseload_caserow", lambda: CaseRow.objects.filter(organisation="hengce-2").first().save()),  # type: ignore[union-attr]
        ("caseload_caserow", lambda: CaseRow.objects.filter(organisation="hengce-2").delete()),
        ("caseload_dutyrow", lambda: DutyRow.objects.filter(organisation="hengce-2").update(state="met")),
        ("caseload_barredrow", lambda: BarredRow.objects.all().delete()),
        ("caseload_series", lambda: Series.objects.all().update(last=9)),
        ("people_holding", lambda: Holding.objects.all().update(until=None)),
        ("people_person", lambda: Person.objects.create(organisation="hengce", file="person/x", person="x")),
        ("people_revision", lambda: Revision.objects.all().update(number=1)),
    ],
)
def test_writing_a_row_outside_perform_is_refused(
    office: Office, table: str, write: Callable[[], object]
) -> None:
    with pytest.raises(NotThroughPerform, match=table), transaction.atomic():
        write()


def test_an_act_noted_for_another_names_both_and_how_it_was_given(office: Office) -> None:
    file = office.receive("2026-03-02 09:00").file
    paper = {
        "actor": "gu",
        "post": "quality manager",
        "facts": {"ours": "yes"},
        "happened": "2026-03-02 10:00",
    }
    refused = office.attempt("accepted", "zhou", "2026-03-02 16:00", file=file, **dict(paper))
    assert isinstance(refused, Refused)
    office.do("accepted", "zhou", "2026-03-02 16:00", file=file, medium="signed paper", **dict(paper))
    entry = entries_of("hengce", file)[-1]
    assert (entry.by, entry.actor, entry.recorder, entry.medium, entry.at) == (
        office.persons["zhou"],
        office.persons["gu"],
        office.persons["zhou"],
        "signed paper",
        at("2026-03-02 10:00"),
    )


def test_names_that_the_register_does_not_know_are_refused(office: Office) -> None:
    file = office.receive().file
    answer = office.attempt(
        "named", "gu", "2026-03-02 10:00", file=file, facts={"reason": "投诉人这样说", "persons": ["王某"]}
    )
    assert isinstance(answer, Refused)
    assert answer.sentences("zh") == ["名册中没有“王某”这个人"]


def test_what_is_personal_is_not_in_the_bytes(office: Office) -> None:
    file = office.receive().file
    (entry,) = entries_of("hengce", file)
    assert sorted(entry.commitments) == ["account", "complainant"]
    assert entry.personal == {"complainant": "李女士", "account": "结果和上次差很多"}
    assert {word: entry.facts[word] for word in ("matter", "channel")} == {
        "matter": "complaint",
        "channel": "phone",
    }
