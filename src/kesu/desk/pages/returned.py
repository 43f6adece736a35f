"""传回签字件: a scan finds its record by the code on it, or by hand; what it is signed for is said before anything is put on record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kesu.caseload.asking.numbers import file_of
from kesu.caseload.asking.opened import CaseView, opened
from kesu.caseload.asking.records import Record, record_of, records_of, version_digest
from kesu.files.drafts import File, draft_of
from kesu.files.keeping import store
from kesu.files.previews import preview
from kesu.files.store import NotKept
from kesu.files.types import TYPES
from kesu.files.uploads import sent
from kesu.forms.said.values import Said, fact_said
from kesu.people.permissions import RETURNED_PAPER
from kesu.prints.code import PaperCode
from kesu.prints.scanning import codes_on
from kesu.procedure.kinds.files import as_typed, files_typed
from kesu.procedure.words.names import FACT
from kesu.procedure.written.model import Step
from kesu.reading.whole import whole

from ..frame.page import page
from ..frame.render import not_found, render
from ..who.here import Here
from .files import ALONE

SCAN = "f-scan"


@dataclass(frozen=True, slots=True)
class Match:
    """A scan beside the record that it is signed for. `signed`: the version on the paper, None where somebody said it by hand.

    `genuine`: the code is that of the version in the ledger.
    """

    view: CaseView
    record: Record
    signed: int | None
    genuine: bool

    @property
    def older(self) -> bool:
        """Whether the content has changed since it was printed."""
        return self.signed is not None and self.signed < self.record.version

    @property
    def facts(self) -> list[Said]:
        """The record as it stands, as this reader has it."""
        return [fact_said(fact, self.view.directory) for fact in self.record.line.facts]


@require_http_methods(["GET", "POST"])
@page(RETURNED_PAPER)
def returned_paper(request: HttpRequest, here: Here) -> HttpResponse:
    """Takes a scan and shows beside which record it belongs; nothing is put on record here.

    In this order: a scan came and was taken (else 422); a code of ours on it names a case and a record that this person
    sees; else the number and the record that he chose by hand; else he is asked for them (422).
    """
    if request.method == "GET":
        return _page(request, here)
    came = sent(request, here.sender)
    files = files_typed(came.typed.get(SCAN, ()))
    scan = draft_of(here.sender, files[0]["digest"]) if files else None
    if scan is None:
        problems = [one.in_(here.lang) for one in came.problems.get(SCAN, ())]
        return _page(request, here, status=422, problems=problems or [_("Choose the scan or photo first.")])
    match = next((one for code in _codes(here, scan) if (one := _by_code(code, here)) is not None), None)
    by_hand = opened(file_of(request.POST.get("number", ""), here) or "", here) if match is None else None
    entry = whole(request.POST.get("which", ""))
    if by_hand is not None and entry is not None and (record := record_of(by_hand, entry)) is not None:
        match = Match(by_hand, record, None, genuine=True)
    if match is None:
        return _page(request, here, status=422, scan=scan, view=by_hand)
    return _page(request, here, scan=scan, match=match)


@require_GET
@page(RETURNED_PAPER)
def returned_scan(request: HttpRequest, here: Here, digest: str) -> HttpResponse:
    """A scan that this person has sent in and not put on record: the picture itself where it is safe, else a small one."""
    scan = draft_of(here.sender, digest)
    content = _content(here, scan) if scan is not None else None
    if scan is None or content is None:
        return not_found(request, here)
    known = TYPES.get(scan["type"])
    if known is None or not known.safe:
        content = preview(here.organisation, digest, type_=scan["type"])
    if content is None:
        return not_found(request, here)
    response = HttpResponse(content, content_type=scan["type"] if known and known.safe else "image/png")
    response["Content-Security-Policy"] = ALONE
    return response


def _page(
    request: HttpRequest,
    here: Here,
    *,
    status: int = 200,
    scan: File | None = None,
    match: Match | None = None,
    view: CaseView | None = None,
    problems: list[str] | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "upload": scan,
        "upload_typed": as_typed({**scan, "sort": ""}) if scan else "",
        "match": match,
        "number": request.POST.get("number", "").strip(),
        "view": view,
        "records": records_of(view) if view is not None else [],
        "problems": problems or [],
        "notable": [],
        "kept": "",
    }
    if match is not None and scan is not None:
        context |= {"notable": _notable(match), "kept": _as_evidence(match, scan, here)}
    return render(request, here, "returned_paper.html", status=status, **context)


def _codes(here: Here, scan: File) -> list[PaperCode]:
    content = _content(here, scan)
    return codes_on(content, type_=scan["type"]) if content is not None else []


def _content(here: Here, scan: File) -> bytes | None:
    try:
        with store().open(here.organisation, scan["digest"]) as content:
            return content.read()
    except NotKept:
        return None


def _by_code(code: PaperCode, here: Here) -> Match | None:
    """None where there is no such case or record for this person: the same answer."""
    view = opened(f"case/{code.case}", here)
    record = record_of(view, code.entry) if view is not None else None
    if view is None or record is None:
        return None
    digest = version_digest(view, record, code.version)
    return Match(view, record, code.version, digest is not None and digest[:16] == code.digest)


def _notable(match: Match) -> list[Step]:
    """The steps that somebody else decides and may take now: what a signature on paper can stand for.

    A part of a joint act is given in one's own sign-in, and no paper stands for it (semantics 8.12).
    """
    view = match.view
    if not view.actors:
        return []
    return [
        step
        for step in view.procedure.steps.values()
        if step.word.decides
        and step.word.own_work
        and step.name not in view.procedure.joint
        and any(actor.person != view.reader.person for actor in view.takers.of(step.name))
    ]


def _as_evidence(match: Match, scan: File, here: Here) -> str:
    """The end of an address that opens a note with the scan attached."""
    title, label = match.record.step.title, match.view.row.label
    version = match.signed or match.record.version
    said = _("Signed paper: %(title)s, version %(version)s (%(label)s)") % {
        "title": title.in_(here.lang),
        "version": version,
        "label": label,
    }
    files = f"f-{FACT.EVIDENCE_FILES.replace(' ', '-')}"
    return urlencode({files: as_typed({**scan, "sort": ""}), "f-text": said})
