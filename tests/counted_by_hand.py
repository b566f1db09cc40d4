"""The numbers of Overview, counted straight from the sample workbook with another library and none of our code.

Written from the specification (measurement 3.3, 3.4, 3.8, 3.9) a second time, on purpose: two tellings must agree.
"""

from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from python_calamine import CalamineWorkbook

QUIET_AFTER, LAG = 45, 14
GREEN, AMBER, RED, GREY, CONTEXT = "green", "amber", "red", "grey", "context"
RANK = {GREEN: 3, AMBER: 2, RED: 1}


class Workbook:
    """The sample workbook as lists of dicts, by heading without its asterisk."""

    def __init__(self, path):
        book = CalamineWorkbook.from_path(str(path))
        self.sheets = {name: self._rows(book.get_sheet_by_name(name)) for name in book.sheet_names if name != "_meta"}
        self.edition = next(r["code"] for r in self.sheets["Versions"] if r["state"] == "current")
        self.actions = [r for r in self.sheets["Actions"] if r["version"] == self.edition]
        self.kpis = [r for r in self.sheets["KPIs"] if r["version"] == self.edition]
        self.schools = [r for r in self.sheets["Schools"] if r["kind"] == "school"]
        self.trust = next(r["name"] for r in self.sheets["Schools"] if r["kind"] == "trust")
        self.pupils = {r["name"]: r["pupils"] for r in self.schools}

    @staticmethod
    def _rows(sheet):
        rows = sheet.to_python(skip_empty_area=False)
        header = next((n for n, row in enumerate(rows) if "_id" in row), None)
        if header is None:
            return []
        heads = [str(h).rstrip("*") for h in rows[header]]
        found = [dict(zip(heads, row, strict=False)) for row in rows[header + 1 :]]
        filled = [row for row in found if any(v != "" for v in row.values())]
        return [{k: None if v == "" else _day(v) for k, v in row.items()} for row in filled]

    # ---- school days -------------------------------------------------------------------------------------------
    @cached_property
    def school_days(self):
        days = set()
        for line in self.sheets["Calendar"]:
            span = [line["start"] + timedelta(days=n) for n in range((line["end"] - line["start"]).days + 1)]
            if line["kind"] == "half-term" and line["school"] is None:
                days |= {d for d in span if d.weekday() < 5}
        for line in self.sheets["Calendar"]:
            if line["kind"] == "closed" and line["school"] is None:
                days -= {line["start"] + timedelta(days=n) for n in range((line["end"] - line["start"]).days + 1)}
        return days

    def days_between(self, after, upto):
        return sum(after < d <= upto for d in self.school_days)

    # ---- actions as at a day -----------------------------------------------------------------------------------
    def updates(self, code, on):
        rows = [r for r in self.sheets["Updates"] if r["action"] == code and r["recorded on"] <= on]
        return sorted(rows, key=lambda r: (r["recorded on"], r["date"]))

    def action_at(self, action, on):
        """(known, status, due, last word) as recorded by the day."""
        said = self.updates(action["code"], on)
        words = [r["status"] for r in self.updates(action["code"], date.max) if r["status"]]
        status = [r["status"] for r in said if r["status"]]
        moved = [r["new due"] for r in said if r["new due"]]
        now = status[-1] if status else ("not started" if words else action["status"])
        due = moved[-1] if moved else action["first due"]
        start = max(d for d in (action["start"], action["recorded on"]) if d is not None)
        word = max((r["date"] for r in said), default=start)
        return action["recorded on"] <= on, now, due, word

    def late(self, action, on):
        known, status, due, _ = self.action_at(action, on)
        return known and status not in ("done", "stopped") and due < on

    def quiet(self, action, on):
        known, status, _, word = self.action_at(action, on)
        return known and status not in ("done", "stopped") and self.days_between(word, on) >= QUIET_AFTER

    # ---- periods -----------------------------------------------------------------------------------------------
    def ends(self, period):
        """The last day of a period written as people write it; None when the calendar does not say."""
        if "," in period:
            name, year = period.split(", ")
            kind = "term" if name.endswith("term") else "half-term"
            order = {"Autumn": 1, "Spring": 2, "Summer": 3}[name.split()[0]]
            index = order if kind == "term" else (order - 1) * 2 + int(name.split()[1])
        elif "/" in period:
            kind, year, index = "year", period, 1
        else:
            first = _month_first(period)
            return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        for line in self.sheets["Calendar"]:
            if (line["kind"], line["academic year"], line["index"]) == (kind, year, index) and line["school"] is None:
                return line["end"]
        return None

    @staticmethod
    def following(period):
        if "," in period:
            name, year = period.split(", ")
            names = (
                ["Autumn term", "Spring term", "Summer term"]
                if name.endswith("term")
                else ["Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2"]
            )
            n = names.index(name) + 1
            return f"{names[n]}, {year}" if n < len(names) else f"{names[0]}, {_next_year(year)}"
        if "/" in period:
            return _next_year(period)
        after = (_month_first(period) + timedelta(days=31)).replace(day=1)
        return f"{after:%B} {after.year}"

    # ---- KPIs as at a day --------------------------------------------------------------------------------------
    def values(self, code, on):
        """Every value without a group that was recorded by the day, as it stood then."""
        found = []
        for row in self.sheets["Values"]:
            if row["KPI"] != code or row["group"] or row["recorded on"] > on:
                continue
            if row["corrected on"] is not None and row["corrected on"] > on:
                row = {**row, "value": row["earlier value"], "numerator": None}
            found.append(row)
        return found

    def latest(self, kpi, on):
        """The newest value that speaks for the trust: (period, number or None, why there is none, coverage)."""
        if kpi["counted here"] is not None:
            return self.counted(kpi, on)
        rows = self.values(kpi["code"], on)
        places = self.reporters(kpi)
        mine = [r for r in rows if r["place"] in places]
        if not mine:
            return None
        if places == [self.trust]:
            row = max(mine, key=lambda r: self.ends(r["period"]))
            return row["period"], row["value"], row["symbol"] or row["state"], 1.0
        numbered = [r for r in mine if r["value"] is not None]
        newest = max((r["period"] for r in numbered), key=self.ends)
        sent = [r for r in numbered if r["period"] == newest]
        away = {r["place"] for r in mine if r["period"] == newest and r["state"] == "not applicable"}
        asked = [p for p in places if p not in away and self.joined(p, self.ends(newest))]
        coverage = sum(self.pupils[r["place"]] for r in sent) / sum(self.pupils[p] for p in asked)
        return newest, self.together(kpi, sent), None, coverage

    def joined(self, name, day):
        joined = next(r["joined"] for r in self.schools if r["name"] == name)
        return joined is None or joined <= day

    def reporters(self, kpi):
        who = kpi["reported by"]
        if who in (None, "trust"):
            return [self.trust]
        phase = {"primary schools": "primary", "secondary schools": "secondary"}.get(who)
        return [r["name"] for r in self.schools if phase is None or r["phase"] == phase]

    @staticmethod
    def together(kpi, sent):
        how = kpi["aggregation"]
        if how == "sum" or (how is None and kpi["measure"] in ("count", "score", "currency")):
            return sum(r["value"] for r in sent)
        if how == "latest":
            return sent[-1]["value"]
        if how == "mean":
            return sum(r["value"] for r in sent) / len(sent)
        below = sum(r["denominator"] for r in sent)
        if all(r["numerator"] is not None for r in sent):
            scale = 100 if kpi["measure"] == "percentage" else (kpi["per"] or 1)
            return scale * sum(r["numerator"] for r in sent) / below
        return sum(r["value"] * r["denominator"] for r in sent) / below

    def targets(self, code, on):
        found = []
        for row in self.sheets["Targets"]:
            if row["KPI"] != code or row["place"] not in (None, self.trust) or row["recorded on"] > on:
                continue
            early = row["moved on"] is not None and row["moved on"] > on
            one = row["earlier target"] if early else row["target"]
            low, high = (row["low"], row["high"]) if one is None else (one, one)
            found.append((self.ends(row["period"]), low, high))
        return sorted(found)

    def family(self, kpi, on):
        """The colour family of a KPI's standing at the trust, as at a day."""
        if kpi["level"] == "context":
            return CONTEXT
        newest = self.latest(kpi, on)
        if newest is None or newest[1] is None:
            return GREY
        period, value, _, coverage = newest
        lag = timedelta(days=int(kpi["lag"]) if kpi["lag"] is not None else LAG)
        following = self.ends(self.following(period))
        if following is not None and on > following + lag:
            return GREY
        points = self.targets(kpi["code"], on)
        if kpi["direction"] in (None, "none") or not points or kpi["baseline"] is None or not kpi["baseline period"]:
            return GREY
        start, ends = self.ends(kpi["baseline period"]), self.ends(period)
        if ends <= start or coverage < 0.8:
            return GREY
        return judge(kpi, value, start, ends, points)

    # ---- KPIs that are counted from the plan itself ------------------------------------------------------------
    def counted(self, kpi, on):
        """As `latest`, of a half-termly KPI that nobody types in: counted at the last day of the newest half-term."""
        lines = [r for r in self.sheets["Calendar"] if r["kind"] == "half-term" and r["school"] is None]
        begun = next(r["start"] for r in self.sheets["Versions"] if r["code"] == self.edition)
        over = sorted((r for r in lines if r["end"] < on), key=lambda r: r["end"])
        if not over or over[-1]["end"] < begun:
            return None
        ends, before = over[-1]["end"], over[-2]["end"]
        if kpi["counted here"] == "data arrived on time":
            looked = self.arrived(before, ends, on)
        else:
            looked = [self.counts(kpi["counted here"], a, ends, on) for a in self.open_on(ends, on)]
        names = ("Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2")
        period = f"{names[int(over[-1]['index']) - 1]}, {over[-1]['academic year']}"
        return (period, 100 * sum(looked) / len(looked), None, 1.0) if looked else None

    def open_on(self, day, on):
        """The actions that were open on a day, as recorded by `on`."""
        found = []
        for action in self.actions:
            said = [r for r in self.updates(action["code"], on) if r["date"] <= day and r["status"]]
            status = max(said, key=lambda r: r["date"])["status"] if said else None
            begun = max(d for d in (action["start"], action["recorded on"]) if d is not None) <= day
            if begun and status not in ("done", "stopped"):
                found.append(action)
        return found

    def counts(self, what, action, day, on):
        partners = [p for p in (action["organisation"], *_codes(action["supporters"])) if p]
        if what == "fresh updates":
            return any(day - timedelta(days=45) <= r["date"] <= day for r in self.updates(action["code"], on))
        if what == "work led from outside the trust":
            return action["organisation"] not in (None, self.trust)
        sectors = {r["name"]: r["sector"] for r in self.sheets["Organisations"]}
        return any(sectors.get(p) not in (None, "education") for p in partners)

    def arrived(self, after, day, on):
        """Of each value that was due after one day and by another: whether it had been recorded by then."""
        found = []
        edition = next(r for r in self.sheets["Versions"] if r["code"] == self.edition)
        for kpi in self.kpis:
            if kpi["counted here"] is not None:
                continue
            lag = timedelta(days=int(kpi["lag"]) if kpi["lag"] is not None else LAG)
            sent = {(r["place"], r["period"]): r["recorded on"] for r in self.values(kpi["code"], on)}
            for period in self.periods(kpi["frequency"]):
                ends = self.ends(period)
                if not edition["start"] <= ends <= edition["end"] or not after < ends + lag <= day:
                    continue
                for place in self.reporters(kpi):
                    if place == self.trust or self.joined(place, ends):
                        found.append(sent.get((place, period), date.max) <= ends + lag)
        return found

    def periods(self, frequency):
        """Every period of a frequency that the calendar dates, as people write it."""
        years = sorted({r["academic year"] for r in self.sheets["Calendar"]})
        names = {
            "half-termly": ("Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2"),
            "termly": ("Autumn term", "Spring term", "Summer term"),
        }
        if frequency == "yearly":
            return years
        if frequency == "monthly":
            months = [date(int(y[:4]) + (n > 11), n % 12 + 1, 1) for y in years for n in range(8, 20)]
            return [f"{m:%B} {m.year}" for m in months]
        return [f"{name}, {year}" for year in years for name in names[frequency]]

    # ---- the columns of Overview -------------------------------------------------------------------------------
    def doing(self, actions, on):
        at = [self.action_at(a, on) for a in actions]
        return {
            "total": len(at),
            "done": sum(s == "done" for _, s, _, _ in at),
            "late": sum(self.late(a, on) for a in actions),
            "quiet": sum(self.quiet(a, on) for a in actions),
            "blocked": sum(s == "blocked" for _, s, _, _ in at),
            "stopped": sum(s == "stopped" for _, s, _, _ in at),
        }

    def difference(self, kpis, on):
        families = [self.family(k, on) for k in kpis]
        return families.count(GREEN), sum(f in RANK for f in families), sum(f == GREY for f in families)

    def tagged(self, rows, heading, code):
        return [r for r in rows if code in _codes(r[heading])]

    def figures_in(self, on):
        """(here, expected) for the newest half-term that is over."""
        over = [
            r for r in self.sheets["Calendar"] if r["kind"] == "half-term" and r["school"] is None and r["end"] < on
        ]
        last = max(over, key=lambda r: r["end"])["end"]
        reported = [k for k in self.kpis if k["frequency"] == "half-termly" and k["counted here"] is None]
        asked = [(k["code"], p) for k in reported for p in self.reporters(k)]
        here = {
            (r["KPI"], r["place"])
            for k in self.kpis
            for r in self.values(k["code"], on)
            if self.ends(r["period"]) == last
        }
        return sum(pair in here for pair in asked), len(asked)

    def since(self, before, on):
        """The counts of the strip: KPIs better and worse, actions done, newly late and gone quiet since a day."""
        moved = [(self.family(k, before), self.family(k, on)) for k in self.kpis]
        both = [(a, b) for a, b in moved if a in RANK and b in RANK]
        return {
            "better": sum(RANK[b] > RANK[a] for a, b in both),
            "worse": sum(RANK[b] < RANK[a] for a, b in both),
            "done": sum(
                self.action_at(a, on)[1] == "done"
                and not (self.action_at(a, before)[0] and self.action_at(a, before)[1] == "done")
                for a in self.actions
            ),
            "late": sum(self.late(a, on) and not self.late(a, before) for a in self.actions),
            "quiet": sum(self.quiet(a, on) and not self.quiet(a, before) for a in self.actions),
        }


