"""Review against pm4py, and whether judging a whole procedure costs the same for the last case as for the first.

1. DECLARE constraints are mined from the help-desk and the receipt log by pm4py (support 0.9, confidence 0.95);
   those that Kesu's shapes say become a procedure. The verdicts have to be the same for every case and constraint.
   Timed, interleaved, median of fifteen rounds (one takes Kesu a few milliseconds, too little for fewer): pm4py's check of the log as its reader gives it (a data frame);
   Kesu's review of the log as its reader gives it (acts by case, with the number of their order of steps), in bulk
   (orders of steps that repeat are judged once), and act by act (every case judged anew).
2. `lab-pd-007` judges cases made from the stories of its examples, up to 100,000 or until the time is up; the cost
   of an act in the last slices is compared with that in the first.

pm4py (AGPL) is installed into `.bench-venv` and talked to by pipe. Exit 1 when a bar is missed, 2 without the data.

    python bench/review.py [--json] [--data ../shared/data] [--rounds 15] [--seconds 240]
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any

from declare import mapping_of, procedure_of
from flatness import flatness

from kesu.procedure.history.verdict import Verdict
from kesu.procedure.written.model import Procedure
from kesu.review.engine import review
from kesu.review.judging import Bench, judge_case
from kesu.review.log import Log, open_log
from kesu.worktime.china import china_calendar

ROOT = Path(__file__).parents[1]
PEER = ROOT / ".bench-venv"
LOGS = {"help desk": "ggatn_helpdesk_full_attrs.csv", "receipt": "receipt.csv"}
BULK = 8.0  # times pm4py's check, in bulk
SINGLE = 3.0  # the same, act by act
FLAT = 1.25
SUPPORT, CONFIDENCE = 0.9, 0.95


class Asked:
    """The other side of the pipe."""

    def __init__(self, log: Path) -> None:
        words = [str(PEER / "bin" / "python"), str(Path(__file__).with_name("review_peer.py")), str(log)]
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self._answer()

    def __enter__(self) -> "Asked":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=60)

    def __call__(self, do: str, **more: Any) -> dict[str, Any]:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": do} | more) + "\n")
        self.process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(
                "pm4py's side stopped; run it by hand to see why: .bench-venv/bin/python bench/review_peer.py LOG"
            )
        found: dict[str, Any] = json.loads(line)
        return found


def install_peer() -> None:
    """Makes `.bench-venv` with pm4py in it, once."""
    if (PEER / ".made").exists():
        return
    uv = Path(sys.executable).with_name("uv")
    make = (
        [str(uv), "venv", "--quiet", str(PEER)] if uv.exists() else [sys.executable, "-m", "venv", str(PEER)]
    )
    pip = (
        [str(uv), "pip", "install", "--quiet", "--python", str(PEER / "bin" / "python")]
        if uv.exists()
        else [str(PEER / "bin" / "python"), "-m", "pip", "install", "-qq"]
    )
    subprocess.run(make, check=True)
    subprocess.run([*pip, "pm4py", "pandas"], check=True)
    (PEER / ".made").touch()


def against(path: Path, rounds: int) -> dict[str, Any]:
    """The figures of one log: agreement of verdicts, seconds of each side, ratios."""
    with Asked(path) as ask:
        mined = ask("discover", support=SUPPORT, confidence=CONFIDENCE)
        constraints = [(kind, steps) for kind, steps in mined["constraints"]]
        procedure = procedure_of(constraints, mined["activities"])
        log = open_log(path, mapping=mapping_of(mined["activities"]))
        theirs = ask("verdicts")["broken"]
        agree = {
            "bulk": in_bulk(procedure, log)[1] == theirs,
            "act by act": act_by_act(procedure, log)[1] == theirs,
        }
        found = []
        for _ in range(rounds):
            peer = ask("check")["seconds"]
            bulk = in_bulk(procedure, log)[0]
            prepared = ask("prepared")["seconds"]
            single = act_by_act(procedure, log)[0]
            found.append({"pm4py": peer, "pm4py prepared": prepared, "bulk": bulk, "act by act": single})
    middle = {name: statistics.median(one[name] for one in found) for name in found[0]}
    return {
        "cases": mined["cases"],
        "events": mined["events"],
        "constraints": len(constraints),
        "mined": mined["mined"],
        "pm4py": mined["version"],
        "broken": sum(map(len, theirs.values())),
        "identical": agree["bulk"] and agree["act by act"] and len(log) == mined["cases"],
        "milliseconds": {name: round(seconds * 1000, 1) for name, seconds in middle.items()},
        "bulk": _ratio(found, "pm4py", "bulk"),
        "act by act": _ratio(found, "pm4py", "act by act"),
        "bulk, against traces already prepared": _ratio(found, "pm4py prepared", "bulk"),
        "act by act, against traces already prepared": _ratio(found, "pm4py prepared", "act by act"),
    }


def _ratio(rounds: list[dict[str, float]], theirs: str, ours: str) -> float:
    return round(statistics.median(one[theirs] / one[ours] for one in rounds), 2)


def in_bulk(procedure: Procedure, log: Log) -> tuple[float, dict[str, list[str]]]:
    """Seconds of a whole review, and the constraints broken in each case."""
    began = time.process_time()
    report = review(procedure=procedure, calendar=china_calendar(), log=log)
    seconds = time.process_time() - began
    broken: dict[str, set[str]] = {}
    for one in report.findings:
        if one.verdict is Verdict.BROKEN:
            broken.setdefault(one.case, set()).add(one.rule.rpartition("/")[0])
    return seconds, {case: sorted(kinds) for case, kinds in broken.items()}


def act_by_act(procedure: Procedure, log: Log) -> tuple[float, dict[str, list[str]]]:
    """Seconds of judging every case anew, act by act, and the constraints broken in each."""
    assert log.last is not None
    bench = Bench(procedure, china_calendar(), log.last, log.shown, complete=True)
    found = []
    began = time.process_time()
    for case in log.cases():
        judged = judge_case(case.acts, bench=bench)
        broken = {one.rule for one in judged.findings if one.verdict is Verdict.BROKEN}
        if broken:
            found.append((case.case, broken))
    seconds = time.process_time() - began
    return seconds, {case: sorted({rule.rpartition("/")[0] for rule in broken}) for case, broken in found}


def main() -> int:
    """Run the bench; 0 when every bar is reached, 1 when one is missed, 2 when the data is not there."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared" / "data", help="where the logs lie"
    )
    parser.add_argument("--rounds", type=int, default=15, help="interleaved rounds (15)")
    parser.add_argument("--seconds", type=float, default=240, help="how long lab-pd-007 may judge (240)")
    args = parser.parse_args()
    missing = [name for name in LOGS.values() if not (args.data / name).is_file()]
    if missing:
        print(
            f"bench/review: {args.data} lacks {', '.join(missing)}; name another folder with --data",
            file=sys.stderr,
        )
        return 2
    install_peer()
    logs = {name: against(args.data / file, args.rounds) for name, file in LOGS.items()}
    flat = flatness(ROOT / "procedures", seconds=args.seconds)
    passed = flat["ratio"] <= FLAT and all(
        one["identical"] and one["bulk"] >= BULK and one["act by act"] >= SINGLE for one in logs.values()
    )
    figures = {
        "bench": "review",
        "bars": {"bulk": BULK, "act by act": SINGLE, "flat": FLAT},
        "logs": logs,
        "flat": flat,
        "passed": passed,
    }
    print(json.dumps(figures, ensure_ascii=False, indent=None if args.json else 2))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
