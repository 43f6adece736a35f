"""Writing to a file of the ledger and reading it back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.office.ledger.writers import NINE, entry, write

from kesu.ledger.append import ClockWentBack, Conflict, HappensLater, OutsideTransaction, append
from kesu.ledger.canonical import NotCanonical
from kesu.ledger.entry import ERASED, StoredEntry
from kesu.ledger.oneway import writing
from kesu.ledger.read import NOTHING, Head, answered, entries_of, files, head, head_of, organisations
from kesu.ledger.statements import Statement, Statements, asked

pytestmark = pytest.mark.django_db


def test_what_was_appended_is_read_back_whole() -> None:
    command = entry(
        "received",
        minute=5,
        at=NINE,
        post="receptionist",
        on_behalf_of="wang",
        edition="e" * 64,
        key="k-1",
        command="c" * 64,
        facts={"subject": "报告", "count": 3, "items": ["a", {"b": None}], "urgent": True},
        personal={"complainant": "张三 𠮷", "telephone": "13800000000"},
        actor="zhao",
        recorder="li",
        medium="phone",
    )
    (written,) = write("case/1", command)
    (read,) = entries_of("lab", "case/1")
    assert read == written
    assert read == StoredEntry(
        organisation="lab",
        file="case/1",
        number=1,
        kind="received",
        at=NINE,
        noted=NINE + timedelta(minutes=5),
        by="li",
        post="receptionist",
        on_behalf_of="wang",
        edition="e" * 64,
        key="k-1",
        command="c" * 64,
        facts={"subject": "报告", "count": 3, "items": ["a", {"b": None}], "urgent": True},
        commitments=written.commitments,
        personal={"complainant": "张三 𠮷", "telephone": "13800000000"},
        actor="zhao",
        recorder="li",
        medium="phone",
        previous=None,
        digest=written.digest,
    )


def test_each_entry_carries_the_digest_of_the_one_before() -> None:
    first, second = write("case/1", entry("received"), entry("registered", minute=1))
    (third,) = write("case/1", entry("admitted", minute=2), expected=2)
    assert [e.number for e in (first, second, third)] == [1, 2, 3]
    assert [e.previous for e in (first, second, third)] == [None, first.digest, second.digest]
    assert head("lab", "case/1") == head_of([third]) == Head(number=3, digest=third.digest, noted=third.noted)


def test_a_file_that_does_not_exist_has_no_head_and_no_entries() -> None:
    assert head("lab", "case/1") == head_of([]) == NOTHING
    assert entries_of("lab", "case/1") == []


def test_reading_can_begin_after_a_number() -> None:
    write(
        "case/1",
        entry("received", personal={"name": "a"}),
        entry("noted", personal={"name": "b"}),
        entry("closed"),
    )
    rest = entries_of("lab", "case/1", after=1)
    assert [(e.number, e.kind, dict(e.personal)) for e in rest] == [
        (2, "noted", {"name": "b"}),
        (3, "closed", {}),
    ]


def test_whoever_decided_on_an_older_file_is_told_so() -> None:
    write("case/1", entry("received"), entry("registered"))
    with pytest.raises(Conflict, match="entry 1 was expected to be the last, but 2 is"):
        write("case/1", entry("admitted"), expected=1)
    assert [e.kind for e in entries_of("lab", "case/1")] == ["received", "registered"]


def test_a_head_that_was_overtaken_is_refused_by_the_database() -> None:
    (first,) = write("case/1", entry("received"))
    write("case/1", entry("registered"), expected=1)
    with pytest.raises(Conflict, match="somebody wrote first"), writing(), transaction.atomic():
        append(organisation="lab", file="case/1", expected=head_of([first]), entries=[entry("admitted")])


def test_the_same_key_is_never_answered_twice() -> None:
    (answer,) = write("case/1", entry("received", key="k", command="c" * 64, personal={"name": "张三"}))
    with pytest.raises(Conflict):
        write("case/2", entry("received", key="k", command="c" * 64))
    assert answered("lab", "li", "k") == answer
    assert answered("lab", "wang", "k") is None


def test_another_person_or_organisation_may_use_the_same_key() -> None:
    write("case/1", entry(key="k"))
    write("case/2", entry(key="k", by="wang"))
    write("case/1", entry(key="k"), organisation="lab-2")
    assert [(e.organisation, e.file) for o in ("lab", "lab-2") if (e := answered(o, "li", "k"))] == [
        ("lab", "case/1"),
        ("lab-2", "case/1"),
    ]


def test_organisations_with_the_same_file_names_share_nothing() -> None:
    write("case/1", entry("received", facts={"of": "lab"}))
    write("case/1", entry("received", facts={"of": "lab-2"}), entry("closed"), organisation="lab-2")
    assert [e.facts for e in entries_of("lab", "case/1")] == [{"of": "lab"}]
    assert head("lab-2", "case/1").number == 2
    assert organisations() == ["lab", "lab-2"]


def test_files_are_listed_by_the_beginning_of_their_names() -> None:
    for name in ("case/2", "case/10", "post/1", "case/1", "casework/1"):
        write(name, entry())
    assert list(files("lab", prefix="case/")) == ["case/1", "case/10", "case/2"]
    assert list(files("lab")) == ["case/1", "case/10", "case/2", "casework/1", "post/1"]


def test_a_clock_a_little_behind_takes_the_last_time() -> None:
    write("case/1", entry(minute=10))
    (late,) = write("case/1", entry(minute=9), expected=1)
    assert (late.at, late.noted) == (NINE + timedelta(minutes=10),) * 2


def test_a_clock_more_than_a_minute_behind_is_refused() -> None:
    write("case/1", entry(minute=10))
    behind = NINE + timedelta(minutes=9) - timedelta(microseconds=1)
    with pytest.raises(ClockWentBack, match="set the server's clock"):
        write("case/1", entry(at=behind, noted=behind), expected=1)


def test_an_act_that_happened_elsewhere_keeps_its_own_time() -> None:
    write("case/1", entry(minute=10))
    (late,) = write(
        "case/1", entry("phoned", at=NINE, noted=NINE + timedelta(minutes=9, seconds=30)), expected=1
    )
    assert (late.at, late.noted) == (NINE, NINE + timedelta(minutes=10))


def test_what_has_not_happened_yet_is_refused() -> None:
    with pytest.raises(HappensLater, match="what is planned is a duty"):
        write("case/1", entry(at=NINE + timedelta(seconds=1), noted=NINE))


def test_outside_a_transaction_nothing_is_appended() -> None:
    was = connection.in_atomic_block
    connection.in_atomic_block = False
    try:
        with pytest.raises(OutsideTransaction), writing():
            append(organisation="lab", file="case/1", expected=0, entries=[entry()])
    finally:
        connection.in_atomic_block = was


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"facts": {"ratio": 0.5}}, r"entry\.facts\.ratio: 0\.5 is a fraction"),
        ({"facts": {"when": NINE}}, r"entry\.facts\.when: a datetime cannot stand in the ledger"),
        ({"facts": {"text": "a\0b"}}, r"entry\.facts\.text: the text holds half a character or a NUL"),
        (
            {"personal": {"name": "\ud800"}},
            r"entry\.personal\.name: the text holds half a character or a NUL",
        ),
        ({"personal": {"age": 3}}, r"entry\.personal\.age: a int is not text"),
        ({"kind": ""}, r"entry\.kind: 0 characters; a name has 1 to 200"),
        ({"key": "k" * 201}, r"entry\.key: 201 characters"),
    ],
)
def test_what_cannot_be_written_in_one_way_is_refused(parts: dict[str, object], said: str) -> None:
    with pytest.raises(NotCanonical, match=said):
        write("case/1", entry(**parts))
    assert entries_of("lab", "case/1") == []


def test_an_act_with_personal_values_costs_a_question_for_the_head_and_is_written_together() -> None:
    with (
        CaptureQueriesContext(
            connection,
        ) as first,
        writing(),
        transaction.atomic(),
    ):
        got = append(
            organisation="lab",
            file="case/1",
            expected=0,
            entries=[entry("received", personal={"name": "张三", "telephone": "1"}), entry("registered")],
        )
    with CaptureQueriesContext(connection) as second, writing(), transaction.atomic():
        append(
            organisation="lab",
            file="case/1",
            expected=head_of(got),
            entries=[entry(personal={"name": "李四"})],
        )
    counted = [
        [q["sql"].split()[0] for q in queries if "SAVEPOINT" not in q["sql"]]
        for queries in (first.captured_queries, second.captured_queries)
    ]
    together = (
        1 if connection.vendor == "postgresql" else 2
    )  # PostgreSQL takes what is written in one message
    assert counted == [["SELECT", *["INSERT"] * together], ["INSERT"] * together]


def test_a_value_without_its_row_reads_as_erased() -> None:
    (written,) = write("case/1", entry(personal={"name": "张三"}))
    from kesu.ledger.entry import stored
    from kesu.ledger.models import Entry

    body = bytes(Entry.objects.get(organisation="lab", file="case/1").body)
    assert stored(body).personal == {"name": ERASED}
    assert written.noted == datetime(2025, 3, 3, 1, tzinfo=UTC)


def test_entries_of_several_files_may_be_collected_and_sent_together() -> None:
    together = Statements()
    with writing(), transaction.atomic():
        for file in ("case/1", "case/2"):
            append(organisation="lab", file=file, expected=NOTHING, entries=[entry()], into=together)
        assert list(files("lab")) == []
        together.send()
        together.send()  # nothing waits any more
    assert [head("lab", file).number for file in files("lab")] == [1, 1]


def test_several_questions_are_answered_each_in_their_order() -> None:
    questions: list[Statement] = [
        ("SELECT %s", [1]),
        ("SELECT %s UNION ALL SELECT %s", [2, 3]),
        ("SELECT %s", ["4"]),
    ]
    assert [sorted(str(value) for (value,) in rows) for rows in asked(*questions)] == [
        ["1"],
        ["2", "3"],
        ["4"],
    ]
    assert [len(rows) for rows in asked(questions[1])] == [2]
