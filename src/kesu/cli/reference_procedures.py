"""A reference page for each procedure: every rule as people read it, in both languages, to be read aloud."""

from __future__ import annotations

from collections.abc import Mapping

from kesu.procedure.saying.not_known import not_known_said
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.overriding import overriding_said


def procedure_pages() -> Mapping[str, str]:
    """A page a procedure, by its file name."""
    library = here()
    return {f"procedure-{name}.md": _page(library.load(name)) for name in library.names()}


def _page(procedure: Procedure) -> str:
    title = procedure.title
    lines = [
        "<!-- Written by `kesu docs`; a change made here by hand is lost. -->",
        "",
        f"# {title.zh} · {title.en}",
        "",
        f"`{procedure.id}`, edition {procedure.edition}.",
        "",
    ]
    if procedure.unset:
        lines += [
            "To be set before it can be put in force: "
            + ", ".join(f"`{name}`" for name in procedure.unset)
            + ".",
            "",
        ]
    lines += ["## Rules", ""]
    for rule in procedure.rules:
        if rule.origin != procedure.id and not rule.cited:
            continue
        clauses = rule.of_paper(procedure.id)
        cited = f" · {', '.join(clauses)}" if clauses else ""
        lines += [f"**{rule.name}** ({rule.how}{cited})", ""]
        lines += [f"- {sentence(rule, procedure, 'zh')}", f"- {sentence(rule, procedure, 'en')}"]
        if rule.reading is not None:
            lines += [f"- 理解：{rule.reading.zh}", f"- Reading: {rule.reading.en}"]
        lines.append("")
    inherited = sorted({rule.origin for rule in procedure.rules} - {procedure.id})
    if inherited:
        lines += [
            "The rules of "
            + ", ".join(f"[{name}](procedure-{name}.md)" for name in inherited)
            + " hold as well.",
            "",
        ]
    lines += _dropped(procedure)
    lines += _overriding(procedure)
    said = not_known_said(procedure)
    lines += ["## Not known", "", f"- {said.zh}", f"- {said.en}", ""]
    lines += _notes(procedure)
    return "\n".join(lines)


def _dropped(procedure: Procedure) -> list[str]:
    """The inherited rules that do not hold in this procedure, and why."""
    if not procedure.dropped:
        return []
    listed = [f"- {one.rule}：{one.reason.zh} · {one.reason.en}" for one in procedure.dropped]
    return ["## Inherited and not asked here", "", *listed, ""]


def _overriding(procedure: Procedure) -> list[str]:
    said, reading = overriding_said(procedure), procedure.overriding
    lines = ["## Overriding", "", f"- {said.zh}", f"- {said.en}"]
    if reading is not None:
        lines += [f"- 理解：{reading.zh}", f"- Reading: {reading.en}"]
    return [*lines, ""]


def _notes(procedure: Procedure) -> list[str]:
    if not procedure.clauses:
        return []
    lines = [
        "## Clauses held otherwise",
        "",
        "| clause | how | 中文 | English |",
        "| --- | --- | --- | --- |",
    ]
    for note in procedure.clauses.values():
        said = note.text or note.reason
        zh, en = (said.zh, said.en) if said else (f"`{note.test}`", f"`{note.test}`")
        lines.append(f"| {note.id} | {note.how} | {zh} | {en} |")
    return [*lines, ""]
