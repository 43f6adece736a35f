"""The units that the how-tos show are written as systemd reads them, and Kesu takes what they start it with."""

from __future__ import annotations

import re
import shlex
from configparser import ConfigParser
from pathlib import Path

import pytest

from kesu.cli.main import parser_of

ROOT = Path(__file__).parents[2]
PAGES = ("docs/how-to/run.md", "docs/how-to/back-up.md")
RUN = (ROOT / PAGES[0]).read_text(encoding="utf-8")
SERVICE = {
    "Type", "User", "StateDirectory", "StateDirectoryMode", "UMask", "Environment", "ExecStart", "Restart",
    "TimeoutStopSec", "NoNewPrivileges", "ProtectSystem", "ProtectHome", "PrivateTmp", "MemoryMax",
}  # fmt: skip


def unit(page: str) -> ConfigParser:
    """The unit that a page shows; keys keep their case, and none stands twice."""
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    text = (ROOT / page).read_text(encoding="utf-8")
    (block,) = re.findall(r"```ini\n(.*?)```", text, re.DOTALL)
    parser.read_string(block)
    return parser


@pytest.mark.parametrize("page", PAGES)
def test_a_unit_starts_a_command_of_kesu_with_options_that_it_has(page: str) -> None:
    service = unit(page)["Service"]
    program, name, *options = shlex.split(service["ExecStart"])
    assert program == "/opt/kesu/.venv/bin/kesu"
    assert parser_of(name, "en").parse_args([name, *options]).command == name


@pytest.mark.parametrize("page", PAGES)
def test_a_unit_says_nothing_that_systemd_does_not_know_and_sets_nothing_that_kesu_does_not_read(
    page: str,
) -> None:
    sections = unit(page)
    assert set(sections.sections()) <= {"Unit", "Service", "Install"}
    assert set(sections["Service"]) <= SERVICE
    settings = [part.partition("=")[0] for part in shlex.split(sections["Service"]["Environment"])]
    assert [name for name in settings if f"| `{name}` |" not in RUN] == []
    assert sections["Service"]["UMask"] == "0077"
