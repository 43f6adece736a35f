"""What the small labels beside a title say: a look of the style sheet, a sign and a word, so that none of them tells by colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Chip:
    """One label. `looks` is a class of `parts.css`, `mark` stands before the word; both may be empty."""

    word: str | Promise
    mark: str = ""
    looks: str = ""


CHIPS: Final = {
    # of a limit
    "late": Chip(_("Overdue"), "■", "late"),
    "today": Chip(_("Today"), "▲", "today"),
    "in time": Chip(_("In time"), "○"),
    "no set time": Chip(_("No set time"), "○"),
    "provisional": Chip(_("provisional"), looks="provisional"),
    "running": Chip(_("running"), "○"),
    "paused": Chip(_("paused"), "‖"),
    "met": Chip(pgettext_lazy("verdict", "in time"), "✓", "met"),
    "met late": Chip(_("done late"), "✗", "missed"),
    "void late": Chip(_("late when it ceased to be owed"), "✗", "missed"),
    "reasoned": Chip(_("with a reason"), "—"),
    # of a file or a step
    "major": Chip(_("Major"), looks="major"),
    "unnamed": Chip(_("source kept secret")),
    "imported": Chip(_("imported")),
    "ended": Chip(_("ended")),
    "done": Chip(_("done"), "✓", "met"),
    "no alarm": Chip(_("no alarm")),
    "to be set": Chip(_("to be set"), looks="unsure"),
    # of an entry
    "struck out": Chip(_("struck")),
    "suspended": Chip(_("does not count until somebody unaffected confirms it"), "?", "unsure"),
    "let pass": Chip(_("let pass by two persons"), "✗", "missed"),
    "on paper": Chip(_("on paper")),
    "waits for its author": Chip(
        _("noted by another: counts once its author has confirmed it"), "?", "unsure"
    ),
    "not confirmed": Chip(_("noted by another, not confirmed"), "?", "unsure"),
}
