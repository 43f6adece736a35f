"""The link by mail: whoever complains and has lost number or code gets the way to his file at the address that he gave with it.

Nothing of it is stored. A link is signed, runs out after a week, and ends with the code that was in force when it was made. The
answer is the same whether number and address belong together or not, and the mail goes out on a thread of its own, so that
neither what the page says nor how long it takes tells anybody who complains.
"""

from __future__ import annotations

import hmac
import logging
import threading
from dataclasses import replace
from typing import Any, Final

from django.conf import settings
from django.core import signing

from kesu.caseload.asking.for_complainant import address_of, opened_for_complainant
from kesu.intake.lookup_code import Found, admitted, still_holds
from kesu.reading.text import Text
from kesu.upkeep.mail import Mail, NotSent, send

from .visit import Visit

SALT: Final = "kesu portal link"
A_WEEK: Final = 7 * 24 * 3600  # seconds
SUBJECT: Final = Text("查询您的投诉", "Your complaint")
log = logging.getLogger(__name__)


def token_of(admission: Found) -> str:
    """What the address of a link ends with."""
    return signing.dumps([admission.organisation, admission.file, admission.issue], salt=SALT, compress=True)


def found_by_token(organisation: str, token: str) -> Found | None:
    """The file of a link; None for one that was changed, has run out, is of another house, or whose code was replaced."""
    try:
        said: Any = signing.loads(token, salt=SALT, max_age=A_WEEK)
    except signing.BadSignature:
        return None
    admission = Found(str(said[0]), str(said[1]), int(said[2]))
    return admission if admission.organisation == organisation and still_holds(admission) else None


def wanted(visit: Visit, *, number: str, address: str) -> tuple[Found, str] | None:
    """The file, and where its link goes: to the address on record alone, and only for whoever can name it."""
    admission = admitted(visit.organisation, number=number)
    view = opened_for_complainant(admission.file, visit.reader) if admission else None
    if admission is None or view is None:
        return None
    known = address_of(view)
    same = hmac.compare_digest(_folded(known).encode(), _folded(address).encode())
    return (admission, known) if known and same else None


def post_link(link: str, address: str, visit: Visit) -> threading.Thread:
    """Has it mailed, and does not wait; what hinders it stands in the log, without the address."""
    mail = settings.MAIL
    assert isinstance(mail, Mail), "the page says so where there is none"
    thread = threading.Thread(
        target=_mailed,
        args=(replace(mail, to=(address,)), SUBJECT.in_(visit.lang), body(link, visit)),
        name="kesu link",
        daemon=True,
    )
    thread.start()
    return thread


def body(link: str, visit: Visit) -> str:
    """The mail: the link, how long it holds, and nothing of the complaint."""
    return Text(
        f"您好：\n\n打开下面的链接，就能查看您的投诉办到哪里，补充情况，或表示意见：\n\n{link}\n\n"
        f"链接七天内有效，请不要转给别人。如果不是您要的，不必理会。\n\n{visit.title}",
        f"Hello,\n\nby this link you see how your complaint stands, can add to it and say what you think of it:\n\n{link}\n\n"
        f"It holds for seven days; keep it to yourself. If you did not ask for it, leave it alone.\n\n{visit.title}",
    ).in_(visit.lang)


def _mailed(mail: Mail, subject: str, text: str) -> None:
    try:
        send(mail, subject=subject, text=text, attached=())
    except NotSent as wrong:
        log.error("a link that somebody asked for was not mailed: %s", wrong)


def _folded(address: str) -> str:
    return address.strip().casefold()
