"""Twenty processes that say words on the same and on different actions: nothing is lost, and the chain holds."""

import multiprocessing
import random
import time

import pytest

from framework.deeds.updating import Said, say, seen_of
from framework.errors import Conflict
from framework.people import Audience
from framework.store import Store
from framework.store.chain import broken_at
from framework.store.engine import url_of
from framework.store.pictures import load
from tests.conftest import LEADER, NOW, SMALL_TRUST, an_action, new_postgresql_database, put

pytestmark = pytest.mark.soak
PROCESSES, WORDS = 20, 4  # each says so many words on the one action of all, and as many on one of its own
SHARED = "action0001"


def own(number):
    return f"actiono{number:03d}"


def speak(address, number, together):
    """Say every word, looking again whenever somebody was first; what a person does who is told of a conflict."""
    store, chance = Store(address), random.Random(number)
    together.wait(120)
    for word in range(WORDS):
        for action in (SHARED, own(number)):
            _say_until_kept(store, action, f"Word {word} of {number}.", chance)
    store.close()


def _say_until_kept(store, action, words, chance):
    while True:
        seen = seen_of(load(store, NOW, Audience.LEADERS), action)
        try:
            say(store, by=LEADER, now=NOW, action=action, said=Said(words=words), seen=seen)
        except Conflict:
            time.sleep(chance.uniform(0.0, 1.0))
        else:
            return


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_twenty_processes_that_save_at_once_lose_nothing(kind, tmp_path, request):
    address = url_of(tmp_path / "trust.db")
    if kind == "postgresql":
        address = url_of(new_postgresql_database(request.getfixturevalue("postgresql"), tmp_path.name + "together"))
    store = Store.open(address)
    mine = [an_action(ref=own(n), code=f"B-{n:02d}") for n in range(PROCESSES)]
    first = put(store, *SMALL_TRUST, *mine)
    beginning = multiprocessing.get_context("forkserver")
    beginning.set_forkserver_preload(["framework.deeds.updating", __name__])
    together = beginning.Barrier(PROCESSES)
    speaking = [beginning.Process(target=speak, args=(address, n, together)) for n in range(PROCESSES)]
    for process in speaking:
        process.start()
    for process in speaking:
        process.join(240)
    assert [process.exitcode for process in speaking] == [0] * PROCESSES
    picture = load(store, NOW, Audience.LEADERS)
    on_shared = sorted(u.words for u in picture.updates[SHARED] if u.words.startswith("Word"))
    assert on_shared == sorted(f"Word {w} of {n}." for n in range(PROCESSES) for w in range(WORDS))
    assert all(len(picture.updates[own(n)]) == WORDS for n in range(PROCESSES))
    assert picture.change == first + 2 * PROCESSES * WORDS
    assert broken_at(store) is None
    store.close()


def test_twenty_processes_that_send_the_same_saving_keep_it_once(tmp_path):
    address = url_of(tmp_path / "trust.db")
    store = Store.open(address)
    first = put(store, *SMALL_TRUST)
    seen = seen_of(load(store, NOW, Audience.LEADERS), SHARED)
    beginning = multiprocessing.get_context("forkserver")
    beginning.set_forkserver_preload(["framework.deeds.updating", __name__])
    together = beginning.Barrier(PROCESSES)
    sending = [beginning.Process(target=send_once, args=(address, seen, together)) for _ in range(PROCESSES)]
    for process in sending:
        process.start()
    for process in sending:
        process.join(120)
    assert [process.exitcode for process in sending] == [0] * PROCESSES
    assert load(store, NOW, Audience.LEADERS).change == first + 1
    store.close()


def send_once(address, seen, together):
    store = Store(address)
    together.wait(120)
    say(store, by=LEADER, now=NOW, action=SHARED, said=Said(words="Once."), seen=seen, once="the same page")
    store.close()
