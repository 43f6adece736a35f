"""pm4py's side of `bench/review.py`. Runs in an environment of its own and answers one line of JSON for each line asked.

Nothing of Kesu is imported here, and nothing of pm4py there: its licence is the AGPL.
"""

import json
import os
import sys
import time
from typing import Any, TextIO

CASE, ACTIVITY, TIME = "case:concept:name", "concept:name", "time:timestamp"
SAID = ("existence", "exactly_one", "init", "precedence", "response", "succession")


class Peer:
    """A log as pm4py reads it, and the constraints mined from it that Kesu's shapes can say."""

    def __init__(self, path: str) -> None:
        import pandas  # type: ignore[import-untyped]
        import pm4py  # type: ignore[import-not-found]

        self.pm4py = pm4py
        frame = pandas.read_csv(path)
        self.log = pm4py.format_dataframe(frame, case_id=CASE, activity_key=ACTIVITY, timestamp_key=TIME)
        self.cases = list(self.log.groupby(CASE, sort=False).groups)
        self.model: dict[str, Any] = {}

    def discover(self, support: float, confidence: float) -> dict[str, Any]:
        """Mines, keeps what Kesu says, and names it."""
        mined = self.pm4py.discover_declare(
            self.log, min_support_ratio=support, min_confidence_ratio=confidence
        )
        self.model = {kind: mined[kind] for kind in SAID if kind in mined}
        constraints = [
            [kind, list(steps) if isinstance(steps, tuple) else [steps]]
            for kind, found in self.model.items()
            for steps in sorted(found, key=str)
        ]
        return {
            "mined": sum(map(len, mined.values())),
            "constraints": constraints,
            "activities": sorted(set(self.log[ACTIVITY])),
            "cases": len(self.cases),
            "events": len(self.log),
            "version": self.pm4py.__version__,
        }

    def check(self) -> dict[str, Any]:
        """Seconds of one check of the log as its reader gives it."""
        began = time.process_time()
        self.pm4py.conformance_declare(self.log, self.model)
        return {"seconds": time.process_time() - began}

    def prepared(self) -> dict[str, Any]:
        """Seconds of one check of traces that are already lists of activities: its inner loop alone."""
        from pm4py.algo.conformance.declare.variants.classic import (  # type: ignore[import-not-found]
            apply_list,
        )

        traces = self.pm4py.project_on_event_attribute(self.log, ACTIVITY, case_id_key=CASE)
        began = time.process_time()
        apply_list(traces, self.model)
        return {"seconds": time.process_time() - began}

    def verdicts(self) -> dict[str, Any]:
        """The constraints broken in each case."""
        found = self.pm4py.conformance_declare(self.log, self.model)
        traces = self.pm4py.project_on_event_attribute(self.log, ACTIVITY, case_id_key=CASE)
        wanted = self.log.groupby(CASE, sort=False)[ACTIVITY].agg(list)
        if [list(trace) for trace in traces] != list(wanted):
            wanted = self.log.groupby(CASE, sort=True)[ACTIVITY].agg(list)
            if [list(trace) for trace in traces] != list(wanted):
                raise ValueError("pm4py gives its traces in an order that is not understood")
        broken = {
            str(case): sorted(
                json.dumps([kind, list(steps) if isinstance(steps, tuple) else [steps]])
                for kind, steps in one["deviations"]
            )
            for case, one in zip(wanted.index, found, strict=True)
        }
        return {"broken": {case: kinds for case, kinds in broken.items() if kinds}}


def answer(peer: Peer, asked: dict[str, Any]) -> dict[str, Any]:
    """What one line asks for."""
    match asked["do"]:
        case "discover":
            return peer.discover(asked["support"], asked["confidence"])
        case "check":
            return peer.check()
        case "prepared":
            return peer.prepared()
        case "verdicts":
            return peer.verdicts()
    raise ValueError(f"cannot do {asked['do']}")


def own_output() -> TextIO:
    """A way to whoever asked that pm4py's banner cannot reach: what it prints goes to standard error."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return out


def main() -> None:
    """Reads the log named on the command line, then answers until nothing more is asked."""
    out = own_output()
    peer = Peer(sys.argv[1])
    print(json.dumps({"ready": True}), file=out, flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(peer, json.loads(line))), file=out, flush=True)


if __name__ == "__main__":
    main()
