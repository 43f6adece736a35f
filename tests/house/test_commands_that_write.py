"""Whoever looks at an entry that a command made finds by whom, and from which account of the machine, always in the same words."""

from __future__ import annotations

from importlib.resources import files

import pytest

from kesu.cli.main import KEYWORDS
from kesu.people.permissions import TABLE

FOLDER = files("kesu.cli")
WRITING = sorted({name for row in TABLE["acts that follow no procedure"] for name in row.commands} | {"init"})
ITS_OWN_WORD = (
    "init",
    "clock",
)  # the first administrator is made here; the clock is corrected under one's own password


def source(name: str) -> str:
    return (FOLDER / f"{name}{'_' if name in KEYWORDS else ''}.py").read_text("utf-8")


def test_these_are_the_commands_that_write_as_somebody() -> None:
    assert WRITING == ["calendar", "clock", "enforce", "import", "init"]


@pytest.mark.parametrize("name", WRITING)
def test_it_writes_as_a_command_from_an_account(name: str) -> None:
    assert "with by_command(office.account()):" in source(name)


@pytest.mark.parametrize("name", [name for name in WRITING if name not in ITS_OWN_WORD])
def test_in_whose_name_is_said_with_one_option_and_read_in_one_place(name: str) -> None:
    assert '"--by"' in source(name)
    read = source(name) + (files("kesu.intake") / "history.py").read_text("utf-8") * (name == "import")
    assert "in_whose_name" in read
    assert "holders_who_may" not in source(name)
