"""The stages of `perform`, one function each. A stage that gives an answer ends the attempt; none gives one by accident.

What they find out stands in the `Attempt`. Their order is in `perform.STAGES`, and why it is that order.
"""

from __future__ import annotations

from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Accepted, Barred, ChildToOpen, children_to_open, decide_in_place
from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.edition_move import MOVING
from kesu.casework.file.naming import states_himself
from kesu.casework.file.roles_in_file import ending
from kesu.names import StepName
from kesu.procedure.history.act import Act, Value
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import ENDING_ALWAYS
from kesu.reading.text import Text

from ..folded.fold import Folded, NoSuchFile
from ..folded.recorded import as_it_will_read
from ..models import CaseRow
from ..rows.used_once import tell_what_others_use
from ..sight.lines import line_of
from ..sight.seeing import sees, stays_out
from .answers import Answer, Changed, Done, KeyTaken, NotYours, Refused, refused
from .changed_meanwhile import touched
from .claims import checked
from .compared import tell_compared
from .edition_move import movers, with_edition
from .figures import enter_figures
from .files_named import take_files, wrong_files
from .house_act import CannotLink, note_item, note_prices, open_children
from .linked_files import tell_joined, tell_parent
from .named_later import NAMING, tell_linked
from .new_file import NewFile, first_step, new_file_of, open_file
from .order import Attempt
from .seal_at_end import seal_when_committed
from .watch_counts import count


def the_key(attempt: Attempt) -> Answer | None:
    """Did this key answer a command of this person before? The same gets its first answer. Raises KeyTaken."""
    order, organisation, earlier = attempt.order, attempt.changes.organisation, attempt.look.earlier
    if earlier is None:
        return None
    if earlier.command != order.digest:
        raise KeyTaken("this key has answered another command; send the new command with a new key")
    labels = CaseRow.objects.filter(organisation=organisation, file=earlier.file)
    label = labels.values_list("label", flat=True).first() or ""
    return Done(earlier.file, earlier.number, label, again=True)


def the_file(attempt: Attempt) -> Answer | None:
    """The file is taken out for this act alone; for a new one its edition is looked up. Raises NotYours: there is none."""
    order, changes = attempt.order, attempt.changes
    if order.file is not None:
        try:
            attempt.fold, attempt.file = changes.take(order.file, attempt.look.later), order.file
        except NoSuchFile:
            raise NotYours(order.file) from None
        return None
    first, directory = order.commands[0], changes.directory
    edition = directory.edition_at(order.procedure or "", first.at or order.now)
    if edition is None:
        return refused(
            None,
            zh=f"程序“{order.procedure}”没有生效的版本",
            en=f"no edition of “{order.procedure}” is in force",
        )
    attempt.new = new_file_of(directory, edition.digest, site=None)
    return None


def sight(attempt: Attempt) -> Answer | None:
    """Who may not see the file is told that there is none. Raises NotYours."""
    fold = attempt.fold
    if fold is None or sees(fold, attempt.reader):
        return None
    if not (_moves_only(attempt, fold) or _states_himself(attempt, fold)):
        raise NotYours(fold.file)
    return None


def _states_himself(attempt: Attempt, fold: Folded) -> bool:
    """Whoever is named in an open file may say something about it in his own name, and learns nothing of what is in it."""
    order = attempt.order
    (command, *more) = order.commands
    now = order.now
    said = Act(number=0, step=command.step, at=now, noted=now, by=command.by, post=command.post)
    own = command.by == order.person and not more and not fold.case.ended
    return own and states_himself(fold.case.history, said)


def _moves_only(attempt: Attempt, fold: Folded) -> bool:
    """The owner of procedures moves a file to another edition without having to see what is in it."""
    order, directory = attempt.order, attempt.changes.directory
    owner = order.commands[0].step == MOVING and bool(movers(order.person, directory, order.now))
    return owner and not stays_out(fold, attempt.reader)


