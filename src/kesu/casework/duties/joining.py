"""Files that others joined: ledgers never merge, but the earlier receipt counts (semantics 5.6)."""

from __future__ import annotations

from datetime import datetime

from kesu.procedure.history.act import Act
from kesu.procedure.history.of_a_file import History
from kesu.procedure.words.names import FACT, STEP


def brings_receipt(act: Act) -> bool:
    """Whether this entry says that another file joined this one."""
    return act.step == STEP.LINKED and act.facts.get(FACT.KIND) == STEP.JOINED


def receipt(history: History) -> datetime:
    """When the matter was received: here, or in a file that joined this one, whichever was earlier."""
    own = history.standing_act(history.acts[0].number) or history.acts[0]
    return earliest(own.at, history)


def earliest(received: datetime, history: History) -> datetime:
    """This receipt, or the earlier one of a file that joined."""
    joined = (act.facts.get("since") for act in history.all(STEP.LINKED) if brings_receipt(act))
    return min([received, *(datetime.fromisoformat(one) for one in joined if isinstance(one, str))])
