"""The floor: one transaction of the bare application."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count

import orjson
from django.db import transaction

from .models import Case, Deadline, Event

_numbers = count(1)
ACCOUNT = (
    "报告中的锌含量与我方复测结果相差一倍，请核对原始记录与计算过程，并说明原因。" * 4
)  # 456 bytes in UTF-8
SPANS = {
    "acknowledge": timedelta(days=2),
    "report progress": timedelta(days=10),
    "answer": timedelta(days=15),
}


def take_in() -> None:
    """One case, one hashed event of about 1 KB, three deadlines: all of it or nothing."""
    number, now = next(_numbers), datetime.now(UTC)
    with transaction.atomic(using="bare"):
        case = Case.objects.using("bare").create(
            label=f"BARE-2026-{number:06}",
            title=f"投诉 · 检测结果质量 · R-{number:06}",
            body=ACCOUNT,
            queue="quality manager",
            state="received",
            batch=f"R-{number % 997:04}",
            created=now,
        )
        body = orjson.dumps(_event(case, now), option=orjson.OPT_SORT_KEYS)
        Event.objects.using("bare").create(case=case, sequence=1, digest=sha256(body).digest(), body=body)
        Deadline.objects.using("bare").bulk_create(
            Deadline(case=case, what=what, due=now + span) for what, span in SPANS.items()
        )


def _event(case: Case, now: datetime) -> dict[str, object]:
    facts = {
        "account": ACCOUNT,
        "channel": "visit",
        "complainant": "宏泰食品",
        "form": "written",
        "matter": "complaint",
    }
    return {
        "v": 1,
        "algorithm": "sha256",
        "case": case.label,
        "number": 1,
        "kind": "received",
        "at": now.isoformat(),
        "noted": now.isoformat(),
        "by": "p-7f3a9c2e41d0",
        "post": "customer service specialist",
        "facts": facts,
        "previous": None,
    }
