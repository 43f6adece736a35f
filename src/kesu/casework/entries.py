"""Acts as plain fields of a ledger entry, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from kesu.procedure.history import Act


def stamp(moment: datetime) -> str:
    """RFC 3339 in UTC, microseconds only where there are any."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def fields_of(act: Act) -> dict[str, Any]:
    """What goes into the ledger: `kind` is the step; the facts still hold the personal ones, which the ledger sets aside."""
    return {
        "kind": act.step,
        "at": stamp(act.at),
        "noted": stamp(act.noted),
        "by": act.by,
        "post": act.post,
        "on_behalf_of": act.behalf,
        "recorder": act.recorder,
        "medium": act.medium,
        "units": list(act.units),
        "overridden": list(act.overridden),
        "origin": act.origin,
        "facts": dict(act.facts),
    }


def act_of(fields: Mapping[str, Any], *, number: int) -> Act:
    """The act that an entry holds."""
    return Act(
        number=number,
        step=fields["kind"],
        at=datetime.fromisoformat(fields["at"]),
        noted=datetime.fromisoformat(fields["noted"]),
        by=fields.get("by"),
        post=fields.get("post"),
        behalf=fields.get("on_behalf_of"),
        recorder=fields.get("recorder"),
        medium=fields.get("medium") or "system",
        units=tuple(fields.get("units") or ()),
        facts=fields.get("facts") or {},
        overridden=tuple(fields.get("overridden") or ()),
        origin=fields.get("origin"),
    )
