"""What changed from one edition of a procedure to the next: rules by name, settings by value."""

from __future__ import annotations

from dataclasses import dataclass

from .model import Procedure
from .rule import Rule


@dataclass(frozen=True, slots=True)
class Differing:
    """Rules that are new, gone, or say something else (as they were, as they are); settings with both values."""

    new: tuple[Rule, ...]
    gone: tuple[Rule, ...]
    other: tuple[tuple[Rule, Rule], ...]
    settings: tuple[
        tuple[str, str, str], ...
    ]  # name, value before, value after; empty where there was or is none

    @property
    def nothing(self) -> bool:
        """Whether both say the same."""
        return not (self.new or self.gone or self.other or self.settings)


def differing(before: Procedure, after: Procedure) -> Differing:
    """From `before` to `after`, in the order of the later one."""
    return Differing(
        new=tuple(rule for rule in after.rules if rule.name not in before.by_name),
        gone=tuple(rule for rule in before.rules if rule.name not in after.by_name),
        other=tuple(
            (before.by_name[rule.name], rule)
            for rule in after.rules
            if rule.name in before.by_name and _said(before.by_name[rule.name]) != _said(rule)
        ),
        settings=tuple(
            (name, was, now)
            for name in dict.fromkeys([*after.settings, *before.settings])
            if (was := _value(before, name)) != (now := _value(after, name))
        ),
    )


def _value(procedure: Procedure, name: str) -> str:
    setting = procedure.settings.get(name)
    return (setting.value or "") if setting else ""


def _said(rule: Rule) -> tuple[object, ...]:
    """What a rule says and how it is held, without where it stands in its file."""
    return rule.shape, rule.when, rule.waiver, rule.how, rule.clauses, rule.reading
