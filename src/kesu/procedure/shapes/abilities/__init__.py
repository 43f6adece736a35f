"""What a shape may be able to do beyond judging an act: the names by which the rest of the house asks for it.

An ability says which members its users need, and a shape that has it extends it. Nobody outside this folder knows a shape
by its class or by its sign: `Procedure.able(Counts)` gives the rules that count, whichever shapes they are, `able_at` those
asked at a step, `Rule.able` tells whether one rule does. So a new shape that counts is counted with, and nothing else changes.

Fields stand here as annotations alone: a shape is a dataclass, and the order of its fields is its own.
"""

from __future__ import annotations

from .facts import Draws, FollowsFrom, KnowsPrices, Promotes, PutsOnRecord, TellsAsConsented, WantsFacts
from .files import BeginsFile, KeepsRecord, NamesProcedure, OpensFiles, ShowsFiles
from .many import Counts, Measures, ShowsPrecedents, TotalsFigures, UsedOnce
from .persons import KeepsPersonsApart, NamesADoer, SaysWho, Sends
from .steps import KnowsWaivers, PrecededBy, StartsAnew, TakesHearsay, UnderCondition, WantsAttested

__all__ = [
    "BeginsFile",
    "Counts",
    "Draws",
    "FollowsFrom",
    "KeepsPersonsApart",
    "KeepsRecord",
    "KnowsPrices",
    "KnowsWaivers",
    "Measures",
    "NamesADoer",
    "NamesProcedure",
    "OpensFiles",
    "PrecededBy",
    "Promotes",
    "PutsOnRecord",
    "SaysWho",
    "Sends",
    "ShowsFiles",
    "ShowsPrecedents",
    "StartsAnew",
    "TakesHearsay",
    "TellsAsConsented",
    "TotalsFigures",
    "UnderCondition",
    "UsedOnce",
    "WantsAttested",
    "WantsFacts",
]
