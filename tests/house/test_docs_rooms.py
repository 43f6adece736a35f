"""The page of the rooms names every room and every wing, in the order that `.importlinter` holds; every decision is listed."""

from __future__ import annotations

import re
from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "kesu"
PAGE = (ROOT / "docs" / "explanation" / "architecture.md").read_text(encoding="utf-8")
DECISIONS = ROOT / "docs" / "decisions"
WITHOUT_WINGS = ("ledger", "people")  # folders of theirs are kinds of register, commands, the verifier


def _folders(room: Path) -> set[str]:
    return {
        path.parent.name
        for path in room.glob("*/__init__.py")
        if path.parent.name not in ("migrations", "management")
    }


def test_the_page_tells_what_every_room_and_every_wing_is_for() -> None:
    rooms = _folders(SOURCE)
    wings = {f"{room}/{wing}" for room in rooms.difference(WITHOUT_WINGS) for wing in _folders(SOURCE / room)}
    assert set(re.findall(r"^\| `([^`]+)` \|", PAGE, re.MULTILINE)) == rooms | wings


def test_the_page_draws_the_order_that_the_contracts_hold() -> None:
    contracts = ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    held = {
        contract["containers"]: contract["layers"].strip().replace("\n", " → ")
        for contract in contracts.values()
        if contract.get("type") == "layers"
    }
    assert dict(re.findall(r"^(kesu[.\w]*): (.+)$", PAGE, re.MULTILINE)) == held


def test_the_list_of_decisions_has_every_decision_under_its_title() -> None:
    listed = re.findall(
        r"^\| \[\d+\]\(([^)]+)\) \| (.+?) \|$", (DECISIONS / "README.md").read_text("utf-8"), re.MULTILINE
    )
    titles = [
        (path.name, re.sub(r"^# \d+\. ", "", path.read_text("utf-8").partition("\n")[0]))
        for path in sorted(DECISIONS.glob("[0-9]*.md"))
    ]
    assert listed == titles
