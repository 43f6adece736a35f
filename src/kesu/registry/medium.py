"""By what way an act reached a register: a page, or a command on the server, which nobody has signed in for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

PAGE: Final = "system"
_medium: ContextVar[str] = ContextVar("medium", default=PAGE)


@contextmanager
def by_command(account: str) -> Iterator[None]:
    """Inside, every act bears that it came by the command line, from this account of the operating system."""
    before = _medium.set(f"command line, {account}")
    try:
        yield
    finally:
        _medium.reset(before)


def present_medium() -> str:
    """What an entry that is written now says of its way."""
    return _medium.get()
