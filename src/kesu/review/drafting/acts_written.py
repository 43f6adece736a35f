"""The acts of a draft: what each row, or each column of times, says was done, by whom, and what it puts on record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kesu.procedure import words
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

from ..mapping import IGNORED
from .guess import Guess, TimeColumn
from .hints import plainly
from .names import Names
from .page import Page
from .table import Column
from .written import example, examples, inline, quoted


def write_acts(
    page: Page,
    guess: Guess,
    names: Names,
    procedure: Procedure | None,
    columns: list[str],
    without: Mapping[str, str],
) -> None:
    """`acts`, with comments where something is not sure."""
    _Acts(page, guess, names, procedure, without).write(columns)


class _Acts:
    def __init__(
        self,
        page: Page,
        guess: Guess,
        names: Names,
        procedure: Procedure | None,
        without: Mapping[str, str],
    ) -> None:
        self._page, self._guess, self._names = page, guess, names
        self._procedure, self._without = procedure, without

    def write(self, columns: list[str]) -> None:
        guess, page = self._guess, self._page
        known = [one for one in guess.times if one.step]
        self._left_over()
        page.write("acts:")
        if guess.activity is not None and guess.time is not None:
            self._of_rows(guess.activity, guess.time)
            brought = set(guess.steps.values())
        elif known:
            for one in known:
                self._of_column(one, known)
            brought = {one.step or "" for one in known}
        else:
            brought = set()
            self._nothing(columns)
        if self._names.begins and not brought & self._names.begins:
            page.say("acts", Text(
                "没有找到来件的一步，案件从哪里开始、期限从何时起算都看不出",
                "no step by which a matter comes in was found: from when does its time run",
            ), to_do=True)  # fmt: skip

    def _left_over(self) -> None:
        """Columns that nothing was made of, and facts that their columns do not hold."""
        guess = self._guess
        unused = [one.column.name for one in guess.times if not one.step]
        if unused:
            self._page.say("acts", Text(
                f"这些列有时间，看不出是哪一步：{examples(unused, 8)}",
                f"these columns hold times of steps that are not known: {examples(unused, 8)}",
            ))  # fmt: skip
        if guess.unused:
            self._page.say("acts", Text(
                f"没有用到的列：{examples((one.name for one in guess.unused), 12)}",
                f"columns that are not used: {examples((one.name for one in guess.unused), 12)}",
            ))  # fmt: skip
        for fact, why in self._without.items():
            self._page.say("facts", Text(f"没有取“{fact}”：{why}", f"“{fact}” is not taken: {why}"))

    def _nothing(self, columns: list[str]) -> None:
        begins = sorted(self._names.begins)
        column = next(
            (name for name in columns if self._guess.case is None or name != self._guess.case.name), "?"
        )
        self._page.say(
            "acts",
            Text("看不出哪一列是哪一步的时间", "no column could be told as the time of a step"),
            to_do=True,
            indent="  ",
        )
        step = begins[0] if begins else next(iter(self._names.steps))
        self._page.write(f"  - {inline({'step': quoted(step), 'at': quoted(column)})}")

    def _of_rows(self, activity: Column, time: TimeColumn) -> None:
        page, guess = self._page, self._guess
        ignored = [value for value, step in guess.steps.items() if step == IGNORED]
        count = sum(activity.values[value] for value in ignored)
        page.say("step", Text(
            f"“{example(activity.name)}”列写着每行是哪一步：{len(guess.steps)} 个值里认得 {len(guess.steps) - len(ignored)} 个，{count} 行略去",
            f"“{example(activity.name)}” says what each row did: {len(guess.steps) - len(ignored)} of {len(guess.steps)} values are known, {count} rows are ignored",
        ), to_do=len(ignored) == len(guess.steps), indent="  ")  # fmt: skip
        page.write("  - step:", f"      column: {quoted(activity.name)}", "      values:")
        for value, step in guess.steps.items():
            page.write(f"        {quoted(value)}: {quoted(step)}{self._why(value, step, activity)}")
        self._when(time)
        if guess.noted is not None:
            page.write(f"    noted: {_at(guess.noted)}")
        if guess.person is not None:
            page.write(f"    by: {quoted(guess.person.name)}")
        self._post()
        self._facts(guess.facts)

    def _why(self, value: str, step: str, activity: Column) -> str:
        count = activity.values[value]
        among = self._guess.doubtful.get(value, ())
        if step != IGNORED:
            return Text(f"  # {count} 行", f"  # {count} rows").in_(self._page.lang)
        maybe = ", ".join(among[:4])
        said = (
            Text(f"{count} 行；也许是 {maybe}", f"{count} rows; perhaps {maybe}")
            if among
            else Text(f"{count} 行；没有这样的步骤", f"{count} rows; no step is called so")
        )
        return f"  # {said.in_(self._page.lang)}"

    def _of_column(self, time: TimeColumn, placed: list[TimeColumn]) -> None:
        page, guess = self._page, self._guess
        step = time.step or ""
        if not time.sure:
            page.say("step", Text(
                f"列名“{example(time.column.name)}”看不出是哪一步，因为在最前，猜是来件",
                f"“{example(time.column.name)}” does not say which step it is; as the first it is taken for the arrival",
            ), to_do=True, indent="  ")  # fmt: skip
        page.write(f"  - step: {quoted(step)}")
        self._when(time)
        if guess.noted is not None and step in self._names.begins:
            page.write(f"    noted: {_at(guess.noted)}")
        by = guess.persons.get(step)
        if by is None and guess.person is not None and (step not in self._names.begins or len(placed) == 1):
            by = guess.person
        if by is not None:
            page.write(f"    by: {quoted(by.name)}")
        if self._guess.post is not None and time is placed[-1]:
            self._post()
        self._facts(dict(self._of_step(step, placed)))

    def _of_step(self, step: str, placed: list[TimeColumn]) -> Iterator[tuple[str, Column]]:
        """The facts that belong to a step: to the first of those that ask it, else to the first of all."""
        steps = [time.step for time in placed]
        for fact, column in self._guess.facts.items():
            asking = [name for name in steps if name in self._names.asked[fact]]
            if (asking or steps)[0] == step:
                yield fact, column

    def _when(self, time: TimeColumn) -> None:
        missing = time.column.empty + time.reading.none.total()
        self._page.write(f"    at: {_at(time)}")
        if missing:
            said = Text(f"{missing} 行还没有时间", f"{missing} rows have no time yet").in_(self._page.lang)
            self._page.write(f"    if empty: skip  # {said}")

    def _post(self) -> None:
        post, posts = self._guess.post, self._procedure.posts if self._procedure else {}
        if post is None:
            return
        called = {
            plainly(text): name for name, one in posts.items() for text in (name, one.title.zh, one.title.en)
        }
        table = {str(value): called.get(plainly(str(value))) for value in post.values}
        if posts and not post.empty and all(table.values()):
            values = inline({value: quoted(name or "") for value, name in table.items()})
            self._page.write(f"    as: {inline({'column': quoted(post.name), 'values': values})}")
            return
        unknown = [value for value, name in table.items() if name is None]
        self._page.say("as", Text(
            f"“{example(post.name)}”列像是岗位，但对不上程序的岗位：{examples(unknown)}",
            f"“{example(post.name)}” looks like a post, but the procedure has none called {examples(unknown)}",
        ), indent="    ")  # fmt: skip

    def _facts(self, facts: Mapping[str, Column]) -> None:
        taken = {}
        for fact, column in facts.items():
            if fact in self._without:
                continue
            source = self._source(fact, column)
            if source is not None:
                taken[fact] = source
        if taken:
            self._page.write(f"    facts: {inline(taken)}")

    def _source(self, fact: str, column: Column) -> str | None:
        word = words.facts()[fact]
        choices = (self._procedure.choices.get(fact) if self._procedure else None) or tuple(word.choices)
        if not choices:
            return quoted(column.name)
        called = {
            plainly(text): name
            for name in choices
            for text in (
                name,
                *((word.choices[name].zh, word.choices[name].en) if name in word.choices else ()),
            )
        }
        table = {str(value): called.get(plainly(str(value))) for value in column.values}
        unknown = [value for value, name in table.items() if name is None]
        if unknown:
            self._page.say("facts", Text(
                f"“{example(column.name)}”像是“{word.title.zh}”，但这些值对不上，没有取：{examples(unknown)}",
                f"“{example(column.name)}” looks like “{word.title.en}”, but is not taken; it has no value for {examples(unknown)}",
            ), indent="    ")  # fmt: skip
            return None
        return inline(
            {"column": quoted(column.name), "values": inline({v: quoted(n or "") for v, n in table.items()})}
        )


def _at(time: TimeColumn) -> str:
    if time.clock is None:
        return quoted(time.column.name)
    return inline({"date": quoted(time.column.name), "time": quoted(time.clock.name)})
