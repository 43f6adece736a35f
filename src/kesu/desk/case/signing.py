"""A signature: the name of whoever signs, what he signs, up to which entry he had seen the file, and his password again."""

from __future__ import annotations

from django.http import HttpRequest

from kesu.casework.deciding.command import Signature
from kesu.forms.fields.step_form import StepForm
from kesu.reading.text import Text

from ..who.access import address_of
from ..who.door import TryAgain, admitted
from ..who.here import Here, present
from ..who.idle import in_demo

WRONG = Text("密码不对", "This is not the password.")


def signed(request: HttpRequest, here: Here, form: StepForm, *, seen_up_to: int) -> bool:
    """Whether the form may be sent: no signature is asked, or the password is right. It is asked at the same door as a sign-in."""
    step = form.signs
    if step is None:
        return True
    if here.user.has_usable_password() or not in_demo(request):
        wrong = wrong_password(request, here)
        if wrong is not None:
            form.signing.password.errors.append(wrong)
            return False
    form.signing.given = Signature(here.person, step, seen_up_to, here.now)
    return True


def wrong_password(request: HttpRequest, here: Here) -> Text | None:
    """What is wrong with the password that was typed under `password`; asked at the same door as a sign-in."""
    given = request.POST.get("password", "")
    if not given:
        return Text("还没有填", "fill this in")
    try:
        if admitted(here.user, given, address=address_of(request), now=present()) is None:
            return WRONG
    except TryAgain as later:
        return Text(
            f"正在核对别的尝试，请过 {later.seconds} 秒再试",
            f"other tries are being looked at; try again in {later.seconds} seconds",
        )
    return None
