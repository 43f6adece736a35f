"""人员 → 一个人: joining, his sign-in and sessions, his posts on any day, and his leaving with everything handed on."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kesu.caseload.asking.given_by_name import given_by_name
from kesu.people.directory import directory_of
from kesu.people.models import Holding, Person
from kesu.people.permissions import KEEP_PERSONS
from kesu.people.providers import caption_of
from kesu.people.second_factor import is_demanded, is_on
from kesu.registry.account_elsewhere import part_of
from kesu.registry.leaving import PostLeft, leave, what_ends
from kesu.registry.persons import Joined, Newcomer, add_person, give_sign_in
from kesu.registry.register_acts import RegisterAct
from kesu.registry.second_factor import reset

from ..case.around import persons, units
from ..frame.page import page
from ..frame.render import not_found, render
from ..own.posts import post_titles
from ..own.registers import answered, by, in_the_way
from ..own.typed import instants
from ..who.access import PARTED_FOR, PASSWORD_GIVEN, SECOND_RESET, SESSION_ENDED, note_access
from ..who.here import Here
from ..who.sessions import end_sessions, sessions_of
from .new_password import problem_of

FIELDS = ("name", "sign-in", "post", "unit", "from", "until")
LONGEST_NAME, LONGEST_SIGN_IN = 150, 150


@require_http_methods(["GET", "POST"])
@page(KEEP_PERSONS)
def new_person(request: HttpRequest, here: Here) -> HttpResponse:
    """Somebody joins. In this order: every field can be read; the registers take it (else 422, and what was typed is kept).

    The first password is shown in the answer, once; who gave it stands in the log of look-ups, written before.
    """
    typed = {name: request.POST.get(name, "").strip() for name in FIELDS}
    errors: dict[str, str] = {}
    if request.method == "POST":
        newcomer, errors = _newcomer(typed, here)
        joined = None if errors else _joined(request, here, newcomer)
        if isinstance(joined, Joined):
            return _person_page(request, here, joined.person, given=joined.password)
        errors = errors or {"": " ".join(joined or ())}
    titles = post_titles(here)
    return render(
        request, here, "person_new.html", status=422 if errors else 200, typed=typed, errors=errors, posts=titles,
        units=units(here), key=uuid4().hex,
    )  # fmt: skip


def _newcomer(typed: dict[str, str], here: Here) -> tuple[Newcomer, dict[str, str]]:
    moments, errors = instants(typed, ("from", "until"), here)
    if not typed["name"] or len(typed["name"]) > LONGEST_NAME:
        errors["name"] = _("Write the name, at most 150 characters.")
    if typed["sign-in"] and not _can_sign_in(typed["sign-in"]):
        errors["sign-in"] = _("Two to 150 characters, without spaces, / and @.")
    if typed["post"] and typed["post"] not in post_titles(here):
        errors["post"] = _("Choose a post.")
    known = {unit.value for unit in units(here)}
    if typed["post"] and typed["unit"] not in known:
        errors["unit"] = _("Choose the unit in which he holds the post.")
    newcomer = Newcomer(
        name=typed["name"],
        sign_in=typed["sign-in"],
        post=typed["post"],
        unit=typed["unit"],
        since=moments.get("from"),
        until=moments.get("until"),
    )
    return newcomer, errors


def _can_sign_in(name: str) -> bool:
    return 2 <= len(name) <= LONGEST_SIGN_IN and name.isprintable() and not set(name) & set(" /@　")


def _joined(request: HttpRequest, here: Here, newcomer: Newcomer) -> Joined | list[str]:
    joined = answered(lambda: add_person(newcomer, key=_key(request), **by(here)), here)
    if isinstance(joined, Joined) and joined.password:
        _log_given(request, here, joined.person)
    return joined


def _log_given(request: HttpRequest, here: Here, person: str) -> None:
    note_access(request, PASSWORD_GIVEN, file=f"person/{person}", **by(here))


def _key(request: HttpRequest) -> str:
    return request.POST.get("key", "")[:40] or uuid4().hex


@require_http_methods(["GET", "POST"])
@page(KEEP_PERSONS)
def one_person(request: HttpRequest, here: Here, person: str) -> HttpResponse:
    """A person with posts, sign-in and sessions. POST renames him, lets him sign in, ends sessions, or takes away a second
    factor that he has lost, or an account elsewhere that lets him in; 404 for nobody."""
    if person not in here.directory.persons:
        return not_found(request, here)
    if request.method == "GET":
        return _person_page(request, here, person)
    match request.POST.get("act"):
        case "rename":
            return _renamed(request, here, person)
        case "sign-in":
            return _let_in(request, here, person)
        case "end":
            return _signed_out(request, here, person)
        case "second-factor":
            return _second_factor_reset(request, here, person)
        case "part":
            return _account_parted(request, here, person)
        case "back":
            problems = in_the_way(RegisterAct(f"person/{person}", "came back", {}), here, _key(request))
            return _after(request, here, person, problems)
    return _person_page(request, here, person)


def _renamed(request: HttpRequest, here: Here, person: str) -> HttpResponse:
    name = request.POST.get("name", "").strip()
    if not name or len(name) > LONGEST_NAME:
        return _person_page(
            request, here, person, errors={"name": _("Write the name, at most 150 characters.")}
        )
    act = RegisterAct(f"person/{person}", "renamed", {"name": name})
    return _after(request, here, person, in_the_way(act, here, _key(request)))


def _let_in(request: HttpRequest, here: Here, person: str) -> HttpResponse:
    name = request.POST.get("sign-in", "").strip()
    if not _can_sign_in(name) or here.directory.persons[person].user_id:
        wrong = {"sign-in": _("Two to 150 characters, without spaces, / and @.")}
        return _person_page(request, here, person, errors=wrong)
    joined = answered(lambda: give_sign_in(person, name, key=_key(request), **by(here)), here)
    if not isinstance(joined, Joined):
        return _person_page(request, here, person, errors={"sign-in": " ".join(joined)})
    _log_given(request, here, person)
    return _person_page(request, here, person, given=joined.password)


def _signed_out(request: HttpRequest, here: Here, person: str) -> HttpResponse:
    user = _row(here, person).user
    own = request.session.session_key if user == here.user else None
    ended = end_sessions(user, row=request.POST.get("session") or None, but=own) if user else 0
    if ended:
        note_access(request, SESSION_ENDED, file=f"person/{person}", **by(here))
    return _after(request, here, person, [])


def _second_factor_reset(request: HttpRequest, here: Here, person: str) -> HttpResponse:
    """Noted in his file and in the log; his sessions end. Never his own, nor where another organisation knows the sign-in."""
    user = _row(here, person).user
    problem = problem_of(user, here)
    if user is None or problem:
        return _person_page(request, here, person, errors={"": problem})
    done = answered(lambda: reset(person, user, key=_key(request), **by(here)), here)
    if isinstance(done, list):
        return _person_page(request, here, person, errors={"": " ".join(done)})
    note_access(request, SECOND_RESET, file=f"person/{person}", **by(here))
    end_sessions(user)
    return _after(request, here, person, [])


def _account_parted(request: HttpRequest, here: Here, person: str) -> HttpResponse:
    """Noted in his file and in the log; his sessions end, since some of them may not be his. Never his own, as above."""
    user, provider = _row(here, person).user, request.POST.get("provider", "")
    problem = problem_of(user, here)
    if user is None or problem:
        return _person_page(request, here, person, errors={"": problem})
    if provider not in user.identities:
        return _person_page(request, here, person, errors={"": _("This account is joined no more.")})
    done = answered(lambda: part_of(person, user, provider, key=_key(request), **by(here)), here)
    if isinstance(done, list):
        return _person_page(request, here, person, errors={"": " ".join(done)})
    note_access(request, PARTED_FOR, file=f"person/{person}", **by(here))
    end_sessions(user)
    return _after(request, here, person, [])


def _after(request: HttpRequest, here: Here, person: str, problems: list[str]) -> HttpResponse:
    if problems:
        return _person_page(request, here, person, errors={"": " ".join(problems)})
    messages.success(request, _("Recorded."))
    return redirect("person", person)


def _row(here: Here, person: str) -> Person:
    return Person.objects.select_related("user").get(organisation=here.organisation, person=person)


def _person_page(
    request: HttpRequest, here: Here, person: str, *, given: str = "", errors: dict[str, str] | None = None
) -> HttpResponse:
    row = _row(here, person)
    titles = post_titles(here)
    return render(
        request,
        here,
        "person.html",
        status=422 if errors else 200,
        row=row,
        user=row.user,
        given=given,
        errors=errors or {},
        key=uuid4().hex,
        held=[(titles[one.post], one) for one in _held(here, person)],
        stand_ins=[
            (titles[one.post], one, here.directory.name_of(one.person), here.directory.name_of(one.behalf))
            for one in here.directory.stand_ins
            if person in (one.person, one.behalf)
        ],
        sessions=sessions_of(row.user) if row.user else [],
        has_second=row.user is not None and is_on(row.user),
        owes_second=is_demanded(here.directory, person, here.now),
        joined=[(name, caption_of(name)) for name in row.user.identities] if row.user else [],
        present=row.left is None,
        unit_title=here.directory.unit_title,
        himself=person == here.person,
    )


def _held(here: Here, person: str) -> list[Holding]:
    """Every time he held a post, the last first; directories are read anew, since something may just have been noted."""
    rows = [row for row in directory_of(here.organisation).holdings if row.person == person]
    return [*reversed(rows)]


@require_http_methods(["GET", "POST"])
@page(KEEP_PERSONS)
def leaving(request: HttpRequest, here: Here, person: str) -> HttpResponse:
    """The hand-over: each post with who follows, stand-ins that end, tasks given by name; then he has left.

    404 for somebody who is not here. A post that would be held by nobody is refused (422), and nothing changes.
    """
    if not here.directory.present(person, here.now):
        return not_found(request, here)
    ending = what_ends(here.directory, person, here.now)
    own = given_by_name(here, person)
    chosen = {one: request.POST.get(_field(one), "") for one in ending.posts}
    handed = request.POST.get("handed-to", "")
    problems: list[str] = []
    if request.method == "POST":
        problems = _left(request, here, person, chosen, handed, bool(own.listed or own.others))
        if not problems:
            messages.success(
                request, _("Recorded: %(name)s has left.") % {"name": here.directory.name_of(person)}
            )
            return redirect("person", person)
    titles = post_titles(here)
    return render(
        request,
        here,
        "leaving.html",
        status=422 if problems else 200,
        person=person,
        name=here.directory.name_of(person),
        posts=[
            (
                titles[one.row.post],
                one,
                _field(one),
                chosen[one],
                [here.directory.name_of(who) for who in one.others],
            )
            for one in ending.posts
        ],
        stands_in=[(titles[row.post], row, here.directory.name_of(row.behalf)) for row in ending.stands_in],
        stood_in_for=[
            (titles[row.post], row, here.directory.name_of(row.person)) for row in ending.stood_in_for
        ],
        own=own,
        handed=handed,
        choices=[one for one in persons(here) if one.value != person],
        errors={"": " ".join(problems)} if problems else {},
        key=uuid4().hex,
    )


def _field(post: PostLeft) -> str:
    return f"next-{post.row.id}"


def _left(
    request: HttpRequest, here: Here, person: str, chosen: dict[PostLeft, str], handed: str, wanted: bool
) -> list[str]:
    if wanted and not handed:
        return [_("Choose who takes over what was given to him by name.")]
    successors = {(one.row.post, one.row.number): who for one, who in chosen.items() if who}
    done = answered(
        lambda: leave(person, successors=successors, handed_to=handed or None, key=_key(request), **by(here)),
        here,
    )
    if isinstance(done, list):
        return done
    user = here.directory.persons[person].user
    if user is not None:
        end_sessions(user)
    return []
