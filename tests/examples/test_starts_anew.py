"""Every procedure of the library says what a reopening asks for again, or it stands here why nothing is (semantics 5.6)."""

from __future__ import annotations

from kesu.procedure.shapes.abilities import StartsAnew
from kesu.procedure.words.names import STEP
from kesu.procedure.written.library import here

NOTHING_ANEW = {
    "base": "the steps that others share; it holds no file",
    "calibration-year": "a programme: its periods go on",
    "complaint-year": "a programme: its periods go on",
    "customer-follow-up": "what was promised to a customer goes on where it stopped",
    "fmcg-batch-watch": "an alarm that is widened opens the watch again and calls for talks by itself",
    "fmcg-return": "goods that came back are not delivered, refunded or scrapped a second time",
    "fmcg-service-year": "a programme: its periods go on",
    "it-help-desk": "the paper closes a ticket once and for all",
    "lab-service-order": "an order that is opened again goes on where it stopped",
    "lab-service-year": "a programme: its periods go on",
    "lab-visit": "a further visit is a further request",
    "mailbox-and-evaluation": "a programme: its periods go on",
    "survey-to-review": "a programme: its periods go on",
    "visit-by-reception": "as with lab-visit, a further visit is a further request",
    "ordered-by-contract": "as with lab-service-order, it goes on where it stopped",
    "public-replies": "one answer, and no end but that",
}


def test_what_begins_anew_is_said_by_each_procedure_whose_files_can_be_opened_again() -> None:
    library = here()
    silent = {
        name
        for name in library.names()
        if STEP.REOPENED in (procedure := library.load(name)).steps
        and not any(True for _ in procedure.able(StartsAnew))
    }
    assert silent == set(NOTHING_ANEW)
