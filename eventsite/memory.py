"""What a process keeps because it is slow to make, and what is dropped when there is no room.

Keys say all that a value is made of, so nothing that is kept is ever stale.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Bounded(Generic[Key, Value]):
    """Values by key, the least lately used dropped first.

    `weigh` says how much room one takes with its key; all together never take more than
    `limit`, and one that alone would take more than `largest` is not kept.
    """

    def __init__(
        self, limit: int, weigh: Callable[[Key, Value], int], largest: int | None = None
    ) -> None:
        self.limit, self.weigh = limit, weigh
        self.largest = limit if largest is None else largest
        self.size, self.lock = 0, Lock()
        self.entries: OrderedDict[Key, Value] = OrderedDict()

    def __iter__(self) -> Iterator[Key]:
        return iter(self.entries)

    def get(self, key: Key) -> Value | None:
        with self.lock:
            if key in self.entries:
                self.entries.move_to_end(key)
            return self.entries.get(key)

    def put(self, key: Key, value: Value) -> None:
        if self.weigh(key, value) > self.largest:
            return
        with self.lock:
            if key in self.entries:
                self.size -= self.weigh(key, self.entries.pop(key))
            self.entries[key] = value
            self.size += self.weigh(key, value)
            while self.size > self.limit:
                self.size -= self.weigh(*self.entries.popitem(last=False))

    def clear(self) -> None:
        with self.lock:
            self.entries.clear()
            self.size = 0


class Memory(Generic[Key, Value]):
    """Remembers what `make` returned for a key; `count` is how often it was called."""

    def __init__(
        self, make: Callable[[Key], Value], weigh: Callable[[Key, Value], int], limit: int
    ) -> None:
        self.make, self.count = make, 0
        self.kept: Bounded[Key, Value] = Bounded(limit, weigh)

    def __call__(self, key: Key) -> Value:
        """Return what belongs to the key; two threads may make the same, once each."""
        found = self.kept.get(key)
        if found is not None:
            return found
        made = self.make(key)
        with self.kept.lock:
            self.count += 1
        self.kept.put(key, made)
        return made

    @property
    def size(self) -> int:
        return self.kept.size

    def forget(self) -> None:
        """Make everything anew from now on."""
        self.kept.clear()
