"""What happens in the ledger of a release: a little of everything that a ledger can hold, at fixed times."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.office.caseload.office import LIBRARY, Office, at, key

from kesu.caseload.acting.answers import Done, Refused
from kesu.caseload.acting.clock import clock
from kesu.caseload.models import CaseRow
from kesu.ledger.seal import seal
from kesu.registry.editions import put_in_force
from kesu.registry.erasure import erase

NAME = "hengce"
END = datetime(2026, 6, 1, 4, tzinfo=UTC)


def performed() -> None:
    """Founds the organisation, takes every case some way, seals now and then; the last acts stay unsealed.

    Everything is noted in the order of its time: nothing is written before what is sealed already.
    """
    office = Office(NAME)
    _paths_in_force(office)
    _item_registered(office)
    _told_and_closed(office)
    seal(NAME, at("2026-03-06 18:00"))
    _learned_late(office)
    _mended(office)
    _joined(office)
    _several_ways(office)
    clock(now=END, organisation=NAME)
    seal(NAME, END)
    _erased(office)


def _paths_in_force(office: Office) -> None:
    founded = at("2026-01-05 09:00")
    answer = put_in_force(
        "office-paths", library=LIBRARY, organisation=NAME, person=office.persons["admin"],
        now=founded, since=founded, key=key(),
    )  # fmt: skip
    assert isinstance(answer, Done), answer.sentences("en")


def _told_and_closed(office: Office) -> None:
    """With a linked file, an act noted for another, and a refused one, which leaves nothing."""
    file = office.receive("2026-03-02 09:00", topic=["result quality"]).file
    assert isinstance(office.attempt("investigated", "shen", "2026-03-02 09:30", file=file), Refused)
    office.do("accepted", "gu", "2026-03-02 10:00", file=file, facts={"ours": "yes"})
    office.do("graded", "gu", "2026-03-02 10:10", file=file, facts={"grade": "major"})
    office.do(
        "investigated", "shen", "2026-03-03 09:00", file=file, facts={"investigation_result": "样品混放"}
    )
    office.do("corrective action opened", "gu", "2026-03-03 10:00", file=file)
    child = CaseRow.objects.get(organisation=NAME, parent=file).file
    office.do("measure carried out", "shen", "2026-03-04 10:00", file=child, facts={"work_done": "改了标签"})
    office.do("closed", "gu", "2026-03-04 11:00", file=child)
    told = {"post": "customer service specialist", "medium": "phone", "happened": "2026-03-04 16:00"}
    office.do(
        "result notified",
        "gu",
        "2026-03-05 09:00",
        file=file,
        actor="zhou",
        facts={"result": "更正报告"},
        **told,
    )
    office.do("confirmed in person", "zhou", "2026-03-05 10:00", file=file, post=None)
    office.do("closed", "gu", "2026-03-05 11:00", file=file)


def _item_registered(office: Office) -> None:
    office.note("item/R-1", "item registered", {"kind": "report"}, now=at("2026-02-01 09:00"), by="ren")
    work = {"person": office.persons["lin"], "what": "检测"}
    office.note("item/R-1", "work done", work, now=at("2026-02-02 09:00"), by="ren")


def _learned_late(office: Office) -> None:
    """Who did the work is learned after he has checked it: another confirms; a stand-in closes."""
    file = office.receive("2026-03-09 09:00", item="R-1").file
    office.do("accepted", "gu", "2026-03-09 10:00", file=file, facts={"ours": "yes"})
    office.named("gu", "2026-03-09 11:00", file=file, facts={"persons": [office.persons["lin"]]})
    office.do("investigated", "shen", "2026-03-09 15:00", file=file)
    late = {"person": office.persons["shen"], "what": "签发"}
    office.note("item/R-1", "work done", late, now=at("2026-03-10 09:00"), by="ren")
    ways = {"post": "external reviewer", "behalf": "technical manager"}
    office.do("investigated", "wen", "2026-03-11 09:00", file=file, **ways)
    facts = {"person": office.persons["ren"], "behalf": office.persons["gu"]}
    facts |= {"from": at("2026-03-12 08:00"), "until": at("2026-03-14 08:00")}
    office.note("post/quality manager", "stand-in named", facts, now=at("2026-03-11 12:00"))
    office.do(
        "closed", "ren", "2026-03-12 09:00", file=file, post="quality manager", behalf=office.persons["gu"]
    )


def _mended(office: Office) -> None:
    """Corrections of a classified and of a personal fact, a strike, a taking back, a reopening."""
    file = office.accepted("2026-03-16 09:00").file
    office.do("graded", "gu", "2026-03-16 10:00", file=file, facts={"grade": "ordinary"})
    grade = {"entry": "3", "word": "grade", "value": "major"}
    office.do("corrected", "gu", "2026-03-16 11:00", file=file, reason="看错了", facts=grade)
    account = {"entry": "1", "word": "account", "value": "结果和上次差一倍"}
    office.do("corrected", "zhou", "2026-03-16 12:00", file=file, reason="补全", facts=account)
    office.do("note", "gu", "2026-03-16 14:00", file=file, facts={"text": "写错案卷了"})
    office.do("taken back", "gu", "2026-03-16 14:05", file=file, reason="写错案卷")
    office.do("investigated", "shen", "2026-03-24 09:00", file=file)  # late: due on the 19th
    again = office.do("graded", "gu", "2026-03-24 10:00", file=file, facts={"grade": "ordinary"}).number
    entry = {"entry": str(again)}
    office.do("struck", "gu", "2026-03-24 10:30", file=file, reason="没有改级", facts=entry)
    office.do("closed", "gu", "2026-03-24 11:00", file=file)
    office.do("reopened", "gu", "2026-03-25 09:00", file=file, reason="投诉人又来电")


def _joined(office: Office) -> None:
    first = office.accepted("2026-03-30 09:00").file
    second = office.receive("2026-03-30 10:00").file
    office.do("joined", "gu", "2026-03-30 11:00", file=second, reason="同一件事", facts={"joined_to": first})


def _several_ways(office: Office) -> None:
    """A joint act half given, a consent by another person than who reported, an end of another kind."""
    file = office.do("received", "zhou", "2026-04-01 09:00", procedure="office-paths").file
    office.do("accepted", "gu", "2026-04-01 10:00", file=file, facts={"ours": "yes"})
    office.do("data checked", "gu", "2026-04-01 11:00", file=file)
    office.do("investigated", "lin", "2026-04-02 09:00", file=file)
    office.do("handling report made", "shen", "2026-04-02 10:00", file=file)
    other = office.do("received", "zhou", "2026-04-03 09:00", procedure="office-paths").file
    office.do("accepted", "gu", "2026-04-03 10:00", file=other, facts={"ours": "no"})
    office.do("not accepted", "zhou", "2026-04-03 11:00", file=other, facts={"reason": "不是我们的报告"})
    office.do("consented", "lin", "2026-04-10 09:00", file=file)


def _erased(office: Office) -> None:
    file = CaseRow.objects.get(organisation=NAME, label="TS-2026-0001").file
    answer = erase(
        file, [(1, "complainant")], ground="个人信息保护法第四十七条", organisation=NAME,
        person=office.persons["yin"], now=at("2026-06-02 09:00"), key=key(),
    )  # fmt: skip
    assert isinstance(answer, Done), answer.sentences("en")
