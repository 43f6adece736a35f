"""Another edition of the trial procedure, put in force through the one way in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from tests.office.caseload.office import ROOT, Office, key

from kesu.caseload.acting.answers import Done
from kesu.procedure.written.library import Library
from kesu.registry.editions import put_in_force

TRIAL = Path(__file__).parent / "procedures" / "office-trial" / "procedure.yaml"


def another_edition(
    office: Office,
    folder: Path,
    *,
    edition: str,
    now: datetime,
    instead: Mapping[str, str] | None = None,
    rules: tuple[str, ...] = (),
) -> None:
    """Puts the trial procedure in force from `now` with some of its text replaced and further rules after its own."""
    text = TRIAL.read_text(encoding="utf-8")
    for old, new in {'edition: "1"': f'edition: "{edition}"', **(instead or {})}.items():
        assert text.count(old) == 1, f"the trial procedure says {old!r} {text.count(old)} times"
        text = text.replace(old, new)
    draft = folder / f"drafts-{edition}"
    (draft / "office-trial").mkdir(parents=True)
    lines = "".join(f"  - {rule}\n" for rule in rules)
    (draft / "office-trial" / "procedure.yaml").write_text(text + lines, encoding="utf-8")
    answer = put_in_force(
        "office-trial",
        library=Library(draft, ROOT / "procedures"),
        organisation=office.organisation,
        person=office.persons["admin"],
        now=now,
        since=now,
        key=key(),
    )
    assert isinstance(answer, Done), answer.sentences("en")
