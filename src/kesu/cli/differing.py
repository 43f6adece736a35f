"""Where a row is not what the ledger says: for programs, and as a sentence."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kesu.reading.text import Text

if TYPE_CHECKING:
    from kesu.caseload.rebuilding.rebuild import Difference


def document(difference: Difference) -> dict[str, Any]:
    """In the shape of schemas/rebuild.json."""
    return {
        "organisation": difference.organisation,
        "table": difference.table,
        "file": difference.file,
        "key": [_value(part) for part in difference.key],
        "field": difference.field or None,
        "row": _value(difference.row),
        "ledger": _value(difference.ledger),
    }


def _value(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _value(part) for name, part in value.items()}
    return value


def sentence(difference: Difference) -> Text:
    """The number of the case, then which row and what stands on either side."""
    from kesu.caseload.rebuilding.naming import label_of

    label = label_of(difference.organisation, difference.file) or ""
    parts = (difference.organisation, difference.table, difference.file, *difference.key)
    place = " ".join(str(part) for part in (label, *parts) if part != "")
    words = _sides(difference)
    return Text(f"{place}: {words.zh}", f"{place}: {words.en}")


def _sides(difference: Difference) -> Text:
    from kesu.caseload.rebuilding.rebuild import UNREADABLE

    if difference.field == UNREADABLE:
        why = difference.ledger or difference.row
        return Text(
            f"读不出（{why}）；没有比对，也没有改动。请运行 kesu verify 看是哪一条，再从备份恢复",
            f"cannot be read ({why}); nothing of it was compared or changed; kesu verify names the entry, then restore"
            " your backup",
        )
    if difference.row is None:
        return Text("列表里没有这一行", "the row is missing")
    if difference.ledger is None:
        return Text("台账里没有这一行", "the ledger knows no such row")
    return Text(
        f"{difference.field}：列表为 {difference.row}，台账为 {difference.ledger}",
        f"{difference.field}: the row says {difference.row}, the ledger {difference.ledger}",
    )
