"""What a list of cases costs while an organisation has more and more editions on record.

Who may see a file hangs on the edition that it is judged by, so a list looks at every edition that the organisation ever
put in force. The editions are `lab-pd-007`, each with another number, put in force through the register as always. For
each count: the median processor time of one list by one person, and the editions that had to be read from their text
for it. Exit 1 when one list reads a text anew at 200 editions, or costs more than twice as much an edition as at 40.

    python bench/editions.py [--json] [--database sqlite|postgres] [--lists 9]
"""

import statistics
import sys
import time
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

from measured.command import run
from measured.database import installed

COUNTS = (10, 40, 63, 64, 65, 100, 200)
FROM, TO, MOST = 40, 200, 2.0
PROCEDURE, ORGANISATION = "lab-pd-007", "hengce"


def measured(name: str, lists: int, *, profile: bool) -> dict[str, Any]:
    """The figures of one database."""
    with installed(name):
        from kesu.demo.stories import load_demo

        load_demo(now=datetime.now(UTC))
        found = {count: _listed(count, lists) for count in COUNTS}
        an_edition = {count: one["ms"] / one["editions"] for count, one in found.items()}
        ratio = an_edition[TO] / an_edition[FROM]
        figures = {
            "bench": "editions",
            "database": name,
            "lists": {str(count): one for count, one in found.items()},
            "an_edition_at_200_to_40": round(ratio, 2),
            "bar": MOST,
            "passed": ratio <= MOST and found[TO]["read_anew"] == 0,
        }
        if profile or not figures["passed"]:
            from measured.profiled import profiled

            figures["profile"] = profiled(_list)
        return figures


def _listed(count: int, lists: int) -> dict[str, Any]:
    """One list after the other with so many editions on record."""
    from kesu.caseload.folded import books

    editions = _put_in_force_up_to(count)
    _list()
    spent = []
    with patch.object(books, "_from_the_register", wraps=books._from_the_register) as read:
        for _ in range(lists):
            began = time.process_time()
            _list()
            spent.append((time.process_time() - began) * 1000)
        return {
            "editions": editions,
            "ms": round(statistics.median(spent), 2),
            "read_anew": read.call_count // lists,
        }


def _list() -> None:
    from kesu.caseload.asking.listing import cases
    from kesu.caseload.sight.reader import reader_of
    from kesu.people.models import Holding

    person = Holding.objects.filter(organisation=ORGANISATION, post="quality manager").first()
    assert person is not None
    cases(reader_of(ORGANISATION, person.person, datetime.now(UTC)))


def _put_in_force_up_to(count: int) -> int:
    """Puts more editions in force until there are so many of this procedure; gives how many there are of all."""
    from kesu.caseload.acting.answers import Done
    from kesu.people.directory import directory_of
    from kesu.people.models import Edition
    from kesu.people.posts import PROCEDURE_OWNER
    from kesu.procedure.written.canonical import digest
    from kesu.registry.register_acts import RegisterAct, register

    directory, now = directory_of(ORGANISATION), datetime.now(UTC)
    owner = next(one.person for one in directory.holdings if one.post == PROCEDURE_OWNER)
    text = Edition.objects.filter(organisation=ORGANISATION, procedure=PROCEDURE).values_list(
        "text", flat=True
    )[0]
    for number in range(len(directory.editions[PROCEDURE]), count):
        own = text.replace('"edition":"', f'"edition":"{number}.', 1)
        assert own != text
        facts = {
            "edition": f"{number}.1",
            "digest": digest(own),
            "text": own,
            "from": now,
            "approved by": owner,
        }
        act = RegisterAct(f"edition/{PROCEDURE}", "put in force", facts)
        answer = register(act, organisation=ORGANISATION, person=owner, now=now, key=f"bench/{number}")
        assert isinstance(answer, Done), answer
    return sum(len(listed) for listed in directory_of(ORGANISATION).editions.values())


def main() -> int:
    """Run the bench; 0 when the bar is reached on every database, else 1."""
    return run(
        __file__, __doc__, measured=measured, numbers={"lists": (9, "lists for each count")}, lines=_said
    )


def _said(figures: dict[str, Any]) -> list[str]:
    lines = [f"{word}: {value}" for word, value in figures.items() if word not in ("profile", "lists")]
    return lines + [f"  {count:>4} editions  {one}" for count, one in figures["lists"].items()]


if __name__ == "__main__":
    sys.exit(main())
