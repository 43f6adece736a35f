"""The matrix of a procedure's permissions: which post takes which step, by which rules."""

from __future__ import annotations

import pytest
from tests.rulebook.small import HEAD, from_text

from kesu.cli import main as front
from kesu.procedure.shapes.abilities import SaysWho
from kesu.procedure.written.library import here
from kesu.procedure.written.matrix import May, Row, matrix, waiting_for
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.unset import UNSET_POST

POSTS = ("clerk", "lead", "boss", "outsider", None)


def ruled(line: str, *rules: str) -> Procedure:
    """The small procedure with these rules, in which the line of “found” says this."""
    text = HEAD.replace("  found: {}", f"  found: {{{line}}}")
    listed = "".join(f"  - {rule}\n" for rule in rules)
    return from_text(text + ("rules:\n" + listed if rules else "rules: []\n"), file="small.yaml")


@pytest.mark.parametrize(
    ("line", "rules", "said"),
    [
        ("by: everybody", (), "everybody everybody everybody everybody everybody"),
        ("by: [clerk, lead]", (), "yes yes no no no"),
        ("by: clerk", ("{rule: r, at: found, together: [lead, boss]}",), "no yes yes no no"),
        ("by: [clerk, lead]", ("{rule: r, at: found, by: boss}", "{rule: s, at: found, by: lead}"), "no no no no no"),
        (
            "by: [clerk, lead]",
            ("{rule: r, at: found, by: lead, when: {grade: major}}",),
            "where where no no no",
        ),
        ("", ("{rule: r, send: found, to: lead, as: lead, when: {grade: major}}",), "no where no no no"),
        ("by: [clerk, lead]", ("{rule: r, at: found, by: {who did: accepted}}",), "where where no no no"),
        ("by: [clerk, lead]", ("{rule: r, at: found, by: {not who did: accepted}}",), "where where no no no"),
        (
            "",
            ("{rule: r, authority: amount, at: found, limits: [{up to: 5, by: clerk}, {by: boss}]}",),
            "where no where no no",
        ),
        ("", (), "no no no no no"),
        ("by: clerk", ("{rule: r, at: found, by: boss, force: show}",), "yes no no no no"),
    ],
)  # fmt: skip
def test_a_cell_says_whether_a_post_takes_a_step(line: str, rules: tuple[str, ...], said: str) -> None:
    row = matrix(ruled(line, *rules))["found"]  # type: ignore[index]
    assert [str(row[post].may) for post in POSTS] == said.split()  # type: ignore[index]


def test_a_cell_names_the_rules_that_say_so() -> None:
    rule = "{rule: major ones, at: found, by: lead, when: {grade: major}}"
    row = matrix(ruled("by: [clerk, lead]", rule))["found"]  # type: ignore[index]
    assert {post: cell.rules for post, cell in row.items()} == {
        "clerk": ("major ones", "steps of clerk, lead"),
        "lead": ("major ones", "steps of clerk, lead"),
        "boss": ("steps of clerk, lead",),
        "outsider": ("steps of clerk, lead",),
        None: ("steps of clerk, lead",),
    }


@pytest.mark.parametrize("name", here().names())
def test_every_cell_of_every_procedure_is_stated_by_a_rule_and_every_step_has_somebody(name: str) -> None:
    procedure = here().load(name)
    rows = matrix(procedure)
    assert [(step, post) for step, row in rows.items() for post, cell in row.items() if not cell.rules] == []
    nobodys = [step for step, row in rows.items() if all(cell.may is May.NO for cell in row.values())]
    assert [step for step in nobodys if not _to_be_set(procedure, rows[step])] == []


def _to_be_set(procedure: Procedure, row: Row) -> bool:
    """Whether a rule that says who takes the step names a post that is still to be set."""
    shapes = (
        procedure.by_name[name].able(SaysWho)
        for name in {name for cell in row.values() for name in cell.rules}
    )
    named = (post for shape in shapes if shape is not None for post in shape.posts_named() or ())
    return any(post.startswith(UNSET_POST) for post in named)


def test_what_hangs_on_a_setting_that_is_to_be_set_is_told() -> None:
    waiting = waiting_for(here().load("lab-pd-007"))
    assert waiting == ("window extender", "conduct lead", "department limit", "manager limit")
    assert waiting_for(here().load("public-replies")) == ()


def test_it_is_printed_with_letters_for_the_posts(capsys: pytest.CaptureFixture[str]) -> None:
    assert front.main(["posts", "it-help-desk", "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:5] == [
        "Tickets of an IT help desk",
        "  A  Technician",
        "  B  Closing desk",
        "  C  whoever holds none of these posts",
        "● may  ◐ by the case, the amount or what the person did  · may not  ○ everybody may (assessors only read)",
    ]
    cells = {line.rsplit(maxsplit=3)[0]: line.split()[-3:] for line in lines[6:]}
    assert {step: cells[step] for step in ("Ticket entered", "Resolved", "Ticket closed", "Note")} == {
        "Ticket entered": ["○", "○", "○"],
        "Resolved": ["●", "·", "·"],
        "Ticket closed": ["·", "◐", "·"],
        "Note": ["○", "○", "○"],
    }
