"""What is told of actions that changed: a section a kind, each line with what it was, what it is and why."""

from dataclasses import replace

from framework.periods import day_words
from framework.picture.compare import Changes, Confided, DateMoved
from framework.picture.shape import Picture
from framework.picture.telling import capital, concern, why_moved, word_on
from framework.picture.told import FROM_TO, NO_REASON, Group, Section, Told, owner, quoted
from framework.picture.told_facts import edits
from framework.plans import Action, Status

NOT_SET = "Not set"


def worse(before: Picture, after: Picture, changes: Changes) -> tuple[Section, ...]:
    fell = [c for c in changes.confidence if c.rose is False]
    late = sorted(changes.newly_late, key=lambda a: -after.signals(a).days_late)
    quiet = sorted(changes.gone_quiet, key=lambda a: -after.signals(a).days_quiet)
    return (
        _section("Newly late", [_late(after, a) for a in late], ("Due", "Late", "The last word"), Group.WORSE),
        _section("Gone quiet", [_quiet(after, a) for a in quiet], ("", "Silence", "The last word"), Group.WORSE),
        _said("Blocked", before, after, changes.blocked, Group.WORSE, "In the way"),
        _said("At risk", before, after, changes.at_risk, Group.WORSE, "The last word"),
        _section("Confidence fell", [_confided(after, c) for c in fell], FROM_TO, Group.WORSE),
    )


def better(before: Picture, after: Picture, changes: Changes) -> tuple[Section, ...]:
    rose = [c for c in changes.confidence if c.rose]
    done = tuple(_done(after, a) for a in changes.done)
    return (
        Section("Done", done, ("", "", "Shown by"), _evidence(after, changes.done), Group.BETTER),
        _said("Back on track", before, after, changes.on_track, Group.BETTER, "The last word"),
        _section("Confidence rose", [_confided(after, c) for c in rose], FROM_TO, Group.BETTER),
    )


def plan(before: Picture, after: Picture, changes: Changes) -> tuple[Section, ...]:
    spoken = [c for c in changes.confidence if c.rose is None]
    gone = [_taken_away(before, after, a) for a in changes.taken_away]
    return (
        _said("Stopped", before, after, changes.stopped, Group.PLAN, "Why"),
        _said("Opened again", before, after, changes.reopened, Group.PLAN, "The last word", shows_now=True),
        _section("Dates moved", [_date(after, d) for d in changes.dates_moved], FROM_TO),
        _section("Actions added", [_added(after, a) for a in changes.added], ("", "Due", "What will be different")),
        _section("Actions taken away", gone, ("Due", "Now", "What would have been different")),
        Section("Actions edited", edits(before, after, changes.edited)),
        replace(
            _said("Another status", before, after, changes.otherwise, Group.PLAN, "The last word", shows_now=True),
            folded=True,
        ),
        Section("Confidence given or taken back", tuple(_confided(after, c) for c in spoken), FROM_TO, folded=True),
    )


def _section(
    title: str,
    lines: list[Told],
    heads: tuple[str, str, str] = ("Then", "Now", "Why"),
    group: Group = Group.PLAN,
) -> Section:
    return Section(title, tuple(lines), heads, group=group)


def _said(
    title: str,
    before: Picture,
    after: Picture,
    actions: tuple[Action, ...],
    group: Group,
    why: str,
    *,
    shows_now: bool = False,
) -> Section:
    """Actions of which the owner says another word now; the word itself only where the title does not say it."""
    lines = [_status(before, after, a, shows_now=shows_now) for a in actions]
    return _section(title, lines, ("Was", "Now" if shows_now else "", why), group)


def _status(before: Picture, after: Picture, action: Action, *, shows_now: bool) -> Told:
    known, update = before.actions.get(action.ref), word_on(after, action, action.status)
    why = update.in_the_way if update is not None and action.status is Status.BLOCKED else None
    then = "" if known is None else capital(str(known.status or NOT_SET))
    now = capital(str(action.status or NOT_SET)) if shows_now else ""
    told = why or quoted(update)
    return _action(after, action, then=then, now=now, why=told if action.open else _with_outcome(action, told))


def _action(picture: Picture, action: Action, *, why: str, then: str = "", now: str = "") -> Told:
    return Told("action", action.ref, action.title, then, now, why, owner(picture, action))


def _late(picture: Picture, action: Action) -> Told:
    now, then = concern(picture, action), day_words(action.due_on, weekday=False)
    return _action(picture, action, then=then, now=now, why=quoted(word_on(picture, action)))


def _quiet(picture: Picture, action: Action) -> Told:
    return _action(picture, action, now=concern(picture, action), why=quoted(word_on(picture, action)))


def _done(picture: Picture, action: Action) -> Told:
    said = quoted(word_on(picture, action, Status.DONE))
    shown = said if action.evidence is None else f"Evidence: {action.evidence}"
    return _action(picture, action, why=_with_outcome(action, shown))


def _with_outcome(action: Action, shown: str) -> str:
    """What shows it, or why, then what changed by it, said at its closing."""
    if not action.outcome or action.outcome in shown:
        return shown
    stop = "" if not shown or shown.endswith((".", ")", "!", "?")) else "."
    return f"{shown}{stop} What changed: {action.outcome}".strip()


def _evidence(picture: Picture, done: tuple[Action, ...]) -> str:
    """`6 with evidence, 3 on the owner's word`."""
    proved = sum(map(picture.has_evidence, done))
    return f"{proved} with evidence, {len(done) - proved} on the owner's word"


def _confided(picture: Picture, found: Confided) -> Told:
    then, now = (capital(str(a.confidence or NOT_SET)) for a in (found.before, found.action))
    why = found.action.confidence_reason if found.action.confidence is not None else None
    return _action(picture, found.action, then=then, now=now, why=why or NO_REASON)


def _date(picture: Picture, moved: DateMoved) -> Told:
    then, now = (day_words(a.due_on, weekday=False) for a in (moved.before, moved.action))
    why = capital(why_moved(picture, moved.action)) or NO_REASON
    return _action(picture, moved.action, then=then, now=now, why=why)


def _added(picture: Picture, action: Action) -> Told:
    return _action(picture, action, now=day_words(action.due_on, weekday=False), why=action.success or "")


def _taken_away(before: Picture, after: Picture, action: Action) -> Told:
    """An action as it stood, with what became of it: put away, in another version, or hidden from who looks."""
    there = after.actions.get(action.ref)
    row = after.rows.get("action", {}).get(action.ref)
    if there is not None:
        now = f"In version {after.name('edition', there.edition)}"
    else:
        now = "Taken away" if row is None or row.archived else "Not shown here any more"
    then = day_words(action.due_on, weekday=False)
    return Told(
        "action", action.ref, action.title, then, now, action.success or "", owner(before, action), gone=there is None
    )
