"""打印签字件: a record on the form of its paper, with lines to be signed, room for the seal, and the code by which it comes back."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from kesu.caseload.asking.opened import CaseView
from kesu.caseload.asking.records import Record, version_digest
from kesu.forms.said.values import fact_said
from kesu.prints.code import PaperCode
from kesu.prints.document import Document, Facts, Paragraphs, Signatures, Value
from kesu.procedure.words.names import FACT
from kesu.reading.text import Text

from ..who.here import Here
from .stated import DRAFT_ACROSS, Stated

FORM: Final = re.compile(r"[（(]([A-Z][A-Za-z./-]*[0-9][A-Za-z0-9./-]*)[）)]$")  # how a title names its form
SIGNERS: Final = (Text("填写", "Filled in by"), Text("审核", "Reviewed by"), Text("批准", "Approved by"))
SEAL: Final = Text("盖章处", "Seal")


def record_paper(view: CaseView, record: Record, here: Here) -> Document:
    """The record as it stands. While a text in it may not be told yet, the mark of a draft stands across each page."""
    stated, code = Stated.for_(here), code_of(view, record)
    house, title = here.directory.organisation.title, stated.text(record.step.title)
    form, version = form_number(view, record, stated), _version(record, stated)
    facts = [replace(fact_said(fact, view.directory), was=None) for fact in record.line.facts]
    name = " · ".join(filter(None, (view.row.label, form, version)))
    blocks = (
        Facts(_head(view, record, stated)),
        Facts(stated.facts(facts)),
        Signatures(
            tuple(map(stated.text, SIGNERS)),
            date=stated.text(Text("日期", "Date")),
            seal=stated.text(SEAL),
            code=code.svg(),
            caption=f"{view.row.label} · {version}\n{code.digest}",
        ),
        Paragraphs(stated.text(_how_back(record)), small=True),
    )
    return Document(
        lang=here.lang,
        house=house,
        title=FORM.sub("", title).rstrip(),
        under_title=(name,),
        above=(house, form),
        below=f"{name} · {stated.printed(here)}",
        blocks=blocks,
        watermark=stated.text(DRAFT_ACROSS) if any(fact.draft for fact in facts) else "",
        bound=True,
    )


def code_of(view: CaseView, record: Record) -> PaperCode:
    """The code of the present version."""
    digest = version_digest(view, record, record.version)
    assert digest is not None, "the present version is one of its versions"
    return PaperCode(view.case_id, record.line.number, record.version, digest[:16])


def form_number(view: CaseView, record: Record, stated: Stated) -> str:
    """The number of the paper's form, as the title of the step gives it, with its version where that is on record; “” for none."""
    match = FORM.search(record.step.title.zh)
    if match is None:
        return ""
    noted = [fact_said(fact, view.directory).value for fact in view.as_they_stand([FACT.FORM_VERSION])]
    return next((text for one in noted if (text := stated.text(one)).startswith(match[1])), match[1])


def _version(record: Record, stated: Stated) -> str:
    return stated.text(Text(f"第 {record.version} 版", f"version {record.version}"))


def _head(view: CaseView, record: Record, stated: Stated) -> tuple[tuple[str, Value], ...]:
    line = record.line
    who = " · ".join(filter(None, (line.by, stated.text(line.post_title))))
    rows = [
        (Text("编号", "Number"), view.row.label),
        (Text("案件", "Case"), stated.text(view.face)),
        (Text("办理人", "By"), who),
        (Text("时间", "When"), stated.moment(line.at)),
    ]
    return tuple((stated.text(title), Value(value)) for title, value in rows if value)


def _how_back(record: Record) -> Text:
    return Text(
        f"签字、盖章后扫描或拍照，在“传回签字件”里上传。签字对应第 {record.version} 版；内容改动后须重新打印、重新签字。",
        f"Once signed and sealed, scan or photograph it and send it in under “Bring back a signed paper”. The signature "
        f"belongs to version {record.version}; when the content changes it has to be printed and signed anew.",
    )
