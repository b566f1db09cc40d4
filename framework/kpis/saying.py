"""What a reading says, in plain English for a parent governor; the statistics only for those who ask.

Source: measurement 3.5 (the table of variation and assurance), 3.6, 3.7 and 3.10.
"""

from framework.kpis.explained import change_words, is_nought
from framework.kpis.forecast import Chance
from framework.kpis.intervals import Method
from framework.kpis.kpi import Direction, Kpi
from framework.kpis.reading import Caution, Change, ChartKind, Reading
from framework.kpis.recent_trend import Marker
from framework.kpis.spc import Assurance, Variation
from framework.kpis.standing import Standing, Verdict
from framework.kpis.words import with_unit

_HIGH = frozenset({Variation.IMPROVEMENT_HIGH, Variation.CONCERN_HIGH, Variation.NEUTRAL_HIGH})
_BETTER = frozenset({Variation.IMPROVEMENT_HIGH, Variation.IMPROVEMENT_LOW})
_WORSE = frozenset({Variation.CONCERN_HIGH, Variation.CONCERN_LOW})
_SHORT = frozenset({Standing.SLIGHTLY_BEHIND, Standing.BEHIND, Standing.WORSE_THAN_START})


def change_sentence(kpi: Kpi, reading: Reading, reached: Verdict) -> str:
    """What the series says beside the standing: `It has fallen by more than chance since …`; empty: nothing to add."""
    said = [_over_time(kpi, reading, reached), _year_before(kpi, reading)]
    return " ".join(part for part in said if part)


def _over_time(kpi: Kpi, reading: Reading, reached: Verdict) -> str:
    if reading.kind is ChartKind.FIVE_POINTS and reading.recent is not None:
        return _five_years(reading.recent.marker, kpi)
    if reading.run is not None and reading.kind is ChartKind.RUN and reading.run.signal is not None:
        if reading.run.signal:
            return "Its values keep to one side for longer than chance explains."
        return "It shows no more than its usual ups and downs."
    if reading.variation is None:
        return _too_few(kpi, reading)
    first = f", though {_few(reading)} values are only a first sign" if reading.trial else ""
    if reading.variation is Variation.COMMON:
        if reading.trial:
            return f"It shows no more than its usual ups and downs so far, in {_few(reading)} values."
        return f"It shows no more than its usual ups and downs.{_reach(reading)}"
    return f"{_special(reading)}{_enough(reading, reached)}{first}."


def _special(reading: Reading) -> str:
    """`It has fallen by more than chance since Spring 2, 2024/25`, with whether that is better or worse."""
    assert reading.variation is not None
    way = "risen" if reading.variation in _HIGH else "fallen"
    turn = ", which is worse" if reading.variation in _WORSE else ""
    if reading.since is None or reading.since == reading.latest:
        return f"Its newest value has {way} by more than chance{turn}"
    return f"It has {way} by more than chance since {reading.since.words}{turn}"


def _enough(reading: Reading, reached: Verdict) -> str:
    if reading.variation not in _BETTER:
        return ""
    return ", but too slowly" if reached.standing in _SHORT else ", which is better"


def _reach(reading: Reading) -> str:
    if reading.assurance is Assurance.FAIL:
        return " As it runs now it will not reach its target: something must be done differently."
    if reading.assurance is Assurance.PASS:
        return " As it runs now it meets its target reliably."
    return ""


def _five_years(marker: Marker, kpi: Kpi) -> str:
    if marker is Marker.CANNOT:
        return ""
    if marker is Marker.NO_CHANGE:
        return "Over its last five values it shows no more than chance."
    rises = marker is Marker.INCREASING
    way = "risen" if rises else "fallen"
    better = {Direction.HIGHER: rises, Direction.LOWER: not rises}.get(kpi.direction or Direction.NONE)
    judged = "" if better is None else f", which is {'better' if better else 'worse'}"
    return f"Over its last five values it has {way} by more than chance{judged}."


