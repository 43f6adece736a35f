"""Abilities that bear on whole files: which step begins one, which files are opened, who sees them, how long they are kept."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from kesu.names import PostName, StepName
from kesu.reading.text import Text

from ...history.act import Act, Value
from ...history.of_a_file import History
from ..timed import Limit


class NamesProcedure(ABC):
    """Names another `procedure`, which there has to be; `does` says in one verb what it does with its files."""

    procedure: str
    does: ClassVar[Text]


class OpensFiles(NamesProcedure):
    """Its `steps` open linked files of its `procedure`; `each`: one for every act that counts, else one for all of them."""

    steps: tuple[StepName, ...]
    each: bool

    @abstractmethod
    def acts(self, history: History) -> list[Act]:
        """The standing acts that call for a file, in order."""

    @abstractmethod
    def facts(self, history: History, act: Act) -> dict[str, Value]:
        """What the first act of the file carries that `act` opens."""

    @abstractmethod
    def lacks(self, history: History, act: Act) -> bool:
        """Whether no file was opened for this act (without `each`: for any), and nobody said why not."""


class BeginsFile(ABC):
    """Says by which `step` a file begins."""

    step: StepName


class ShowsFiles(ABC):
    """Shows the files in which its conditions hold to `posts`, which see no others."""

    posts: tuple[PostName, ...]


class KeepsRecord(ABC):
    """Says how long something is kept: for `limit` from the last act of the step `start`; without a span, for good."""

    start: str
    limit: Limit
