"""Files of procedures are read once as long as they stand as they are: what was read is changed by nobody, what is written is seen."""

from __future__ import annotations

import json
from pathlib import Path

from kesu.procedure.written.canonical import canonical
from kesu.procedure.written.library import Library, here

HEAD = 'procedure: paper\ntitle: {zh: 程序, en: Procedure}\nedition: "1"\nkind: case\n'
REST = """
posts: {clerk: {title: {zh: 经办员, en: Clerk}}}
steps: {received: {}, closed: {}}
ends: [closed]
rules:
  - {rule: one, at: received, by: clerk}
"""


def test_a_file_that_was_written_anew_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "paper" / "procedure.yaml"
    path.parent.mkdir()
    path.write_text(HEAD + REST, encoding="utf-8")
    before = Library(tmp_path).load("paper").title.en
    path.write_text(HEAD.replace("Procedure", "Procedwrz") + REST, encoding="utf-8")
    after = Library(tmp_path).load("paper").title.en
    assert (before, after) == ("Procedure", "Procedwrz")


def test_whoever_loads_prints_and_composes_a_procedure_leaves_what_was_read_as_it_was() -> None:
    library = here()
    names = library.names()
    before = {name: json.dumps(library.own(name)) for name in names}
    for name in names:
        library.load(name)
        canonical(library, name, settings={})
    assert {name: json.dumps(library.own(name)) for name in names} == before
