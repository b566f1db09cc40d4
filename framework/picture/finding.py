"""Search across everything a picture holds. Every word must occur; what is named so comes before what mentions it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from framework.civic import Element
from framework.kpis.kpi import Kpi
from framework.periods import day_words
from framework.picture.shape import Picture
from framework.plans import Action, Update
from framework.text import folded


class Found(StrEnum):
    """What a hit is, in the order in which kinds are shown."""

    ELEMENT = "Framework"
    ACTION = "Actions"
    KPI = "KPIs"
    PERSON = "People"
    ORGANISATION = "Organisations"
    MILESTONE = "Milestones"
    UPDATE = "Updates"
    EVENT = "Events"
    MEETING = "Meetings"


@dataclass(frozen=True)
class Hit:
    """Something found. `ref` is its own; `of` is the action of a milestone or an update, whose page shows it."""

    kind: Found
    ref: str
    title: str
    note: str = ""  # what tells it from another of the same name
    body: str = ""  # the text around the first word that was found; empty when the title holds them all
    of: str = ""
    actions: int = 0  # of the version in force that name a person or an organisation


@dataclass(frozen=True)
class _Text:
    """A row as it is searched: its title, what stands under it, and the text that can be quoted."""

    hit: Hit
    title: str
    body: str
    quoted: str = ""


def find(picture: Picture, words: str) -> dict[Found, tuple[Hit, ...]]:
    """What holds every one of the words, by kind, best first; nothing without a word."""
    wanted = folded(words).split()
    if not wanted:
        return {}
    ranked: dict[Found, list[tuple[int, int, Hit]]] = {}
    for n, text in enumerate(_texts(picture)):
        rank = _rank(text, wanted)
        if rank is not None:
            body = _around(text.quoted, wanted) if rank else ""
            hit = replace(text.hit, body=body)
            ranked.setdefault(hit.kind, []).append((rank, n, hit))
    return {kind: tuple(hit for _, _, hit in sorted(ranked[kind], key=_order)) for kind in Found if kind in ranked}


def _order(found: tuple[int, int, Hit]) -> tuple[int, int]:
    return found[:2]


def _rank(text: _Text, wanted: list[str]) -> int | None:
    """0: words of the title begin with all of them; 1: the title holds all; 2: some; 3: none. None: not found."""
    title, body = folded(text.title), folded(text.body)
    if not all(word in title or word in body for word in wanted):
        return None
    starts = title.split()
    if all(any(start.startswith(word) for start in starts) for word in wanted):
        return 0
    held = [word in title for word in wanted]
    return 1 if all(held) else 2 if any(held) else 3


_REACH = 70  # characters on either side of the word


def _around(text: str, wanted: list[str]) -> str:
    """The text around the first of the words that stands in it; empty when none does."""
    plain = text.casefold()
    at = min((plain.find(word) for word in wanted if word in plain), default=-1)
    if at < 0:
        return ""
    first, last = max(0, at - _REACH), min(len(text), at + _REACH)
    if first > 0:
        first = text.find(" ", first) + 1 or first
    if last < len(text):
        last = text.rfind(" ", at, last) if text.rfind(" ", at, last) > at else last
    before, after = "… " if first > 0 else "", " …" if last < len(text) else ""
    return before + " ".join(text[first:last].split()) + after


def _texts(picture: Picture) -> Iterator[_Text]:
    """Everything there is, in the order in which alike hits stand: what is in force before what has ended."""
    yield from _elements(picture)
    yield from _actions(picture)
    yield from _kpis(picture)
    yield from _people(picture)
    yield from _community(picture)


def _edition_order(picture: Picture) -> dict[str, int]:
    current = picture.edition
    newest = reversed(list(picture.editions))
    return {ref: n for n, ref in enumerate(sorted(newest, key=lambda ref: current is None or ref != current.ref))}


def _note(picture: Picture, edition: str, *words: str) -> str:
    """The version is named where it is not the one in force."""
    current = picture.edition
    other = "" if current is not None and current.ref == edition else picture.editions[edition].code
    return " · ".join(word for word in (*words, other) if word)


def _elements(picture: Picture) -> Iterator[_Text]:
    order = _edition_order(picture)
    shown = [e for e in picture.elements.values() if e.edition in order]
    for e in sorted(shown, key=lambda e: order[e.edition]):
        part = f"{e.part[:1].upper()}{e.part[1:]}"
        yield _Text(
            Hit(Found.ELEMENT, e.ref, e.words, _note(picture, e.edition, part)), _title(e), f"{e.part} {e.kind or ''}"
        )


def _title(element: Element) -> str:
    return f"{element.code} {element.words}"


def _tags(picture: Picture, refs: frozenset[str]) -> str:
    return " ".join(picture.elements[ref].words for ref in refs if ref in picture.elements)


def _actions(picture: Picture) -> Iterator[_Text]:
    order = _edition_order(picture)
    shown = [a for a in picture.actions.values() if a.edition in order]
    shown.sort(key=lambda a: order[a.edition])
    for a in shown:
        owner = picture.name("person", a.owner)
        bodies = (picture.name("organisation", ref) for ref in (a.organisation, *a.supporters))
        where = (picture.name("place", ref) for ref in a.places)
        body = " ".join((owner, *bodies, *where, a.success or "", a.evidence or "", _tags(picture, a.tags)))
        note = _note(picture, a.edition, a.code, owner)
        quoted = " ".join(text for text in (a.success, a.evidence) if text)
        yield _Text(Hit(Found.ACTION, a.ref, a.title, note), f"{a.code} {a.title}", body, quoted)
    for a in shown:
        yield from _milestones(picture, a.ref, a.code)
    newest_first = sorted((u for said in picture.updates.values() for u in said), key=lambda u: -u.on.toordinal())
    for update in newest_first:
        yield _update(picture, update)


def _milestones(picture: Picture, action: str, code: str) -> Iterator[_Text]:
    for m in picture.milestones.get(action, ()):
        done = f"done {day_words(m.done_on)}" if m.done_on is not None else f"due {day_words(m.due_on)}"
        yield _Text(Hit(Found.MILESTONE, m.ref, m.title, f"{code} · {done}", of=action), m.title, "")


def _update(picture: Picture, u: Update) -> _Text:
    action, by = picture.actions[u.action], picture.name("person", u.by)
    said = " ".join(part for part in (u.words, u.next_step, u.in_the_way, u.help_wanted, u.moved_because) if part)
    note = " · ".join(part for part in (action.code, day_words(u.on), by) if part)
    return _Text(Hit(Found.UPDATE, u.ref, action.title, note, of=action.ref), "", f"{said} {by}", said)


def _kpis(picture: Picture) -> Iterator[_Text]:
    order = _edition_order(picture)
    shown = [k for k in picture.kpis.values() if k.edition in order]
    for k in sorted(shown, key=lambda k: order[k.edition]):
        owner = picture.name("person", k.owner)
        noted = [text for n in picture.notes.get(k.ref, ()) for text in (n.words, n.definition) if text]
        body = " ".join((owner, k.definition or "", k.source or "", k.comparator or "", *noted, _tags(picture, k.tags)))
        yield _Text(
            Hit(Found.KPI, k.ref, k.title, _note(picture, k.edition, k.code, owner)),
            f"{k.code} {k.title}",
            body,
            " · ".join(text for text in (k.definition, *noted) if text),
        )


def _people(picture: Picture) -> Iterator[_Text]:
    actions, kpis = _in_force(picture)
    for p in sorted(picture.people.values(), key=lambda p: p.name):
        mine = [a for a in actions if a.owner == p.ref]
        held = _counted((sum(a.open for a in mine), "open action"), (sum(k.owner == p.ref for k in kpis), "KPI"))
        of = picture.name("organisation", p.organisation) or picture.name("place", p.school)
        job = ", ".join(part for part in (p.job or str(p.role), of) if part)
        known = " ".join((p.job or "", str(p.role), of, p.initials or ""))
        note = " · ".join(part for part in (job, held) if part)
        yield _Text(Hit(Found.PERSON, p.ref, p.name, note, actions=len(mine)), p.name, known)


def _in_force(picture: Picture) -> tuple[tuple[Action, ...], tuple[Kpi, ...]]:
    edition = picture.edition
    return ((), ()) if edition is None else (picture.actions_of(edition.ref), picture.kpis_of(edition.ref))


def _counted(*pairs: tuple[int, str]) -> str:
    """`3 open actions, 1 KPI`; empty for nothing."""
    return ", ".join(f"{n} {what}{'' if n == 1 else 's'}" for n, what in pairs if n)


def _community(picture: Picture) -> Iterator[_Text]:
    actions, _ = _in_force(picture)
    for o in sorted(picture.organisations.values(), key=lambda o: o.name):
        kind = ", ".join(part for part in (o.kind, o.sector) if part)
        mine = sum(a.organisation == o.ref or o.ref in a.supporters for a in actions)
        note = " · ".join(part for part in (kind, _counted((mine, "action"))) if part)
        yield _Text(Hit(Found.ORGANISATION, o.ref, o.name, note, actions=mine), o.name, kind)
    for e in sorted(picture.events.values(), key=lambda e: -e.starts_on.toordinal()):
        names = [picture.name("organisation", ref) for ref in e.organisations]
        names += [picture.name("place", ref) for ref in e.places]
        note = " · ".join(part for part in (day_words(e.starts_on), e.where) if part)
        body = " ".join((e.kind or "", e.where or "", e.note or "", *names, day_words(e.starts_on)))
        yield _Text(Hit(Found.EVENT, e.ref, e.title, note), e.title, body, e.note or "")
    for m in sorted(picture.meetings.values(), key=lambda m: -m.on.toordinal()):
        body = f"{m.kind or ''} {m.note or ''} {day_words(m.on)}"
        yield _Text(Hit(Found.MEETING, m.ref, m.title, day_words(m.on)), m.title, body, m.note or "")