def claims(attempt: Attempt) -> Answer | None:
    """The person is in this house, holds the post or stands in for it, and whom he names exists; a new file has its site."""
    order, changes, fold = attempt.order, attempt.changes, attempt.fold
    claim = checked(
        attempt.command,
        person=order.person,
        directory=changes.directory,
        procedure=attempt.procedure,
        case=fold.case if fold is not None else attempt.case,
        now=changes.now,
    )
    if isinstance(claim, Text):
        return _refused(attempt, claim)
    attempt.command, attempt.source = claim.command, claim.source
    unsent = wrong_files(
        claim.command,
        organisation=changes.organisation,
        person=order.person,
        case=fold.case if fold is not None else attempt.case,
    )
    if unsent is not None:
        return _refused(attempt, unsent)
    if attempt.new is not None and attempt.case is None:
        return _of_a_new_file(attempt, attempt.new, claim.unit)
    return None


def _of_a_new_file(attempt: Attempt, new: NewFile, unit: str | None) -> Answer | None:
    """A new file begins with its first step, and counts by the calendar of the site that was named, else where it is received."""
    first, directory, now = first_step(new.procedure), attempt.changes.directory, attempt.changes.now
    if attempt.command.step != first:
        return refused(None, zh="新案卷要从收到开始", en=f"a new file begins with “{first}”")
    site = attempt.command.site or directory.site_of(unit or next(iter(attempt.command.units), None), now)
    if site is not None and site not in directory.sites:
        return refused(
            None, zh="没有这个场所；请从列出的里面选", en="there is no such site; choose one of those listed"
        )
    attempt.new = new_file_of(directory, new.edition, site=site, source=attempt.source)
    attempt.case = attempt.new.empty(attempt.changes.organisation)
    return None


def the_edition(attempt: Attempt) -> Answer | None:
    """Where the step moves the file to another edition: which one, by its digest."""
    if attempt.fold is None:
        return None
    changes = attempt.changes
    command = with_edition(attempt.command, fold=attempt.fold, directory=changes.directory, now=changes.now)
    if isinstance(command, Text):
        return _refused(attempt, command)
    attempt.command = command
    return None


def changed_meanwhile(attempt: Attempt) -> Answer | None:
    """What came after the entry that the person saw, if the rules of this step read it."""
    fold, seen_up_to, directory = attempt.fold, attempt.order.seen_up_to, attempt.changes.directory
    if fold is None or seen_up_to is None:
        return None
    later = touched(fold, attempt.command, seen_up_to)
    return (
        Changed(fold.file, seen_up_to, tuple(line_of(fold, directory, act) for act in later))
        if later
        else None
    )


def what_is_owed(attempt: Attempt) -> Answer | None:
    """From here on the file as it will be: what time owes it, then what the registers say of an item that is named and of prices."""
    if attempt.file is not None:
        attempt.case = attempt.changes.as_it_will_be(attempt.file)
        note_item(attempt.changes, attempt.file, _item_named(attempt.command))
        act = attempt.command.act(number=attempt.case.number + 1, now=attempt.changes.now)
        note_prices(attempt.changes, attempt.file, act)
    return None


def _item_named(command: Command) -> Value:
    """The subject item that a command names, also in the place of another."""
    corrects = command.step == STEP.CORRECTED and command.facts.get(FACT.WORD) == FACT.ITEM
    return command.facts.get(FACT.VALUE if corrects else FACT.ITEM)


def used_elsewhere(attempt: Attempt) -> Answer | None:
    """Which of the values that may be used only once other files have."""
    changes = attempt.changes
    tell_what_others_use(
        attempt.trial, attempt.command, organisation=changes.organisation, file=attempt.file, now=changes.now
    )
    return None


def decide(attempt: Attempt) -> Answer | None:
    """The rules: accepted with the acts to append, or refused with every finding that bars."""
    aside = attempt.aside

    def entered(act: Act) -> Act:
        return as_it_will_read(act, aside=aside)

    decided = decide_in_place(attempt.trial, attempt.command, now=attempt.changes.now, entered=entered)
    if isinstance(decided, Barred):
        return Refused(attempt.order.file, decided.findings, decided.problems, attempt.procedure)
    attempt.decided = decided
    attempt.findings += decided.findings
    return None


