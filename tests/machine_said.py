"""Says at the end of a run how many histories the machine drove, and what happened in them."""

from __future__ import annotations

from collections import Counter

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line a procedure, summed over the shares, whichever process ran them."""
    histories: Counter[str] = Counter()
    happened: dict[str, Counter[str]] = {}
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, value in report.user_properties if report.when == "call" else ():
            if name == "machine":
                procedure, files, counts = value
                histories[procedure] += files
                happened.setdefault(procedure, Counter()).update(counts)
    for procedure, files in histories.items():
        counts = happened[procedure]
        terminalreporter.write_line(
            f"machine: {procedure}: {files} histories, {counts['accepted']} acts accepted, {counts['refused']} refused, "
            f"{counts['acts of the clock']} by the clock"
        )