def judge(kpi, value, start, ends, points):
    """measurement 3.4, written out once more."""
    b, (last_day, low, high), floor = kpi["baseline"], points[-1], kpi["floor"] or 0.0
    if kpi["direction"] == "band":
        short, at_start = max(low - value, value - high, 0), max(low - b, b - high, 0)
        return GREEN if short <= floor + 1e-9 else RED if short > at_start or short > floor else AMBER
    sign = 1 if kpi["direction"] == "higher" else -1
    line = [(start, b), *((day, t) for day, t, _ in points if day > start)]
    if ends >= last_day:
        expected = low
    else:
        (d0, v0), (d1, v1) = next((p, q) for p, q in pairwise(line) if p[0] <= ends <= q[0])
        expected = v0 + (v1 - v0) * (ends - d0).days / (d1 - d0).days
    slack = 1e-9 * max(1, abs(expected))
    gap, hold = sign * (expected - value), abs(low - b) < 1e-9
    tolerance = floor if hold else max(0.1 * abs(low - b), floor)
    if sign * (low - value) <= slack or gap <= slack or (hold and gap <= floor + slack):
        return GREEN
    return AMBER if gap <= tolerance + slack else RED


def _day(value):
    return value.date() if hasattr(value, "hour") else value


def _codes(cell):
    return [part.strip() for part in str(cell).removesuffix(".0").split(";")] if cell is not None else []


def _next_year(year):
    first = int(year[:4]) + 1
    return f"{first}/{(first + 1) % 100:02d}"


def _month_first(period):
    name, year = period.split()
    months = [date(2000, n, 1).strftime("%B") for n in range(1, 13)]
    return date(int(year), months.index(name) + 1, 1)
