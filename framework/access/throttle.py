"""How often one key may ask: at most so many times in any so many seconds. Kept in bounded memory."""

from collections import OrderedDict, deque
from threading import Lock


class Throttle:
    """Counts what it allowed, not what it refused: who waits is let in again, however often they knocked meanwhile.

    most     how many are allowed within any `seconds`
    keys     how many keys are remembered; beyond it those allowed longest ago are forgotten, and start afresh
    """

    def __init__(self, most: int, seconds: float, *, keys: int = 10_000) -> None:
        self.most, self.seconds, self.keys = most, seconds, keys
        self._allowed: OrderedDict[str, deque[float]] = OrderedDict()  # the key allowed longest ago comes first
        self._lock = Lock()

    def __len__(self) -> int:
        """How many keys are remembered."""
        return len(self._allowed)

    def allows(self, key: str, at: float) -> bool:
        """Whether `key` may ask at this moment, counted when it may.

        at  seconds on any clock that does not run backwards, such as time.monotonic()
        """
        with self._lock:
            self._forget(at)
            times = self._allowed.get(key, deque())
            while times and times[0] <= at - self.seconds:
                times.popleft()
            if len(times) >= self.most:
                return False
            times.append(at)
            self._allowed[key] = times
            self._allowed.move_to_end(key)
            while len(self._allowed) > self.keys:
                self._allowed.popitem(last=False)
            return True

    def _forget(self, at: float) -> None:
        """Let go of the keys whose last time lies outside the window."""
        while self._allowed and next(iter(self._allowed.values()))[-1] <= at - self.seconds:
            self._allowed.popitem(last=False)
