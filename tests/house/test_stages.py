"""The stages of an act stand in one list: the code's, the docstring's and the explanation's are the same, in one order."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from kesu.caseload.acting import perform as door
from kesu.caseload.acting import stages

PAGE = (Path(__file__).parents[2] / "docs" / "explanation" / "one-act.md").read_text(encoding="utf-8")


def _named(stage: door.Stage) -> str:
    return str(getattr(stage, "__name__", "")).replace("_", " ")


def test_the_explanation_lists_the_stages_in_the_order_in_which_they_run() -> None:
    told = [name.rstrip(".").lower() for name in re.findall(r"^\d+\. \*\*(.+?)\*\*", PAGE, re.MULTILINE)]
    assert told == [_named(stage) for stage in door.STAGES]


def test_perform_itself_tells_them_in_that_order() -> None:
    doc = inspect.getdoc(door.perform) or ""
    listed = re.findall(r"^- of [\w ]+:((?:.+\n)(?: .+\n)*)", doc, re.MULTILINE)
    told = [" ".join(name.split()) for part in listed for name in part.rstrip(".;\n").split(";")]
    assert told == [_named(stage) for stage in door.STAGES]


def test_every_stage_says_what_it_is_for_and_stands_in_the_list() -> None:
    own = {
        name
        for name, made in vars(stages).items()
        if inspect.isfunction(made) and made.__module__ == stages.__name__ and not name.startswith("_")
    }
    assert own - {"done"} == {getattr(stage, "__name__", "") for stage in door.STAGES}
    assert all(inspect.getdoc(stage) for stage in door.STAGES)
