"""What the past costs: pages as at earlier days, beside the same pages today, over ten years of history.

For every page and day two numbers, medians over the repeats: milliseconds of its script while what was read for it is
kept (`again`), and when that has to be read first (`first`). Beside a past day stands how many times as long as today
it takes. Yesterday shows as much as today; the earlier the day, the less there is to show. While a past day is drawn
first, today's picture alone is kept, as it is on a server that others use. The days take turns, so that a busy machine
slows all of them.
"""

import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from framework.people import Audience
from framework.picture.since import end_of_day
from framework.store import Store, pictures
from tools import ten_years
from tools.drawing import Failed, drawn, page_app, prepare, timed

PAGES = ("overview", "actions", "kpis", "kpi", "action", "changes")
TODAY = ten_years.TODAY
DAYS = {
    "today": TODAY,
    "yesterday": TODAY - timedelta(days=1),
    **{f"{n} year{'s' * (n > 1)} ago": TODAY.replace(year=TODAY.year - n) for n in (1, 5, 9)},
}
FIRST_RUNS, RUNS = 5, 9


def query_of(page: str, day: date) -> dict[str, str]:
    """The page's address on that day; a page about one thing is about one of the version in force then."""
    from pages import ui

    query = {} if day == TODAY else {"as_at": day.isoformat()}
    if page not in ("kpi", "action"):
        return query
    then = ui.picture(end_of_day(day))
    assert then.edition is not None
    of_version = then.kpis_of(then.edition.ref) if page == "kpi" else then.actions_of(then.edition.ref)
    return {**query, "ref": of_version[len(of_version) // 2].ref}


def forget(store: Store, day: date) -> None:
    """Nothing that was read is kept, but for today's picture where a past day is drawn."""
    with store.cache_lock:
        newest = max(key[1] for key in store.cache if key[0] == "picture")
        for key in list(store.cache):
            if day == TODAY or key[:3] != ("picture", newest, TODAY):
                del store.cache[key]


def measure(page: str) -> dict[str, list[float]]:
    """The milliseconds of each day, in their order: again, and first."""
    from pages import ui

    apps = {day: page_app(page, query_of(page, day)) for day in DAYS.values()}
    for day, app in apps.items():
        if any('class="cd-past"' in shown.proto.body for shown in app.get("html")) is (day == TODAY):
            raise Failed(f"{page} was not drawn as at {day}")
    again: dict[date, list[float]] = {day: [] for day in apps}
    first: dict[date, list[float]] = {day: [] for day in apps}
    with timed() as taken:
        for _ in range(RUNS):
            for day, app in apps.items():
                drawn(app)
                again[day].append(taken[-1])
        for _ in range(FIRST_RUNS):
            for day, app in apps.items():
                drawn(apps[TODAY])
                forget(ui.store(), day)
                drawn(app)
                first[day].append(taken[-1])
    return {word: [median(of[day]) for day in apps] for word, of in (("again", again), ("first", first))}


def memory(store: Store, day: date) -> float:
    """The megabytes of a picture as it was made, before a page worked anything out of it."""
    now = datetime.combine(TODAY, time(16), ten_years.LONDON)
    tracemalloc.start()
    kept = pictures.load(store, now, Audience.LEADERS, None if day == TODAY else end_of_day(day))
    held = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    assert kept.rows
    return held


def lines(folder: Path) -> Iterator[str]:
    began = perf_counter()
    store = ten_years.make(folder / "ten_years.db")
    size = (folder / "ten_years.db").stat().st_size / 1e6
    yield f"Ten years of history, made in {perf_counter() - began:.0f} s, {size:.0f} MB: {_counted(store)}"
    store.cache.clear()
    held = [f"{memory(store, day):.0f} MB {name}" for name, day in DAYS.items()]
    store.close()
    prepare(folder / "ten_years.db")
    today, *past = DAYS
    yield f"{'page':<10}{'':<6}{today + ' ms':>9}" + "".join(f"{name + ' ms':>15}{'ratio':>7}" for name in past)
    for page in PAGES:
        for word, (now, *then) in measure(page).items():
            ratios = "".join(f"{one:>15.1f}{one / now:>7.2f}" for one in then)
            yield f"{page if word == 'again' else '':<10}{word:<6}{now:>9.1f}{ratios}"
    yield f"A picture holds {', '.join(held)}."


def _counted(store: Store) -> str:
    now = end_of_day(TODAY)
    picture = pictures.load(store, now, Audience.LEADERS)
    with store.reading() as conn:
        values = conn.exec_driver_sql("SELECT count(*) FROM value").scalar()
    counted: Mapping[str, Any] = {name: picture.rows[name] for name in ("place", "kpi", "action", "action_update")}
    return (
        f"{len(counted['place']) - 1} schools, {len(counted['kpi'])} KPIs in {len(picture.editions)} versions, "
        f"{values:,} values, {len(counted['action']):,} actions with {len(counted['action_update']):,} updates, "
        f"{picture.change:,} changes."
    )


def report() -> str:
    """The table, made in a process of its own: what other measures leave behind would be measured too."""
    done = subprocess.run([sys.executable, "-m", "tools.as_at"], check=True, capture_output=True, text=True)
    return done.stdout.rstrip()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        for line in lines(Path(made)):
            print(line, flush=True)
