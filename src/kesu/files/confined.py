"""A process that opens what came from outside dies of what is too much for it."""

from __future__ import annotations

import resource


def confine(*, memory: int, seconds: int, written: int) -> None:
    """From here on this process takes no more: bytes of address space, seconds of its processors, bytes in one file; it leaves no core."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, written),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
