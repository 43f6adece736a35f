"""The published description is made from the procedure alone (A03-4.3.3.1, A06-6, A06-10)."""

from __future__ import annotations

from kesu.casework.examples.trying import exemplified
from kesu.procedure.saying.described import described
from kesu.procedure.written.library import here


def test_the_published_description_needs_no_file_and_names_no_person() -> None:
    parts = described(here().load("lab-pd-007"))
    assert parts == described(here().load("lab-pd-007"))
    said = " ".join(text.in_("zh") + text.in_("en") for part in parts for text, _ in part.sentences)
    for person in ("zhou", "gu ", "shen", "TS-2026"):
        assert person not in said


def test_the_published_description_tells_how_complaints_are_received_confirmed_investigated_and_decided() -> (
    None
):
    parts = described(here().load("lab-pd-007"))
    assert [part.name for part in parts] == [
        "receiving",
        "confirming",
        "investigating",
        "deciding",
        "telling",
    ]
    for part in parts:
        assert part.steps, part.name
        assert part.sentences, part.name
        assert all(clauses for _, clauses in part.sentences), part.name


def test_the_steps_stand_in_the_order_of_the_paper_and_nobody_outside_reads_a_limit() -> None:
    procedure = exemplified(here(), "lab-pd-007")[0]
    parts = {part.name: part for part in described(procedure)}
    told = [title.en for title in parts["telling"].steps]
    assert told.index("Result notified") < told.index("Settled with the complainant") < told.index("Closed")
    sentences = [text.en for part in parts.values() for text, _ in part.sentences]
    assert [text for text in sentences if "2000" in text or "20000" in text] == []
