"""A setting that is not asked takes out the rules that speak of it, and the procedure says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kesu.reading.strict import Node
from kesu.reading.text import Text

from .model import Setting
from .rule import Dropped
from .rules import rule_name
from .settings import NOT_ASKED
from .unused import spoken_in

Named = tuple[str, Node]  # the file that a rule comes from, and the rule


def parted(rules: Iterable[Named], held: Mapping[str, Setting]) -> tuple[list[Named], tuple[Dropped, ...]]:
    """The rules that hold, and those that speak of a setting that is not asked, with that as the reason."""
    asked: list[Named] = []
    out: list[Dropped] = []
    for origin, node in rules:
        unasked = next(
            (held[name] for name in spoken_in(node) if name in held and held[name].value == NOT_ASKED), None
        )
        if unasked is None:
            asked.append((origin, node))
        else:
            out.append(Dropped(rule_name(node), origin, _reason(unasked)))
    return asked, tuple(out)


def _reason(setting: Setting) -> Text:
    title = setting.title or Text(setting.name, setting.name)
    return Text(f"设定“{title.zh}”：不要求", f"setting “{title.en}”: not asked")
