"""What is wrong with a file, gathered, so that whoever writes it is told all of it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from .strict import ReadError

Thing = TypeVar("Thing")
Result = TypeVar("Result")


class Several(ReadError):
    """More than one thing is wrong; as one error it is the first of them, and says how many follow."""

    def __init__(self, errors: list[ReadError]) -> None:
        first, more = errors[0], len(errors) - 1
        super().__init__(
            file=first.file,
            line=first.line,
            en=f"{first.en} (and {more} more: “kesu lint” lists them)",
            zh=f"{first.zh}（另有 {more} 处，用 kesu lint 查看）",
        )
        self.errors = tuple(errors)


class Gathered:
    """The errors of a reading that goes on after each of them."""

    def __init__(self) -> None:
        self.errors: list[ReadError] = []

    def each(self, read: Callable[[Thing], Result], things: Iterable[Thing]) -> Iterator[Result]:
        """What is read of each thing; of one that cannot be read its error is gathered."""
        for thing in things:
            try:
                result = read(thing)
            except ReadError as error:
                self.errors.append(error)
            else:
                yield result

    def raise_any(self) -> None:
        """Raises the error that there is, or all of them as one (ReadError, Several)."""
        if len(self.errors) == 1:
            raise self.errors[0]
        if self.errors:
            raise Several(sorted(self.errors, key=lambda one: (one.file, one.line)))


def errors_of(error: ReadError) -> tuple[ReadError, ...]:
    """Every error that one stands for."""
    return error.errors if isinstance(error, Several) else (error,)
