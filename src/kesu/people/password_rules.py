"""What a new password has to be, said in the language of the page: long, not what everybody tries, not made of names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kesu.procedure.kinds.alike import alike

from .models import Organisation, Person, User

SHORTEST: Final = 10
LONGEST: Final = 200
DIFFERENT: Final = 5
OWN: Final = 3  # letters that have to be left when names are taken away
OF_THE_HOUSE: Final = ("kesu", "客诉", "password", "密码")


class Rules:
    """All of them, for Django's list of validators; every rule that is broken is said."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        wrong = broken_rules(password, names=_names(user))
        if wrong:
            raise ValidationError(wrong)


def broken_rules(password: str, *, names: Sequence[str]) -> list[str]:
    """Every rule that a password breaks, in the language that is spoken. `names`: what others know of person and organisation."""
    return [sentence for is_broken, sentence in _rules(password, names) if is_broken]


def _rules(password: str, names: Sequence[str]) -> list[tuple[bool, str]]:
    return [
        (len(password.strip()) < SHORTEST, _("At least ten characters; spaces at the ends do not count.")),
        (len(password) > LONGEST, _("At most 200 characters.")),
        (not password.isprintable(), _("Only characters that can be typed.")),
        (len(set(password)) < DIFFERENT, _("At least five different characters.")),
        (not any(mark.isalpha() for mark in password), _("Not numbers and signs alone.")),
        (_is_common(password), _("Everybody tries this one first; choose another.")),
        (
            _is_a_name(password, names),
            _("Not a name of the person or the organisation with numbers beside it."),
        ),
    ]


def _is_common(password: str) -> bool:
    try:
        CommonPasswordValidator().validate(password.strip())
    except ValidationError:
        return True
    return False


def _is_a_name(password: str, names: Sequence[str]) -> bool:
    """Whether its letters are those of a name that others know: hengce2026, Zhou.Xiaoyu!1."""
    letters = rest = _letters(password)
    for name in sorted(set(map(_letters, (*OF_THE_HOUSE, *names))), key=len, reverse=True):
        rest = rest.replace(name, "") if len(name) > 1 else rest
    return rest != letters and len(rest) < OWN


def _names(user: User | None) -> list[str]:
    houses = Organisation.objects.values_list("organisation", "title")
    names = [name for house in houses for name in house]
    if user is not None and user.pk:
        persons = Person.objects.filter(user=user).values_list("name", flat=True)
        names += [user.username, user.name, (user.email or "").partition("@")[0], *persons]
    return names


def _letters(text: str) -> str:
    return "".join(mark for mark in alike(text) if mark.isalpha())
