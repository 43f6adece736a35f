"""A value that is used once in the whole organisation: decided, held, freed, and never twice whoever is quick."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.office.caseload.office import LIBRARY, Office, at, key
from tests.office.caseload.test_together import at_once

from kesu.caseload.acting import stages
from kesu.caseload.acting.answers import Done, Refused
from kesu.caseload.acting.imported_history import Imported, import_history
from kesu.caseload.acting.perform import Answer
from kesu.caseload.models import BarredRow, UsedRow
from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.ledger.oneway import writing
from kesu.ledger.read import entries_of
from kesu.procedure.history.act import Act
from kesu.registry.editions import put_in_force
from kesu.review.cases import LoggedCase

CLAIM = "measure carried out"


@pytest.fixture
def claims(office: Office) -> Office:
    """The office, with claims in force."""
    now = at("2026-02-01 09:00")
    done = put_in_force(
        "office-claim", library=LIBRARY, organisation="hengce", person=office.persons["admin"],
        now=now, since=now, key=key(),
    )  # fmt: skip
    assert isinstance(done, Done), done
    return office


def opened(office: Office, now: str = "2026-03-02 09:00", **facts: str) -> str:
    """A new file of claims."""
    done = office.do("opened", "gu", now, procedure="office-claim", facts=facts)
    return done.file


def claim(office: Office, file: str, receipt: str, now: str = "2026-03-02 10:00", **more: object) -> Answer:
    return office.attempt(CLAIM, "gu", now, file=file, facts={"order_number": receipt}, **more)


def let_pass(office: Office, file: str, receipt: str) -> Answer:
    """The same by an override: one asks, another agrees, each in his own name."""
    rules, now = ("receipts used once",), "2026-03-02 10:00"
    about = {"override step": CLAIM, "override reason": "两张单据同号"}
    asked = office.do(
        "override proposed", "gu", now, file=file, facts={"order_number": receipt, **about}, passes=rules
    )
    agreed = {"entry": str(asked.number)}
    office.do("override agreed", "shen", now, file=file, facts=agreed)
    facts = {"order_number": receipt, "override_entry": str(asked.number)}
    return office.attempt(CLAIM, "gu", now, file=file, facts=facts, passes=rules)


def kinds(file: str) -> list[str]:
    return [entry.kind for entry in entries_of("hengce", file)]


def test_a_value_that_another_file_has_used_is_refused_and_leaves_nothing(claims: Office) -> None:
    first, second = opened(claims), opened(claims)
    assert isinstance(claim(claims, first, "R-1"), Done)
    answer = claim(claims, second, " ｒ-1")
    assert isinstance(answer, Refused)
    assert [(one.rule, str(one.verdict)) for one in answer.findings] == [("receipts used once", "broken")]
    assert answer.sentences("zh") == [
        "委托单号“ｒ-1”已经用过，不能再用。“立项”、“实施措施”所用的委托单号，在本单位只能用一次。（T-31）"
    ]
    assert kinds(second) == ["opened"]
    assert [(row.file, row.clauses) for row in BarredRow.objects.all()] == [(second, ["T-31"])]
    assert isinstance(claim(claims, second, "R-2"), Done)


def test_it_is_refused_to_the_first_act_of_a_file_too(claims: Office) -> None:
    opened(claims, order_number="R1")
    answer = claims.attempt(
        "opened", "gu", "2026-03-02 11:00", procedure="office-claim", facts={"order_number": "R1"}
    )
    assert isinstance(answer, Refused)
    assert UsedRow.objects.filter(organisation="hengce").count() == 1


def test_a_refusal_says_nothing_of_the_file_that_used_it(claims: Office) -> None:
    first, second = opened(claims), opened(claims)
    claim(claims, first, "R-1")
    answer = claim(claims, second, "R-1")
    assert isinstance(answer, Refused)
    said = " ".join(answer.sentences("zh") + answer.sentences("en"))
    assert first.partition("/")[2] not in said
    assert "OFFICE-CLAIM" not in said


def test_the_same_file_cannot_use_it_twice_either(claims: Office) -> None:
    file = opened(claims, order_number="R-1")
    assert isinstance(claim(claims, file, "R-1"), Refused)


def test_what_was_struck_is_free_for_others(claims: Office) -> None:
    first, second = opened(claims), opened(claims)
    claim(claims, first, "R-1")
    claims.do("struck", "gu", "2026-03-02 11:00", file=first, facts={"entry": "2", "reason": "entered twice"})
    assert isinstance(claim(claims, second, "R-1", "2026-03-02 12:00"), Done)
    assert isinstance(claim(claims, first, "R-1", "2026-03-02 13:00"), Refused)


def test_a_correction_frees_the_old_value_and_takes_the_new_one(claims: Office) -> None:
    first, second = opened(claims), opened(claims)
    claim(claims, first, "R-1")

    def corrected(file: str, value: str) -> Answer:
        facts = {"entry": "2", "word": "order number", "value": value, "reason": "misread"}
        return claims.attempt("corrected", "gu", "2026-03-02 11:00", file=file, facts=facts)

    assert isinstance(corrected(first, "R-2"), Done)
    assert isinstance(claim(claims, second, "R-2", "2026-03-02 12:00"), Refused)
    assert isinstance(claim(claims, second, "R-1", "2026-03-02 12:00"), Done)
    assert isinstance(corrected(second, "R-2"), Refused)
    assert kinds(second) == ["opened", CLAIM]


def test_two_persons_may_let_it_pass_once_and_it_stays_with_whoever_had_it(claims: Office) -> None:
    first, second, third = opened(claims), opened(claims, grade="ordinary"), opened(claims)
    claim(claims, first, "R1")
    passed = let_pass(claims, second, "R1")
    assert isinstance(passed, Done), passed
    assert isinstance(claim(claims, third, "R1"), Refused)
    assert sorted((row.file == first, row.held) for row in UsedRow.objects.filter(organisation="hengce")) == [
        (False, False),
        (True, True),
    ]


def test_organisations_share_no_values(claims: Office) -> None:
    with writing():
        UsedRow.objects.create(organisation="hengce-2", file="case/x", word="order number", value="0" * 64)
    file = opened(claims)
    claim(claims, file, "R1")
    used = UsedRow.objects.get(organisation="hengce")
    with writing():
        UsedRow.objects.filter(organisation="hengce-2").update(value=used.value)
    assert isinstance(claim(claims, opened(claims), "R2"), Done)
    with writing():
        UsedRow.objects.filter(organisation="hengce-2").delete()


@pytest.mark.parametrize("clients", [2, 6])
def test_of_clients_at_the_same_moment_exactly_one_gets_it(claims: Office, clients: int) -> None:
    files = [opened(claims) for _ in range(clients)]

    def send(file: str) -> Callable[[], object]:
        return lambda: claim(claims, file, "R-1")

    answers = at_once([send(file) for file in files])
    assert sorted(type(answer).__name__ for answer in answers) == ["Done"] + ["Refused"] * (clients - 1)
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert [[one.rule for one in answer.findings] for answer in refused] == [["receipts used once"]] * (
        clients - 1
    )
    assert sorted(map(len, map(kinds, files))) == [1] * (clients - 1) + [2]


def test_of_new_files_at_the_same_moment_exactly_one_gets_it_and_numbers_have_no_gap(claims: Office) -> None:
    def send() -> object:
        facts = {"order_number": "R-1"}
        return claims.attempt("opened", "gu", "2026-03-02 11:00", procedure="office-claim", facts=facts)

    answers = at_once([send] * 4)
    assert sorted(type(answer).__name__ for answer in answers) == ["Done", "Refused", "Refused", "Refused"]
    assert claims.do("opened", "gu", "2026-03-02 12:00", procedure="office-claim").label.endswith("-0002")


def test_crossing_values_end_without_a_deadlock(claims: Office) -> None:
    """Each of two files wants what the other one gets: whoever comes second in both is refused, nobody waits for ever."""
    for turn in range(3):
        files = [opened(claims), opened(claims)]
        pairs = [(files[0], "A"), (files[1], "B"), (files[0], "B"), (files[1], "A")]

        def send(file: str, receipt: str) -> Callable[[], object]:
            return lambda: claim(claims, file, receipt)

        answers = at_once([send(file, f"{receipt}-{turn}") for file, receipt in pairs])
        assert sorted(type(answer).__name__ for answer in answers) == ["Done", "Done", "Refused", "Refused"]


def test_what_slipped_past_the_decision_is_still_refused_in_words(
    claims: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were the decision blind to other files, the table would refuse, and say so clearly."""
    first, second = opened(claims), opened(claims)
    claim(claims, first, "R-1")
    monkeypatch.setattr(stages, "tell_what_others_use", lambda *_, **__: None)
    answer = claim(claims, second, "R-1")
    assert isinstance(answer, Refused)
    assert answer.sentences("zh") == [
        "这里用到的一个号在本单位只能用一次，别的案卷已经用了；请换一个，或先在那件案卷里更正"
    ]
    assert kinds(second) == ["opened"]


