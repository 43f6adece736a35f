"""The demo house of the library: it works by every procedure that no other demo house has, and plays their own stories."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

from kesu.caseload.acting.answers import Answer, NotYours, Refused
from kesu.caseload.acting.clock import clock
from kesu.caseload.acting.perform import perform
from kesu.caseload.folded.books import words_of_the_house
from kesu.caseload.folded.fold import folds
from kesu.caseload.models import CaseRow
from kesu.casework.deciding.command import Command, Signature
from kesu.files.drafts import Sender
from kesu.ledger.seal import seal
from kesu.names import FileName, PersonId
from kesu.people.directory import directory_of
from kesu.procedure import words
from kesu.procedure.history.act import Act
from kesu.procedure.shapes.abilities import NamesProcedure
from kesu.procedure.words import Lexicon, spoken
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.library import Library
from kesu.reading.strict import Block, read_file
from kesu.worktime.calendar import Calendar

from .kept_stories import KeptStory, kept_story
from .papers import papers
from .staffing import House, staffed
from .story import NO_FILE, Stopped, why_refused

HOUSE: Final = Path(__file__).parent / "houses" / "library" / "house.yaml"
BEFORE_THE_FIRST: Final = timedelta(days=3)  # so long before the first story is the house founded
MAIN: Final = "main"
LAST_OF: Final = "@"  # `entry: "@found"` is the number of the last “found” in the file
MINUTE: Final = timedelta(minutes=1)


@dataclass
class Played:
    """A story while it is played: the file it lives in, and the linked files by the numbers that it gives them."""

    story: KeptStory
    file: FileName | None = None
    linked: dict[str, FileName] = field(default_factory=dict)
    over: bool = False


@dataclass(frozen=True, order=True)
class Line:
    """An act of a story, or of a file linked to it, at its moment; `place` keeps the order of equal moments."""

    at: datetime
    place: tuple[int, int, int]
    act: Act = field(compare=False)
    played: Played = field(compare=False)
    link: str = field(compare=False, default="")


def load_library_house(
    *, now: datetime, library: Library, elsewhere: Collection[str], calendar: Calendar
) -> Iterator[Stopped]:
    """Founds the house and plays every story up to `now`; gives those that stopped.

    `elsewhere`: the procedures that other demo houses have. Their linked kinds may be in force here too.
    """
    stories = stories_to_play(library, elsewhere, calendar=calendar, now=now)
    house = founded_library_house(stories, library=library, calendar=calendar)
    played = [Played(story) for name, story in stories.items() if name not in elsewhere]
    directory = directory_of(house.organisation)
    with spoken(words_of_the_house(directory)):
        for line in sorted(lines_of(played, stories)):
            if line.at <= now and not line.played.over:
                why = _happen(house, line)
                if why:
                    line.played.over = True
                    story = line.played.story
                    yield Stopped(
                        house.organisation, story.procedure.id, story.begins.date(), line.act.step, why
                    )
    clock(now=now, organisation=house.organisation, limit=100_000)
    seal(house.organisation, now)


# -- what is played ----------------------------------------------------------------------------------------------------


def stories_to_play(
    library: Library, elsewhere: Collection[str], *, calendar: Calendar, now: datetime
) -> dict[str, KeptStory]:
    """The stories by procedure, and before each those of the procedures that it opens or counts in."""
    today = now.astimezone(calendar.zone_info).date()
    told: dict[str, KeptStory] = {}

    def tell(name: str) -> None:
        story = kept_story(library, name, today=today, calendar=calendar)
        if story is None:
            return
        for _, shape in story.procedure.able(NamesProcedure):
            if shape.procedure not in told and shape.procedure != name:
                tell(shape.procedure)
        told[name] = story

    for name in library.names():
        if name not in elsewhere and name not in told:
            tell(name)
    return told


def lines_of(played: Iterable[Played], stories: Mapping[str, KeptStory]) -> Iterator[Line]:
    """The acts of persons, those of the linked files between their opening and their end."""
    for number, one in enumerate(played):
        opened: dict[str, datetime] = {}
        for place, act in enumerate(one.story.acts):
            link = str(act.facts.get(FACT.LINKED_FILE, ""))
            if act.by is not None:
                yield Line(act.noted, (number, place, 0), act, one)
            elif act.step == STEP.LINKED:
                opened[link] = act.noted
            elif act.step == STEP.LINK_ENDED and (child := stories.get(one.story.opens.get(link, ""))):
                meanwhile = child.squeezed(opened[link] + MINUTE, act.noted)
                for sub, said in enumerate(meanwhile):
                    if said.by is not None:
                        yield Line(said.noted, (number, place, sub), said, one, link)


# -- the house ---------------------------------------------------------------------------------------------------------


def founded_library_house(stories: Mapping[str, KeptStory], *, library: Library, calendar: Calendar) -> House:
    """The house some days before the first story, with everybody of the stories in their posts.

    A post that nobody takes in a story is held by a person of its title. The items of the stories are in the register.
    """
    outline = read_file(HOUSE)
    assert isinstance(outline, Block)
    now = min(story.begins for story in stories.values()) - BEFORE_THE_FIRST
    founder, registrar = str(outline["founder"]), str(outline["registrar"])
    staff = {
        founder: {"posts": dict.fromkeys(("administrator", "procedure owner"), MAIN)},
        registrar: {"posts": {"registrar": MAIN}},
        **_staff(stories.values()),
    }
    for name, person in staff.items():
        person.setdefault("name", str(outline["staff"].get(name) or _called(name, person["posts"], stories)))
        person["sign in"] = f"{outline['id']}-{name.replace(' ', '-')}"
    units = _units(stories.values())
    data = {
        "registrar": registrar,
        "sites": {},
        "units": {unit: {"title": str(outline["units"].get(unit, unit))} for unit in units},
        "staff": {"all": staff},
    }
    said = {
        "id": outline["id"],
        "title": outline["title"],
        "founder": founder,
        "staff": "all",
        "procedures": list(stories),
        "series": _series(stories),
        "settings": {name: story.settings for name, story in stories.items()},
    }
    house = staffed(_as_block(said), _as_block(data), calendar=calendar, now=now, library=library)
    _items(house, stories.values(), now)
    return house


def _called(name: str, posts: Iterable[str], stories: Mapping[str, KeptStory]) -> str:
    """Whom no list names: the title of the post, and the name that the story has."""
    titles = (
        story.procedure.posts[post].title.zh
        for post in posts
        for story in stories.values()
        if post in story.procedure.posts
    )
    return " ".join([*islice(titles, 1), name.capitalize()])


def _staff(stories: Iterable[KeptStory]) -> dict[str, dict[str, Any]]:
    """Everybody of the stories by name, with the posts in which he acts; the other posts have somebody of their title."""
    staff: dict[str, dict[str, Any]] = {}
    posts: dict[str, tuple[str, bool]] = {}
    held: set[str] = set()
    for story in stories:
        posts |= {name: (post.title.zh, post.external) for name, post in story.procedure.posts.items()}
        for act in story.acts:
            for name in _persons(act, story.procedure.words):
                staff.setdefault(name, {"posts": {}})
            if act.by is not None and act.post is not None:
                staff[act.by]["posts"].setdefault(act.post, next(iter(act.units), MAIN))
                held.add(act.post)
    for name, (title, external) in posts.items():
        if name not in held:
            holder: dict[str, Any] = {"posts": {name: MAIN}, "name": title}
            staff[name] = holder | ({"external": "outside"} if external else {})
    return staff


def _persons(act: Act, spoken_of: Lexicon) -> Iterator[str]:
    """Everybody whom an act names."""
    yield from (one for one in (act.by, act.behalf, act.recorder) if one is not None)
    for word, value in act.facts.items():
        known = spoken_of.facts.get(word)
        if known is not None and known.kind.of_persons and value is not None:
            yield from map(str, value if isinstance(value, list) else [value])


def _units(stories: Iterable[KeptStory]) -> list[str]:
    """The units that the stories speak of."""
    found: dict[str, None] = {}
    for story in stories:
        for act in story.acts:
            found |= dict.fromkeys(act.units)
            for word, value in act.facts.items():
                known = story.procedure.words.facts.get(word)
                if known is not None and known.kind.of_units and value is not None:
                    found |= dict.fromkeys(map(str, value if isinstance(value, list) else [value]))
    return list(found)


def _series(names: Iterable[str]) -> dict[str, str]:
    """A number series for each procedure: the initials of its name, with a digit where another one has them."""
    series: dict[str, str] = {}
    for name in names:
        initials = "".join(word[0] for word in re.split(r"\W+", name)).upper()
        count = sum(re.fullmatch(rf"{initials}\d*", other) is not None for other in series.values())
        series[name] = f"{initials}{count + 1}" if count else initials
    return series


def _items(house: House, stories: Iterable[KeptStory], begin: datetime) -> None:
    """The reports, batches and the like of the stories, with who worked on them: registered before the first case."""
    known: set[Any] = set()
    for story in stories:
        for act in story.acts:
            if act.step == STEP.ITEM_NOTED and act.facts[FACT.ITEM] not in known:
                known.add(act.facts[FACT.ITEM])
                file = f"item/{act.facts[FACT.ITEM]}"
                units = [str(unit) for unit in act.facts.get(FACT.UNITS, ())]
                facts = {"kind": "report", "received": begin.date().isoformat(), "units": units}
                house.note(file, "item registered", facts, by=house.registrar, now=begin)
                for name in act.facts.get(FACT.DID_THE_WORK, ()):
                    facts = {"person": house.persons[str(name)], "what": "检测"}
                    house.note(file, "work done", facts, by=house.registrar, now=begin)


# -- playing it --------------------------------------------------------------------------------------------------------


def _happen(house: House, line: Line) -> tuple[Any, ...]:
    """Performs a line; why it was refused, or nothing."""
    played = line.played
    file = _linked(house, line) if line.link else played.file
    if line.link and file is None:
        return (NO_FILE,)
    try:
        answer = _performed(house, line, file)
    except NotYours:
        return (NO_FILE,)
    if isinstance(answer, Refused):
        return why_refused(answer)
    if not line.link:
        played.file = FileName(answer.file)
    return ()


def _performed(house: House, line: Line, file: FileName | None) -> Answer:
    act = line.act
    assert act.by is not None
    sender = Sender(house.organisation, house.persons[act.recorder or act.by], act.noted)
    command = Command(
        step=act.step,
        by=house.persons[act.by],
        post=act.post,
        behalf=house.persons[act.behalf] if act.behalf else None,
        medium=act.medium,
        at=act.at if act.at != act.noted else None,
        facts={word: _value(house, word, value, file, sender) for word, value in act.facts.items()},
    )
    signed = Signature(command.by, command.step, 0, act.noted)
    return perform(
        command if act.recorder else replace(command, signed=signed),
        organisation=house.organisation,
        person=house.persons[act.recorder or act.by],
        now=act.noted,
        key=house.key(),
        file=file,
        procedure=None if file else line.played.story.procedure.id,
    )


def _linked(house: House, line: Line) -> FileName | None:
    """The linked file of which the line is, found when its first line happens."""
    linked = line.played.linked
    if line.link not in linked:
        kind = line.played.story.opens[line.link]
        rows = CaseRow.objects.filter(
            organisation=house.organisation, parent=line.played.file, procedure=kind
        )
        file = rows.exclude(file__in=linked.values()).order_by("label").values_list("file", flat=True).first()
        if file is None:
            return None
        linked[line.link] = FileName(file)
    return linked[line.link]


def _value(house: House, word: str, value: Any, file: FileName | None, sender: Sender) -> Any:
    kind = words.facts()[word].kind
    if value is None:
        return None
    if kind.of_persons:
        return [_person(house, one) for one in value] if isinstance(value, list) else _person(house, value)
    if kind.of_files:
        return papers([{str(one["sort"]): str(one["name"])} for one in value], sender)
    if word == FACT.ENTRY and file is not None and str(value).startswith(LAST_OF):
        acts = folds.take(house.organisation, file).case.history.acts
        step = str(value).removeprefix(LAST_OF)
        return next((str(act.number) for act in reversed(acts) if act.step == step), value)
    return value


def _person(house: House, name: str) -> PersonId:
    return house.persons[name]


def _as_block(node: Any) -> Any:
    """Plain data as the reader of files gives it."""
    if isinstance(node, Mapping):
        block = Block(HOUSE.name)
        block.update({str(key): _as_block(value) for key, value in node.items()})
        return block
    return [_as_block(one) for one in node] if isinstance(node, list) else node
