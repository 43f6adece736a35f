"""What a command gets back, and what can be in its way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from kesu.casework.deciding.command import Command
from kesu.ledger.canonical import canonical
from kesu.ledger.entry import digest_of
from kesu.procedure.history.verdict import Finding
from kesu.procedure.saying.sentence import reason, sentence
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Lang, Text

from ..sight.lines import Line


class NotYours(LookupError):
    """No such file, or not one that this person may see: the same answer for both."""


class KeyTaken(ValueError):
    """The idempotency key has answered another command of this person before."""


class Busy(RuntimeError):
    """Others kept writing to the same file; nothing was written. Try again."""


@dataclass(frozen=True, slots=True)
class Done:
    """The act is on record as entry `number` of `file`; `label` is the number of the case. `again`: it was before."""

    file: str
    number: int
    label: str = ""
    findings: tuple[Finding, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was written. `findings` are the rules that bar, `problems` what is wrong with the command itself."""

    file: str | None
    findings: tuple[Finding, ...] = ()
    problems: tuple[Text, ...] = ()
    procedure: Procedure | None = None

    def sentences(self, lang: Lang) -> list[str]:
        """What, why, who can and what to do, a sentence each."""
        parts = [problem.in_(lang) for problem in self.problems]
        if self.procedure is not None:
            parts += [said_of(finding, self.procedure, lang) for finding in self.findings]
        return parts


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody has written to the file since: `lines` touch what the rules of this command read. Nothing was written."""

    file: str
    seen_up_to: int
    lines: tuple[Line, ...]


Answer: TypeAlias = Done | Refused | Changed


def said_of(finding: Finding, procedure: Procedure, lang: Lang) -> str:
    """Why a finding bars, what the rule says, and where it stands."""
    why = reason(finding, procedure, lang)
    rule = sentence(procedure.by_name[finding.rule], procedure, lang)
    clauses = ("、" if lang == "zh" else ", ").join(finding.clauses)
    if lang == "zh":
        return f"{why}。{rule}" + (f"（{clauses}）" if clauses else "")
    return f"{why}. {rule}" + (f" ({clauses})" if clauses else "")


def refused(file: str | None, *, zh: str, en: str) -> Refused:
    """A refusal for one thing that is wrong with the command."""
    return Refused(file, problems=(Text(zh=zh, en=en),))


def digest(command: Command, then: Command | None = None, *, file: str | None, procedure: str | None) -> str:
    """One digest (SHA-256, hex) for what is asked under one key: the same sent again has the same. Raises NotCanonical."""
    asked = {"file": file, "procedure": procedure, **_plain_command(command)}
    return digest_of_plain(asked if then is None else {**asked, "then": _plain_command(then)})


def _plain_command(command: Command) -> dict[str, Any]:
    return {
        "step": command.step,
        "by": command.by,
        "post": command.post,
        "behalf": command.behalf,
        "medium": command.medium,
        "reason": command.reason,
        "at": command.at.isoformat() if command.at else None,
        "facts": plain_data(command.facts),
        "override": list(command.passes) or None,
        **({"site": command.site} if command.site else {}),
        **({"signed": [signed.by, signed.step, signed.seen_up_to]} if (signed := command.signed) else {}),
    }


def digest_of_plain(value: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the canonical bytes of plain data. Raises NotCanonical."""
    return digest_of(canonical(value)).hex()


def plain_data(value: Any) -> Any:
    """Mappings and lists of any kind as dict and list."""
    if isinstance(value, Mapping):
        return {str(key): plain_data(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain_data(part) for part in value]
    return str(value) if isinstance(value, str) else value