def test_rebuild_finds_and_mends_rows_that_say_otherwise(claims: Office) -> None:
    first, second = opened(claims), opened(claims)
    claim(claims, first, "R1")
    claim(claims, second, "R2")
    one, other = UsedRow.objects.get(file=first), UsedRow.objects.get(file=second)
    with writing():
        UsedRow.objects.filter(file=first).update(value="f" * 64)
        UsedRow.objects.filter(file=second).update(value=one.value)
        UsedRow.objects.filter(file=first).update(value=other.value)
    found = rebuild(check=True)
    assert {(one.table, one.file) for one in found} == {
        ("caseload_usedrow", first),
        ("caseload_usedrow", second),
    }
    assert rebuild(check=False) == found
    assert rebuild(check=True) == []
    assert {row.file: row.value for row in UsedRow.objects.filter(organisation="hengce")} == {
        first: one.value,
        second: other.value,
    }


def test_history_that_used_a_value_twice_comes_in_and_keeps_it_from_others(claims: Office) -> None:
    def old(case: str, line: int) -> LoggedCase:
        when = at("2025-03-03 09:00")
        acts = (Act(1, "opened", when, when, facts={"order number": "R1"}, origin=f"line {line}"),)
        return LoggedCase(case, acts)

    done = import_history(
        [old("17", 1), old("18", 2)], procedure="office-claim", digest="ab" * 32, organisation="hengce",
        person=claims.persons["ru"], now=at("2026-03-02 09:00"),
    )  # fmt: skip
    assert isinstance(done, Imported)
    assert (done.cases, done.refused) == (2, [])
    assert [row.held for row in UsedRow.objects.filter(organisation="hengce")] == [False, False]
    assert isinstance(claim(claims, opened(claims), "r-1"), Refused)