def _few(reading: Reading) -> str:
    return str(reading.counted)


def _too_few(kpi: Kpi, reading: Reading) -> str:
    """Two to four values: the difference, never an arrow. The same period a year before says more and is said alone."""
    if reading.kind is not ChartKind.VALUES or reading.from_last is None or reading.from_last_year is not None:
        return ""
    return f"{_moved(kpi, reading.from_last)} {reading.from_last.since.words}."


def _year_before(kpi: Kpi, reading: Reading) -> str:
    if reading.from_last_year is None:
        return ""
    return f"{_moved(kpi, reading.from_last_year)} {reading.from_last_year.since.words}."


def _moved(kpi: Kpi, change: Change) -> str:
    words = change_words(kpi, abs(change.by))
    return "About as in" if is_nought(words) else f"{words} {'higher' if change.by > 0 else 'lower'} than in"


_VARIATION = {
    "better": "It has become better by more than chance.",
    "worse": "It has become worse by more than chance.",
    "common": "Its ups and downs are no more than usual.",
    "other": "It has moved by more than chance; neither way is better.",
}
_ASSURANCE = {
    Assurance.PASS: "As it runs now it meets the target in every period.",
    Assurance.FAIL: "As it runs now it misses the target in every period.",
    Assurance.INCONSISTENT: "As it runs now it meets the target in some periods and misses it in others, by chance.",
}


def _turn(variation: Variation) -> str:
    if variation in _BETTER:
        return "better"
    if variation in _WORSE:
        return "worse"
    return "common" if variation is Variation.COMMON else "other"


def icon_words(kpi: Kpi, reading: Reading) -> list[tuple[str, str]]:
    """The icons of Making Data Count as (the icon's name, its sentence); empty without limits."""
    if reading.variation is None:
        return []
    said = [(str(reading.variation), _VARIATION[_turn(reading.variation)])]
    if reading.assurance is not None:
        said.append((str(reading.assurance), _ASSURANCE[reading.assurance]))
    return said


# Source: measurement 3.5. Rows: better, worse, neither; columns: the assurance, None without a target or 13 values.
_MEANING = {
    ("better", Assurance.PASS): "Better, and reliable: celebrate it, and consider a harder target.",
    ("better", Assurance.INCONSISTENT): "Becoming better: keep going, it is not yet reliable.",
    ("better", Assurance.FAIL): "Becoming better, though the level it has had so far does not reach the target.",
    ("better", None): "Becoming better.",
    ("common", Assurance.PASS): "Stable and reliable.",
    ("common", Assurance.INCONSISTENT): "Stable: where the target is met, that is luck.",
    ("common", Assurance.FAIL): "Stable and failing: change how it is done; asking for more effort will not help.",
    ("common", None): "No change yet.",
    ("worse", Assurance.PASS): "Reliable, but slipping: look into it.",
    ("worse", Assurance.INCONSISTENT): "Becoming worse: act.",
    ("worse", Assurance.FAIL): "Becoming worse and failing: act on this first.",
    ("worse", None): "Becoming worse.",
}


def meaning(reading: Reading) -> str:
    """What variation and assurance mean together; empty where nothing can be said."""
    if reading.variation is None:
        return ""
    return _MEANING.get((_turn(reading.variation), reading.assurance), "")


