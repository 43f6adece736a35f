"""What whoever complains sends to the one way in: taken at once from somebody who sends a little, ever slower from who sends much."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kesu.caseload.acting.answers import Answer, Busy, Done, KeyTaken, NotYours
from kesu.ledger.clock_doubt import ClockWrong
from kesu.people import guessing
from kesu.people.guessing import TryAgain
from kesu.reading.text import Text

from .said import AGAIN, BUSY, refused_in_words, wait
from .visit import Visit


def sent_slowly(
    send: Callable[[], Answer], visit: Visit, *, keys: Mapping[str, str], free: Mapping[str, int]
) -> Done | list[Text]:
    """What came of it, or in his words what kept it from being taken.

    `keys` are what is counted, a digest each; `free`, how many of each are taken in a day without a pause.
    """
    try:
        pause = guessing.pause_after(guessing.counted(keys, visit.now), free)
        with guessing.paused(visit.address, pause, keys):
            answer = send()
    except TryAgain as later:
        return [wait(later.seconds)]
    except KeyTaken:
        return [AGAIN]
    except (Busy, NotYours):
        return [BUSY]
    except ClockWrong as wrong:
        return [Text(wrong.in_("zh"), wrong.in_("en"))]
    return answer if isinstance(answer, Done) else refused_in_words(answer)
