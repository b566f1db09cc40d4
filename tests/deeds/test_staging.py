"""Files that wait: kept once, answered bit by bit, gone when they are settled."""

import pytest

from framework.deeds import staging
from framework.errors import FileRefused, Unknown
from framework.store import waiting
from framework.store.waiting import Settled
from framework.workbook.limits import MOST_BYTES
from tests.conftest import LEADER, NOW
from tests.deeds.grounds import BOTH_DATABASES, ground  # noqa: F401


def brought(store, content=b"a,b\n1,2\n", name="plan.csv"):
    return staging.bring(store, by=LEADER, now=NOW, name=name, content=content)


@BOTH_DATABASES
def test_a_file_waits_with_its_bytes_and_who_brought_it(store):
    ref = brought(store)
    (one,) = waiting.waiting(store)
    assert (one.ref, one.name, one.by, one.via, one.made_at) == (ref, "plan.csv", LEADER.ref, "page", NOW)
    assert waiting.content_of(store, ref) == b"a,b\n1,2\n"


@BOTH_DATABASES
def test_bytes_that_wait_already_are_not_kept_twice(store):
    assert brought(store) == brought(store, name="plan (1).csv")
    assert brought(store, b"other") != brought(store)


def test_an_answer_is_added_to_those_given_before(store):
    ref = brought(store)
    staging.answer(store, by=LEADER, ref=ref, answers={"a": "1", "b": "2"})
    staging.answer(store, by=LEADER, ref=ref, answers={"b": "3"}, mended={"Plan!A1": "x"})
    found = staging.answer(store, by=LEADER, ref=ref, answers={})
    assert (found.answers, found.mended) == ({"a": "1", "b": "3"}, {"Plan!A1": "x"})


@BOTH_DATABASES
def test_a_file_that_is_put_away_leaves_no_bytes(store):
    ref = brought(store)
    staging.put_away(store, by=LEADER, now=NOW, ref=ref)
    assert waiting.content_of(store, ref) is None
    assert waiting.waiting(store) == []
    assert waiting.one_waiting(store, ref).state is Settled.PUT_AWAY


@pytest.mark.parametrize(
    "touch",
    [
        lambda store, ref: staging.answer(store, by=LEADER, ref=ref, answers={"a": "1"}),
        lambda store, ref: staging.put_away(store, by=LEADER, now=NOW, ref=ref),
    ],
    ids=["answer", "put away"],
)
def test_a_file_that_waits_no_longer_cannot_be_touched(store, touch):
    ref = brought(store)
    staging.put_away(store, by=LEADER, now=NOW, ref=ref)
    with pytest.raises(Unknown, match="waits no longer"):
        touch(store, ref)


def test_a_file_put_away_may_be_brought_again(store):
    first = brought(store)
    staging.put_away(store, by=LEADER, now=NOW, ref=first)
    assert brought(store) != first


@BOTH_DATABASES
@pytest.mark.parametrize(("size", "refused"), [(MOST_BYTES, False), (MOST_BYTES + 1, True)])
def test_a_file_may_be_as_large_as_the_limit_and_no_larger(store, size, refused):
    if refused:
        with pytest.raises(FileRefused, match="larger than 15 MB"):
            brought(store, bytes(size))
    else:
        assert brought(store, bytes(size))
