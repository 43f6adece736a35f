"""The search follows the ledger: no act waits for it, nobody is told less than what stands there, and it never loses its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from tests.office.caseload.office import Office, at
from tests.office.caseload.test_searching import SAID, found

from kesu.caseload.folded.fold import Folded, Later, folds
from kesu.caseload.models import SearchedRow, SearchRow
from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.caseload.rows import following
from kesu.caseload.rows.following import follow, follow_everywhere
from kesu.ledger.models import Leaf
from kesu.ledger.oneway import writing
from kesu.ledger.seal import seal
from kesu.names import FileName
from kesu.site import loops

MENDED = {"entry": "1", "word": "complainant", "value": "清泉饮品", "reason": "写错了"}


def rows(office: Office) -> list[tuple[str, int]]:
    """Which files the search knows, each up to which entry."""
    known = SearchRow.objects.filter(organisation=office.organisation, file__startswith="case/")
    return sorted(known.values_list("file", "number"))


def leaves(office: Office) -> int:
    return Leaf.objects.filter(organisation=office.organisation).count()


def followed_up_to(office: Office) -> list[int]:
    return list(SearchedRow.objects.filter(organisation=office.organisation).values_list("leaf", flat=True))


def sealed(office: Office, now: str = "2026-03-04 09:00") -> None:
    seal(office.organisation, at(now))


def test_an_act_writes_nothing_of_the_search_and_the_next_search_finds_what_it_said(office: Office) -> None:
    file = office.receive(**SAID).file
    assert rows(office) == []
    assert (found(office, "源达"), rows(office)) == (["TS-2026-0001"], [(file, 1)])
    office.do("corrected", "zhou", "2026-03-03 09:00", file=file, facts=MENDED)
    assert rows(office) == [(file, 1)]
    assert (found(office, "清泉"), rows(office)) == (["TS-2026-0001"], [(file, 2)])


def test_the_loop_follows_where_nobody_searches(office: Office) -> None:
    file = office.receive(**SAID).file
    loops.LOOPS["search"](datetime.now(UTC))
    assert rows(office) == [(file, 1)]
    assert follow_everywhere() == 0


def test_what_was_sealed_before_the_search_came_is_followed_from_its_leaf_on(office: Office) -> None:
    first = office.receive(**SAID).file
    sealed(office)
    assert (follow(office.organisation), followed_up_to(office)) == (1, [leaves(office)])
    second = office.receive("2026-03-05 09:00", **SAID).file
    before = leaves(office)
    sealed(office, "2026-03-05 10:00")
    folds.forget()  # as after a restart
    assert (leaves(office) > before, followed_up_to(office)) == (True, [before])
    assert (follow(office.organisation), rows(office)) == (1, sorted([(first, 1), (second, 1)]))
    assert (followed_up_to(office), follow(office.organisation)) == ([leaves(office)], 0)


def test_whoever_is_stopped_in_the_middle_has_followed_nothing_and_goes_on_from_there(office: Office) -> None:
    files = sorted(office.receive(**SAID).file for _ in range(3))
    written: list[str] = []
    write = following._write

    def stopped(fold: Folded, stored: Mapping[str, Any] | None) -> None:
        if len(written) == 2:
            raise RuntimeError("the power went")
        written.append(fold.file)
        write(fold, stored)

    with patch.object(following, "_write", stopped), pytest.raises(RuntimeError, match="the power went"):
        follow(office.organisation)
    assert (rows(office), followed_up_to(office)) == ([], [])
    assert found(office, "源达") == ["TS-2026-0001", "TS-2026-0002", "TS-2026-0003"]
    assert rows(office) == [(file, 1) for file in files]


def test_what_could_not_be_followed_for_a_moment_is_followed_by_the_next_turn_though_it_was_sealed(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = sorted(office.receive(**SAID).file for _ in range(2))
    sealed(office)
    take = folds.take

    def fails_once(organisation: str, file: FileName, later: Later | None = None) -> Folded:
        if file == first:
            raise RuntimeError("for a moment")
        return take(organisation, file, later)

    with patch.object(following.folds, "take", fails_once):
        follow(office.organisation)
    assert (rows(office), followed_up_to(office)) == ([(second, 1)], [])
    assert [one.getMessage() for one in caplog.records if "cannot follow" in one.getMessage()] == [
        f"hengce: the search cannot follow {first}; run kesu verify"
    ]
    assert rebuild(check=True) == []
    assert (follow(office.organisation), followed_up_to(office)) == (1, [leaves(office)])
    assert found(office, "源达") == ["TS-2026-0001", "TS-2026-0002"]


def test_a_row_that_is_behind_is_right_as_far_as_it_is_and_a_meddled_one_is_named(office: Office) -> None:
    file = office.receive(**SAID).file
    follow(office.organisation)
    office.do("corrected", "zhou", "2026-03-03 09:00", file=file, facts=MENDED)
    assert rebuild(check=True) == []
    with writing():
        SearchRow.objects.filter(file=file).update(folded="别的", said=[])
    named = [(one.table, one.file, one.field) for one in rebuild(check=True)]
    assert named == [("caseload_searchrow", file, "said"), ("caseload_searchrow", file, "folded")]
    rebuild(check=False)
    assert (rows(office), rebuild(check=True), found(office, "清泉")) == ([(file, 2)], [], ["TS-2026-0001"])


def test_a_row_that_was_followed_and_is_gone_is_named_and_made_anew(office: Office) -> None:
    file = office.receive(**SAID).file
    sealed(office)
    follow(office.organisation)
    with writing():
        SearchRow.objects.filter(file=file).delete()
    assert [(one.table, one.file, one.row) for one in rebuild(check=True)] == [
        ("caseload_searchrow", file, None)
    ]
    rebuild(check=False)
    assert (rows(office), found(office, "源达")) == ([(file, 1)], ["TS-2026-0001"])


def marked(office: Office, leaf: int) -> None:
    """The mark as the owner of the database writes it."""
    with writing():
        SearchedRow.objects.filter(organisation=office.organisation).update(leaf=leaf)


def named() -> list[tuple[str, str, str, Any, Any]]:
    return [(one.table, one.file, one.field, one.row, one.ledger) for one in rebuild(check=True)]


def test_a_row_that_is_gone_is_named_also_while_something_waits_in_its_file(office: Office) -> None:
    file = office.receive(**SAID).file
    sealed(office)
    follow(office.organisation)
    office.do("corrected", "zhou", "2026-03-05 09:00", file=file, facts=MENDED)
    assert named() == []
    with writing():
        SearchRow.objects.filter(file=file).delete()
    assert [one[:4] for one in named()] == [("caseload_searchrow", file, "", None)]
    rebuild(check=False)
    assert (rows(office), named(), found(office, "清泉")) == ([(file, 2)], [], ["TS-2026-0001"])


def test_a_mark_raised_over_what_was_not_followed_is_named_by_the_row_that_lacks_it(office: Office) -> None:
    file = office.receive(**SAID).file
    sealed(office)
    follow(office.organisation)
    office.do("corrected", "zhou", "2026-03-05 09:00", file=file, facts=MENDED)
    sealed(office, "2026-03-05 10:00")
    office.do("note", "zhou", "2026-03-05 11:00", file=file, facts={"text": "已电话联系"})
    assert named() == []
    marked(office, leaves(office))
    assert ("caseload_searchrow", file, "number", 1, 3) in named()
    rebuild(check=False)
    assert (rows(office), named(), found(office, "清泉")) == ([(file, 3)], [], ["TS-2026-0001"])


@pytest.mark.parametrize("beyond", [0, 1_000_000])
def test_a_mark_that_no_follower_writes_is_named_and_what_comes_is_found_again(
    office: Office, beyond: int
) -> None:
    office.receive(**SAID)
    sealed(office)
    follow(office.organisation)
    marked(office, beyond)
    assert named() == [("caseload_searchedrow", "", "leaf", beyond, leaves(office))]
    rebuild(check=False)
    office.receive("2026-03-05 09:00", **SAID)
    sealed(office, "2026-03-05 10:00")
    assert (named(), found(office, "源达")) == ([], ["TS-2026-0001", "TS-2026-0002"])


def test_a_mark_of_an_organisation_that_is_not_there_is_named_and_taken_away(office: Office) -> None:
    with writing():
        SearchedRow.objects.create(organisation="nobody", leaf=3)
    assert named() == [("caseload_searchedrow", "", "leaf", 3, None)]
    rebuild(check=False)
    assert (named(), SearchedRow.objects.filter(organisation="nobody").exists()) == ([], False)


def test_a_mark_that_was_put_lower_hides_nothing_and_is_what_a_follower_may_have_written(
    office: Office,
) -> None:
    office.receive(**SAID)
    sealed(office)
    follow(office.organisation)
    marked(office, 1)
    assert (named(), found(office, "源达"), followed_up_to(office)) == (
        [],
        ["TS-2026-0001"],
        [leaves(office)],
    )


def test_a_database_that_can_only_be_read_is_searched_as_far_as_it_was_followed(office: Office) -> None:
    office.receive(**SAID)
    follow(office.organisation)
    office.receive(**SAID)
    with read_only():
        assert found(office, "源达") == ["TS-2026-0001"]
        assert rebuild(check=True) == []
    assert found(office, "源达") == ["TS-2026-0001", "TS-2026-0002"]


class read_only:
    """Inside, the database itself refuses to write, as a replica or the copy on a medium does."""

    def __enter__(self) -> None:
        self.say("PRAGMA query_only = 1", "SET default_transaction_read_only = on")

    def __exit__(self, *_: object) -> None:
        self.say("PRAGMA query_only = 0", "SET default_transaction_read_only = off")

    def say(self, sqlite: str, postgres: str) -> None:
        transaction.set_autocommit(True)
        with connection.cursor() as cursor:
            cursor.execute(sqlite if connection.vendor == "sqlite" else postgres)
