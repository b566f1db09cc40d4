"""What the past costs: pages as at earlier days, beside the same pages today, over ten years of history.

For every page and day two numbers, medians over the repeats: milliseconds of its script while the picture it shows is
kept (`again`), and when that picture has to be made first (`first`). Beside a past day stands how many times as long as
today's it takes. Today's picture is always kept while a past day is drawn, as on a server that others use; and as the
pages of today are drawn first, nothing else of the past is. The days take turns, so that a busy machine slows all.
"""

import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from framework.people import Audience
from framework.picture.since import end_of_day
from framework.store import Store, pictures
from tools import ten_years
from tools.drawing import Failed, drawn, page_app, prepare, timed

PAGES = ("overview", "actions", "kpis", "kpi", "action", "changes")
YEARS_AGO = (0, 1, 5, 9)  # 0: today
FIRST_RUNS, RUNS = 5, 9


def day_of(years: int) -> date:
    return ten_years.TODAY.replace(year=ten_years.TODAY.year - years)


def query_of(page: str, years: int) -> dict[str, str]:
    """The page's address on that day; a page about one thing is about one of the version in force then."""
    from pages import ui

    day = day_of(years)
    query = {} if years == 0 else {"as_at": day.isoformat()}
    if page not in ("kpi", "action"):
        return query
    then = ui.picture(end_of_day(day))
    assert then.edition is not None
    of_version = then.kpis_of(then.edition.ref) if page == "kpi" else then.actions_of(then.edition.ref)
    return {**query, "ref": of_version[len(of_version) // 2].ref}


def forget(store: Store, years: int) -> None:
    """Nothing that was read is kept, but for today's picture where a past day is drawn."""
    with store.cache_lock:
        newest = max(key[1] for key in store.cache if key[0] == "picture")
        for key in list(store.cache):
            if years == 0 or key[:2] != ("picture", newest):
                del store.cache[key]


def measure(page: str) -> dict[int, tuple[float, float]]:
    """Years ago → milliseconds again, and at first."""
    from pages import ui

    apps = {years: page_app(page, query_of(page, years)) for years in YEARS_AGO}
    for years, app in apps.items():
        if any('class="cd-past"' in shown.proto.body for shown in app.get("html")) is (years == 0):
            raise Failed(f"{page} as at {years} years ago was not drawn as such")
    again: dict[int, list[float]] = {years: [] for years in YEARS_AGO}
    first: dict[int, list[float]] = {years: [] for years in YEARS_AGO}
    with timed() as taken:
        for _ in range(RUNS):
            for years, app in apps.items():
                drawn(app)
                again[years].append(taken[-1])
        for _ in range(FIRST_RUNS):
            for years, app in apps.items():
                drawn(apps[0])
                forget(ui.store(), years)
                drawn(app)
                first[years].append(taken[-1])
    return {years: (statistics.median(again[years]), statistics.median(first[years])) for years in YEARS_AGO}


def memory(store: Store, years: int) -> float:
    """The megabytes of a picture as it was made, before a page worked anything out of it."""
    now = datetime.combine(ten_years.TODAY, datetime.min.time(), ten_years.LONDON) + timedelta(hours=16)
    tracemalloc.start()
    kept = pictures.load(store, now, Audience.LEADERS, None if years == 0 else end_of_day(day_of(years)))
    held = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    assert kept.rows
    return held


def lines(folder: Path) -> Iterator[str]:
    began = time.perf_counter()
    store = ten_years.make(folder / "ten_years.db")
    size = (folder / "ten_years.db").stat().st_size / 1e6
    yield f"Ten years of history: made in {time.perf_counter() - began:.0f} s, {size:.0f} MB; {_counted(store)}"
    store.cache.clear()
    held = [f"{memory(store, years):.0f}" for years in YEARS_AGO]
    store.close()
    prepare(folder / "ten_years.db")
    heads = ["today", *(f"{years} {'year' if years == 1 else 'years'} ago" for years in YEARS_AGO[1:])]
    past = "".join(f"{head + ' ms':>18}{'ratio':>7}" for head in heads[1:])
    yield f"{'page':<12}{'':<7}{'today ms':>10}{past}"
    for page in PAGES:
        found = measure(page)
        for n, word in enumerate(("again", "first")):
            yield _line(page, word, [pair[n] for pair in found.values()])
    yield f"A picture holds {', '.join(f'{mb} MB {head}' for mb, head in zip(held, heads, strict=True))}."


def _counted(store: Store) -> str:
    now = end_of_day(ten_years.TODAY)
    picture = pictures.load(store, now, Audience.LEADERS)
    with store.reading() as conn:
        values = conn.exec_driver_sql("SELECT count(*) FROM value").scalar()
    counted: Mapping[str, Any] = {name: picture.rows[name] for name in ("place", "kpi", "action", "action_update")}
    return (
        f"{len(counted['place']) - 1} schools, {len(counted['kpi'])} KPIs in {len(picture.editions)} versions, "
        f"{values:,} values, {len(counted['action']):,} actions with {len(counted['action_update']):,} updates, "
        f"{picture.change:,} changes."
    )


def _line(page: str, word: str, taken: list[float]) -> str:
    past = "".join(f"{one:>18.1f}{one / taken[0]:>7.2f}" for one in taken[1:])
    return f"{page if word == 'again' else '':<12}{word:<7}{taken[0]:>10.1f}{past}"


def report() -> str:
    """The table, made in a process of its own: what other measures leave behind would be measured too."""
    done = subprocess.run([sys.executable, "-m", "tools.as_at"], check=True, capture_output=True, text=True)
    return done.stdout.rstrip()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        for line in lines(Path(made)):
            print(line, flush=True)
