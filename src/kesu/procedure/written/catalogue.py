"""The clause catalogue: what the papers demand, a row a clause, against which procedures are measured."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kesu.reading.strict import ReadError

from .library import Library
from .model import ClauseNote, Procedure
from .rule import Rule

FILE = "catalogue.csv"
PAPER = "paper.csv"  # beside a procedure: the clauses of an organisation's own paper, in its own words
PARTLY = "partly"  # held by rules, but for what its note says
COLUMNS = ("id", "document", "kind", "modality", "bars", "text")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: modality M must, S as far as possible, O option, C conduct, N statement, T cut off.

    `bars`: its row says that something is `refused`, or comes `before` something else; empty where it says neither.
    """

    id: str
    document: str
    kind: str
    modality: str
    bars: str
    text: str


@dataclass(frozen=True, slots=True)
class Held:
    """How a procedure holds a clause: by rules, or by a note that says how else."""

    clause: Clause
    procedure: str | None
    how: str | None
    reason: str
    rules: tuple[str, ...]


def clauses_of(library: Library) -> list[Clause]:
    """The clauses of the first catalogue in the library, and those of the papers that stand beside procedures. Raises ReadError."""
    catalogues = [root / FILE for root in library.roots if (root / FILE).is_file()]
    found = [clause for path in catalogues[:1] for clause in read_catalogue(path)]
    return [*found, *(clause for name in library.names() for clause in paper_beside(library.find(name)))]


def paper_beside(folder: Path) -> list[Clause]:
    """The clauses of the organisation's own paper beside a procedure; none where there is no such file. Raises ReadError."""
    path = folder / PAPER
    return read_catalogue(path) if path.is_file() else []


def read_catalogue(path: Path) -> list[Clause]:
    """Every clause of the catalogue. Raises ReadError."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            if tuple(rows.fieldnames or ()) != COLUMNS:
                raise ReadError(
                    file=path.name,
                    line=1,
                    en=f"the columns have to be {', '.join(COLUMNS)}",
                    zh=f"列应为 {'、'.join(COLUMNS)}",
                )
            return [Clause(**{name: row[name] or "" for name in COLUMNS}) for row in rows]
    except (UnicodeDecodeError, csv.Error) as error:
        raise ReadError(
            file=path.name,
            line=0,
            en=f"this is no CSV in UTF-8 ({error}); save it as UTF-8",
            zh=f"不是 UTF-8 编码的 CSV（{error}），请另存为 UTF-8",
        ) from None
    except OSError as error:
        raise ReadError(
            file=str(path), line=0, en=f"cannot be read: {error.strerror}", zh=f"读不了：{error.strerror}"
        ) from None


def held(clauses: list[Clause], procedures: Mapping[str, Procedure]) -> Iterator[Held]:
    """For each clause the procedure that holds it best, and how."""
    for clause in clauses:
        found = [one for procedure in procedures.values() if (one := held_by(clause, procedure)) is not None]
        yield max(found, key=_weight, default=Held(clause, None, None, "", ()))


def held_by(clause: Clause, procedure: Procedure) -> Held | None:
    """How one procedure holds a clause, or None. A rule counts for the procedure in which it is written, and for one that cites it."""
    rules = [rule for rule in procedure.rules if clause.id in rule.of_paper(procedure.id)]
    names = tuple(rule.name for rule in rules)
    note = procedure.clauses.get(clause.id)
    if note is not None and (note.how == PARTLY or not rules):
        return Held(clause, procedure.id, note.how, _note(note), names)
    if rules:
        strongest = max(rules, key=lambda rule: ORDER.index(rule.how))
        return Held(clause, procedure.id, strongest.how, _reading(strongest), names)
    setting = next((one for one in procedure.settings.values() if clause.id in one.clauses), None)
    if setting is None:
        return None
    return Held(clause, procedure.id, "recorded", f"setting “{setting.name}”", ())


def _note(note: ClauseNote) -> str:
    said = note.reason or note.text
    return said.en if said else note.test or ""


ORDER = ("outside", "declared", "partly", "recorded", "built in", "attested", "measured", "enforced", "timed")


def _weight(held_: Held) -> tuple[int, int]:
    return (len(held_.rules) > 0, ORDER.index(held_.how) if held_.how else -1)


def _reading(rule: Rule) -> str:
    return rule.reading.en if rule.reading else ""