def collect(attempt: Attempt) -> Answer | None:
    """The acts become entries to write: the clock's, the person's, what follows; of a new file, its item as well."""
    decided, changes = attempt.accepted, attempt.changes
    if attempt.file is None and attempt.new is not None:
        attempt.file = open_file(changes, attempt.new, decided.after, sender=attempt.sender())
        note_item(changes, attempt.file, decided.act.facts.get(FACT.ITEM))
        note_prices(changes, attempt.file, decided.act)
        return None
    for act in decided.acts:
        if act is decided.act:
            changes.append(attempt.the_file, act, attempt.sender(), aside=attempt.aside)
        else:
            changes.append(attempt.the_file, act)
    return None


def figures(attempt: Attempt) -> Answer | None:
    """Those of a periodic report, where the act calls for them."""
    enter_figures(attempt.changes, attempt.the_file, attempt.accepted.act)
    return None


def linked_files(attempt: Attempt) -> Answer | None:
    """Those that the act opens; what a parent, or a file that is joined, has to hear."""
    changes, fold, decided = attempt.changes, attempt.fold, attempt.accepted
    try:
        if (
            decided.children or decided.after.number > decided.acts[-1].number
        ):  # noted since: may call for more
            open_children(changes, attempt.the_file, needed=_newly_called(attempt))
        if decided.act.step in NAMING:
            tell_linked(changes, attempt.the_file)
        tell_compared(changes, attempt.the_file, decided, lambda other: sees(other, attempt.reader))
        if fold is not None:
            if fold.own.get("parent") and decided.after.ended is not fold.case.ended:
                tell_parent(changes, fold, _by_which(decided), ended=decided.after.ended)
            if decided.act.step == STEP.JOINED and decided.after.history.counts(decided.act.number):
                tell_joined(changes, fold, decided.act, lambda other: sees(other, attempt.reader))
    except CannotLink as unable:
        return _refused(attempt, unable.text)
    if fold is None:
        attempt.called = _called(decided.after)
    return None


def _by_which(decided: Accepted) -> StepName:
    """The step by which a file ended or was opened again: what was noted in another's name ends it when he confirms it."""
    last = ending(decided.after)
    return StepName(decided.act.step if last is None else last.step)


def _newly_called(attempt: Attempt) -> list[ChildToOpen]:
    """The linked files that this very act calls for; what was called for before does not stand in its way.

    An arrival is taken in whatever it calls for.
    """
    decided, fold = attempt.accepted, attempt.fold
    if not decided.children or (fold is None and decided.act.number == 1):
        return []
    before = attempt.called if fold is None else _called(fold.case)
    people = {act.number for act in decided.after.history.acts if act.by is not None}
    return [one for one in decided.children if one.entry in people and (one.rule, one.entry) not in before]


def _called(case: CaseFile) -> frozenset[tuple[str, int]]:
    return frozenset((one.rule, one.entry) for one in children_to_open(case))


def counts(attempt: Attempt) -> Answer | None:
    """Where cases count otherwise than before: the watches' files, alarms, promotions. Locks the watches' keys."""
    count(attempt.changes)
    return None


def write(attempt: Attempt) -> Answer | None:
    """Entries and rows of every file, new files last. Locks files, values used once and series. Raises Conflict."""
    attempt.changes.write()
    order = attempt.order
    take_files(order.commands, organisation=attempt.changes.organisation, person=order.person)
    return None


def seal(attempt: Attempt) -> Answer | None:
    """After the commit, when the act has ended the file."""
    decided, changes = attempt.accepted, attempt.changes
    ends = (*attempt.procedure.ends, *ENDING_ALWAYS, STEP.CONFIRMED_IN_PERSON)
    if decided.after.ended and decided.act.step in ends:
        seal_when_committed(changes.organisation, changes.now)
    return None


def done(attempt: Attempt) -> Done:
    """The answer when no stage gave one: the entry that bears the key."""
    file, findings = attempt.the_file, tuple(attempt.findings)
    if attempt.fold is not None:
        label = str(attempt.fold.own.get("label", ""))
        return Done(file, attempt.accepted.act.number, label, findings)
    return Done(file, 1, str(attempt.changes.stored[file][0].facts["label"]), findings)


def _refused(attempt: Attempt, problem: Text) -> Refused:
    return Refused(attempt.order.file, problems=(problem,), procedure=attempt.procedure)
