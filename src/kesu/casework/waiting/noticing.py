"""A history that notes what it is asked about, so that an answer can be kept until something of that changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from kesu.procedure.history.act import Act
from kesu.procedure.history.of_a_file import History

EVERYTHING: Final = "*"  # the acts were gone through one by one, so any further act may change the answer

T = TypeVar("T")


class Noticing(History):
    """The same acts and facts as another history; `steps` and `words` are those looked up since `begin`."""

    __slots__ = ("steps", "words")

    def __init__(self, history: History) -> None:
        super().__init__(
            calendar=history.calendar,
            shown=history.shown,
            joint=history.joint,
            resorts=history.resorts,
            unheard=history.unheard,
            hearing=history.hearing,
            hearsay=history.hearsay,
            reckoning=history.reckoning,
            undone=history.undone,
        )
        self.steps: set[str] = set()
        self.words: set[str] = set()
        self.acts = _Acts(history.acts, self.steps)
        self.by_step = _Table(history.by_step, self.steps)
        self._facts = _Table(history._facts, self.words)
        self._mended, self._changed = history._mended, history._changed
        self.struck, self.suspended, self.spent = history.struck, history.suspended, history.spent
        self.adding = history.adding
        self.waiting, self.stood_by = history.waiting, history.stood_by

    def begin(self) -> None:
        """Forgets what was noted so far."""
        self.steps.clear()
        self.words.clear()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What is looked at inside is noted apart: afterwards stands what was noted before."""
        steps, words = set(self.steps), set(self.words)
        try:
            yield
        finally:
            self.begin()
            self.steps.update(steps)
            self.words.update(words)


class _Table(dict[str, T]):
    """A dict that notes under which keys somebody looked, whether anything stood there or not."""

    __slots__ = ("noticed",)

    def __init__(self, table: dict[str, T], noticed: set[str]) -> None:
        super().__init__(table)
        self.noticed = noticed

    def get(self, key: str, default: Any = None) -> Any:
        self.noticed.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> T:
        self.noticed.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.noticed.add(str(key))
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        self.noticed.add(EVERYTHING)
        return super().__iter__()

    def items(self) -> Any:
        self.noticed.add(EVERYTHING)
        return super().items()

    def values(self) -> Any:
        self.noticed.add(EVERYTHING)
        return super().values()

    def keys(self) -> Any:
        self.noticed.add(EVERYTHING)
        return super().keys()


class _Acts(list[Act]):
    """A list of acts that notes that somebody looked into it."""

    __slots__ = ("noticed",)

    def __init__(self, acts: list[Act], noticed: set[str]) -> None:
        super().__init__(acts)
        self.noticed = noticed

    def __iter__(self) -> Iterator[Act]:
        self.noticed.add(EVERYTHING)
        return super().__iter__()

    def __reversed__(self) -> Iterator[Act]:
        self.noticed.add(EVERYTHING)
        return super().__reversed__()

    def __bool__(self) -> bool:
        return super().__len__() > 0  # once there are any there are always some: nothing to note

    def __len__(self) -> int:
        self.noticed.add(EVERYTHING)
        return super().__len__()

    def __getitem__(self, index: Any) -> Any:
        self.noticed.add(EVERYTHING)
        return super().__getitem__(index)
