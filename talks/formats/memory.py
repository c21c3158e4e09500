"""A memory for what is slow to make: by all that it is made of, so that nothing in it is stale."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


class Memory(Generic[Key, Made]):
    """Remembers what `make` returned for a key; the least lately used is dropped first.

    `weigh` says how much room one takes with its key; all together never take more than
    `limit`. `count` is how often `make` was called.
    """

    def __init__(
        self, make: Callable[[Key], Made], weigh: Callable[[Key, Made], int], limit: int
    ) -> None:
        self.make, self.weigh, self.limit = make, weigh, limit
        self.count = self.size = 0
        self._kept: OrderedDict[Key, Made] = OrderedDict()
        self._lock = Lock()

    def __call__(self, key: Key) -> Made:
        """Return what belongs to the key; two threads may make the same, once each."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = self.make(key)
        with self._lock:
            self.count += 1
            self._keep(key, made)
        return made

    def forget(self) -> None:
        """Make everything anew from now on."""
        with self._lock:
            self._kept.clear()
            self.size = 0

    def _keep(self, key: Key, made: Made) -> None:
        if key in self._kept:
            return
        self._kept[key] = made
        self.size += self.weigh(key, made)
        while self.size > self.limit:
            self.size -= self.weigh(*self._kept.popitem(last=False))
