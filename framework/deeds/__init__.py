"""Deeds: the only way to write. Each is allow → check → write → ledger → commit, in one transaction.

`deed` marks a public deed with its act; whoever may not do it at all is refused before the store is touched.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from framework.people import Act, require

P = ParamSpec("P")
R = TypeVar("R")


def deed(act: Act) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare a deed's act. Row-level limits (own school) are for the deed itself to check."""

    def declared(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def done(*args: P.args, **kwargs: P.kwargs) -> R:
            require(kwargs.get("by"), act)  # type: ignore[arg-type]
            return function(*args, **kwargs)

        done.act = act  # type: ignore[attr-defined]
        return done

    return declared
