"""How we judge this: the rule with its numbers, the usual range, the icons, the interval, the forecast, the funnel.

Closed until it is opened; then the URL remembers. Nothing in it is worked out while it is closed.
"""

import re

import streamlit as st

from framework import charts
from framework.kpis.explained import distance_words, how_judged
from framework.kpis.kpi import Kpi
from framework.kpis.reading import Reading
from framework.kpis.recent_trend import Marker
from framework.kpis.saying import TERMS, caution_words, change_sentence, forecast_words, icon_words, meaning
from framework.kpis.standing import Verdict
from framework.kpis.words import plain_number
from framework.picture import Picture
from framework.picture.figures import is_trust
from framework.picture.judged import path_of
from framework.picture.reading import reading as read_off
from pages import ui, ui_kpi, ui_kpi_limits, ui_kpi_words

_TERM = re.compile("|".join(rf"\b{re.escape(word)}(?!\w)" for word in sorted(TERMS, key=len, reverse=True)), re.I)


def judged(picture: Picture, kpi: Kpi, place: str, reached: Verdict) -> None:
    """The closed box; its content only when it is open."""
    box = st.expander("How we judge this", key=ui_kpi.JUDGED, on_change="rerun", bind="query-params")
    if not box.open:
        return
    with box:
        way = path_of(picture, kpi, place)
        _say(*how_judged(kpi, reached, way, alpha=picture.settings.alpha))
        _over_time(picture, kpi, place, reached)
        if is_trust(picture, place):
            _between_schools(picture, kpi)


def explained(text: str, known: set[str] | None = None) -> ui.Html:
    """The sentence with each statistical term as a word that explains itself when it is tapped.

    known  terms that were explained before it, and need it no more
    """
    parts: list[object] = []
    at, told = 0, set() if known is None else known
    for found in _TERM.finditer(text):
        if found[0].casefold() in told:
            continue
        told.add(found[0].casefold())
        meaning_of = next(words for term, words in TERMS.items() if term.casefold() == found[0].casefold())
        parts += [text[at : found.start()], ui.term(found[0], meaning_of)]
        at = found.end()
    return ui.join(*parts, text[at:])


def _say(*sentences: str) -> None:
    # A paragraph cannot hold what unfolds.
    known: set[str] = set()
    said = "".join(f"<div>{explained(sentence, known)}</div>" for sentence in sentences)
    ui.show(ui.Html(f'<div class="cd-words">{said}</div>' if said else ""))


def _over_time(picture: Picture, kpi: Kpi, place: str, reached: Verdict) -> None:
    """What the values say over time, and all that lies behind it."""
    plain = read_off(picture, kpi, place)
    adjusted = False
    ui.section(ui_kpi_limits.kind_words(plain))
    if plain.season_share is not None:
        adjusted = st.toggle("Compare with the same part of the school year", key="kpi_season", bind="query-params")
    seen = read_off(picture, kpi, place, adjusted=True) if adjusted else plain
    _kind(seen)
    _icons(kpi, seen)
    if ui_kpi_limits.has_limits(seen):
        ui_kpi_limits.limits(picture, kpi, place, seen, change_sentence(kpi, seen, reached))
    _say(*caution_words(kpi, seen), *_run(seen), *_five(kpi, seen))
    ui.section("Where it leads")
    _say(*forecast_words(kpi, seen))
    _new_limits(kpi, seen)


def _kind(seen: Reading) -> None:
    number = f"{seen.counted} value{'' if seen.counted == 1 else 's'}"
    trial = ", with trial limits" if seen.trial else ""
    season = " Each value is shown less what its part of the year usually brings." if seen.adjusted else ""
    _say(f"Read as {_article(str(seen.kind))}{seen.kind} of {number}{trial}.{season}")


def _article(word: str) -> str:
    if word.endswith("alone"):
        return ""
    return "an " if word[:1].casefold() in "aeix" else "a "


def _icons(kpi: Kpi, seen: Reading) -> None:
    """The icons of Making Data Count beside their sentences, and what the two mean together."""
    palette = charts.DARK if st.context.theme.type == "dark" else charts.LIGHT
    for name, said in icon_words(kpi, seen):
        image = charts.as_address(charts.icon(name, palette))
        alt = f"Icon of Making Data Count: {name.replace('_', ' ')}"
        picture = f'<img class="cd-icon" alt="{ui.esc(alt)}" src="{image}" width="40" height="40">'
        ui.show(ui.Html(f'<div class="cd-words cd-with-icon">{picture}<div>{explained(said)}</div></div>'))
    together = meaning(seen)
    if together:
        ui.words(ui.strong(together))


def _run(seen: Reading) -> list[str]:
    run = seen.run
    if run is None or run.longest_allowed is None or run.fewest_crossings is None:
        return []
    found = "a sign that something changed" if run.signal else "no more than usual"
    return [
        f"As a run chart: of {run.useful} values off the middle one, {run.longest_run} in a row lie on one side (up to "
        f"{run.longest_allowed} is usual) and the line crosses the middle {_times(run.crossings)} (at least "
        f"{run.fewest_crossings} is usual): {found}."
    ]


def _times(n: int) -> str:
    return "once" if n == 1 else f"{n} times"


def _five(kpi: Kpi, seen: Reading) -> list[str]:
    recent = seen.recent
    if recent is None:
        return []
    if recent.marker is Marker.CANNOT or recent.slope is None or recent.chi2 is None:
        return ["The five-point trend cannot be worked out: it needs five years in a row with their numbers of pupils."]
    way = "up" if recent.slope > 0 else "down"
    return [
        f"Five-point trend: {recent.marker.casefold()}, {distance_words(kpi, abs(recent.slope))} {way} a year "
        f"(chi-squared {plain_number(recent.chi2, 2)}, a sign from 9.55 on)."
    ]


def _new_limits(kpi: Kpi, seen: Reading) -> None:
    """A suggestion for those who may take it up; limits begin anew only by a person, with a reason."""
    if seen.new_limits is None:
        return
    said = f"It has stayed on one side since {seen.new_limits.words}: new limits could begin there."
    parts: list[object] = [explained(said)]
    if ui_kpi_words.may_edit():
        form = {"ref": kpi.ref, "do": "note", "kind": "new limits", "period": seen.new_limits.code}
        parts.append(ui.link("Begin new limits", "kpi_edit", **form))
    ui.show(ui.Html(f'<div class="cd-words">{ui.join(*parts, by=" ")}</div>'))


def _between_schools(picture: Picture, kpi: Kpi) -> None:
    place = st.container()
    with place:
        head = st.container()
        if not ui_kpi_limits.funnel(picture, kpi):
            return
    with head:
        ui.section("Between schools")
        _say("Schools by their size, in a funnel: between the lines a school does not differ from the others.")