_CAUTIONS = {
    Caution.STALE: "The newest value is out of date, so this speaks of the past.",
    Caution.RARE: "Such events are too rare for limits: look at a longer period, or at the days between them.",
    Caution.RUNNING_TOTAL: "It runs up through the year, so neighbouring values cannot be compared; the same period "
    "a year before can.",
    Caution.TRIAL: "Fewer than 13 values since it began: its limits are trial and will still move.",
    Caution.CONSTANT: "Every value is the same, so there is nothing to tell from chance.",
    Caution.COLLAPSED: "Nearly all neighbouring values are equal; the range is drawn from all differences.",
    Caution.LOW_VARIETY: "It takes few different values, so only a value outside its limits counts as a sign.",
    Caution.SMALL_COUNTS: "The counts are small: take one sign by itself as a question, not an answer.",
    Caution.SEASONAL: "It moves with the school year: compare it with the same part of the year before.",
    Caution.LEANS: "Each value leans on the one before, so signs appear more often by chance.",
    Caution.DIFFERENCED: "It is a running total: the chart shows what each period added.",
    Caution.MISSING: "Some periods have no value. A gap ends a run; nothing is drawn across it.",
}


def caution_words(kpi: Kpi, reading: Reading) -> list[str]:
    """Each caution as a sentence, the weightiest first."""
    return [_CAUTIONS[caution] for caution in Caution if caution in reading.cautions]


_CHANCE = {
    Chance.LIKELY: "It is likely to meet the target.",
    Chance.POSSIBLE: "It may or may not meet the target.",
    Chance.UNLIKELY: "It is unlikely to meet the target.",
}


def forecast_words(kpi: Kpi, reading: Reading) -> list[str]:
    """The forecast with its interval and its assumption; one sentence that says why there is none."""
    found = reading.forecast
    if found is None or reading.forecast_for is None:
        return [_no_forecast(reading)]
    low, high = (with_unit(kpi, edge, 1) for edge in (found.low, found.high))
    said = [
        f"{reading.forecast_for.words}: about {with_unit(kpi, found.centre, 1)}, "
        f"in four cases of five from {low} to {high}."
        if found.basis == "line"
        else f"{reading.forecast_for.words}: about {with_unit(kpi, found.centre, 1)}, usually from {low} to {high}.",
        found.assumption,
    ]
    return said + ([_CHANCE[found.chance]] if found.chance is not None else [])


def _no_forecast(reading: Reading) -> str:
    if reading.forecast_for is None:
        return "No forecast: there is no target ahead."
    if reading.trial or reading.variation is None:
        return "No forecast: there are too few values to tell where it goes. The pace needed says more."
    return "No forecast: it has moved by more than chance, and not along a line. The pace needed says more."


_INTERVAL = (
    "Chance alone moves a share of few pupils. The true figure lies in this range in 19 cases of 20, as long as each "
    "one counted stands alone. Pounds and sessions do not, so their range should be wider."
)
TERMS: dict[str, str] = {
    **dict.fromkeys((Method.WILSON, Method.EXACT, Method.BYAR, Method.T), _INTERVAL),
    "XmR chart": "A line of values with their mean and the range that holds nearly all values while nothing changes.",
    "P\N{PRIME} chart": "The same for shares whose numbers of pupils differ; each period has its own range.",
    "U\N{PRIME} chart": "The same for rates whose numbers of pupils differ.",
    "run chart": "A line of values with their middle one; long stretches on one side of it are a sign of change.",
    "five-point trend": "Whether the last five values rise or fall by more than chance, with their uncertainty.",
    "usual range": "Where nearly all values fall as long as nothing changes: the mean and 2.66 times the usual step "
    "between neighbours, up and down.",
    "more than chance": "A pattern that would seldom appear if nothing had changed: a value outside the usual range, "
    "seven in a row on one side of the mean, seven that rise or fall, or two of three near the edge.",
    "trial limits": "A range drawn from fewer than 13 values. It is a first guess and will still move.",
    "variation": "Whether the newest values are usual, or better or worse than chance explains.",
    "assurance": "Whether the target lies inside the usual range, above it or below it.",
    "funnel": "Small schools differ more by chance. A school inside the funnel is not different from the others.",
    "forecast": "Where the line leads if nothing else changes, with the range for four cases of five.",
    "new limits": "The usual range begins anew from a period, by a person, with a reason.",
    "points": "The plain difference of two percentages: from 24 % to 22 % is 2 points.",
}
