"""Whom to ask for a word and why: the list, and the links, askings and digests so far."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from framework.deeds import linking
from framework.deeds.digest import switch_digest
from framework.errors import Refused
from framework.people import Act, Person, may
from framework.periods import LONDON, day_words, local_day
from framework.picture import Picture
from framework.picture.asking import slot_words
from framework.picture.chasing import Reason, counted, due_a_word, is_school_day, nobody_to_ask
from framework.plans import due_words
from framework.store.asked import fresh_links_wanted, last_asked
from framework.store.askings import AskedFor, Asking, How, askings
from framework.store.links import Link, all_links
from framework.where import base_url
from pages import ui
from pages.ui_chase_message import office, said, tell
from pages.ui_preview import by_label

NEWEST = 50  # askings that are shown
# Whether a message that was opened in a mail program went out, nobody here knows; nor where a copied link went.
HOW = {
    How.SENT: "sent by mail",
    How.MAIL_PROGRAM: "opened in a mail program",
    How.COPIED: "link copied",
    How.FILE: "taken as a file",
    How.BY_LINK: "asked on the link\N{RIGHT SINGLE QUOTATION MARK}s page",
}


@dataclass(frozen=True)
class Row:
    """Someone to write to. `wish`: they asked for a fresh link, in place of one that has expired."""

    person: Person
    actions: tuple[Reason, ...]
    wish: Asking | None = None


def rows(picture: Picture, named: str) -> list[Row]:
    """Whom to write to: who asked for a fresh link, whoever the address names, then who is due a word.

    In the holidays that is nobody, unless somebody asks to see them.
    """
    assert picture.edition is not None
    always = is_school_day(picture.calendar, picture.on) or _all_the_same(picture)
    due = {one.person.ref: one.actions for one in due_a_word(picture, picture.edition.ref, always=always)}
    wishes = {one.person: one for one in fresh_links_wanted(askings(ui.store()))}
    found = []
    for ref in dict.fromkeys((*wishes, named, *due)):
        person = picture.people.get(ref)
        if person is not None and person.here_on(picture.on):
            wish = wishes.get(ref)
            actions = due.get(ref, ()) or (() if wish else _of_theirs(picture, person))
            found.append(Row(person, (*actions, *_wished(picture, wish, actions)), wish))
    return found


def _wished(picture: Picture, wish: Asking | None, already: Sequence[Reason]) -> tuple[Reason, ...]:
    """The open actions of an expired link, but for those that are asked about anyway."""
    refs = [] if wish is None else [ref for ref in wish.actions if all(ref != a.ref for a, _ in already)]
    wanted = [picture.actions[ref] for ref in refs if ref in picture.actions and picture.actions[ref].open]
    return tuple(Reason(a, due_words(a, picture.calendar, picture.on)) for a in wanted)


def _all_the_same(picture: Picture) -> bool:
    ui.words(f"{day_words(picture.on)} is no school day, and nobody is chased in the holidays.")
    return st.checkbox("Show whom to ask all the same", key="chase_always")


def _of_theirs(picture: Picture, person: Person) -> tuple[Reason, ...]:
    """Every open action of someone who need not be asked."""
    assert picture.edition is not None
    own = (a for a in picture.actions_of(picture.edition.ref) if a.open and a.owner == person.ref)
    return tuple(Reason(a, due_words(a, picture.calendar, picture.on)) for a in own)


def listed(picture: Picture, found: Sequence[Row], by: Person) -> None:
    """The list: who, about what and why, and when they were asked last. Whoever looks at it says their own word."""
    last = last_asked(askings(ui.store()))
    columns = (ui.Column("Who", width="24%"), ui.Column("About"), ui.Column("Last asked", width="22%"))
    ui.table(
        columns,
        [
            (
                _who(picture, row),
                _what(picture, row),
                _last(last.get(row.person.ref)) if row.person.ref != by.ref else ui.link("Say how they go", "my"),
            )
            for row in found
        ],
        caption="Whom to ask for a word, the most pressing first",
        key="chase",
        empty="Nobody needs asking today: no action is late, silent or blocked without a new word on it.",
    )


def summary(picture: Picture, found: Sequence[Row]) -> str:
    """`9 people are due a word on 11 actions: 5 late · 4 gone quiet`; empty for nobody."""
    assert picture.edition is not None
    due = due_a_word(picture, picture.edition.ref, always=True)
    actions = [a for one in due if any(row.person.ref == one.person.ref for row in found) for a, _ in one.actions]
    if not actions:
        return ""
    people = sum(any(row.person.ref == one.person.ref for row in found) for one in due)
    who = "One person owes" if people == 1 else f"{people} people owe"
    what = "one action" if len(actions) == 1 else f"{len(actions)} actions"
    return f"{who} a word on {what}: {counted(picture, actions)}."


def names(picture: Picture, found: Sequence[Row]) -> dict[str, str]:
    """What each person is called in a list to choose from: two of one name are told apart."""
    alike = Counter(row.person.name for row in found)
    told = ((_told(picture, row.person) if alike[row.person.name] > 1 else row.person.name, row) for row in found)
    return {row.person.ref: ui.plain(name) for name, row in by_label(told).items()}


def _told(picture: Picture, person: Person) -> str:
    return ", ".join(part for part in (person.name, _post(picture, person)) if part)


def _post(picture: Picture, person: Person) -> str:
    return person.job or picture.name("organisation", person.organisation)


def _who(picture: Picture, row: Row) -> ui.Html:
    return ui.lines(ui.strong(row.person.name), ui.small(_post(picture, row.person)))


def _what(picture: Picture, row: Row) -> ui.Html:
    lines: list[object] = []
    if row.wish is not None:
        lines.append(f"Asked for a fresh link on {day_words(local_day(row.wish.at), weekday=False)}.")
        lines += [slot_words(picture, slot) for slot in row.wish.values]
    for action, why in row.actions:
        name = ui.join(ui.small(action.code), ui.link(action.title, "action", ref=action.ref), by=" ")
        lines.append(ui.join(name, ui.small(why), by=": "))
    return ui.lines(*lines) if lines else ui.small("No open action is theirs.")


def _last(asking: Asking | None) -> object:
    if asking is None:
        return ui.small("not yet")
    return ui.lines(day_words(local_day(asking.at), weekday=False), ui.small(_how(asking)))


def _how(asking: Asking) -> str:
    return "Monday digest" if asking.kind is AskedFor.DIGEST else HOW[asking.how]


def nobody(picture: Picture) -> None:
    """The actions that need a word and have nobody who could give it."""
    assert picture.edition is not None
    alone = nobody_to_ask(picture, picture.edition.ref)
    if not alone:
        return
    ui.section("Nobody to ask", "Give these to someone who is here.")
    rows = [
        (
            ui.join(ui.small(one.action.code), ui.link(one.action.title, "action", ref=one.action.ref), by=" "),
            one.nobody,
            one.why,
        )
        for one in alone
    ]
    columns = (ui.Column("Action", width="46%"), ui.Column("Owner"), ui.Column("Why a word is wanted"))
    ui.table(columns, rows, caption="Actions that nobody can be asked about", key="chase_alone")


def links(picture: Picture, by: Person) -> None:
    """The links that open something now, and a way to shut one."""
    now = ui.now()
    open_ = [one for one in all_links(ui.store()) if one.open_at(now)]
    told = {one.link for one in askings(ui.store())}
    with st.expander(f"Links in force ({len(open_)})", key="chase_links"):
        columns = (
            ui.Column("For whom", width="24%"),
            ui.Column("For what"),
            ui.Column("Made", width="22%"),
            ui.Column("Until", width="16%"),
        )
        nothing = (
            "No link is open. Each message makes one of its own, for the named rows alone, and it shuts by itself."
        )
        rows = [
            (
                picture.name("person", one.person),
                _for_what(picture, one),
                ui.lines(
                    day_words(local_day(one.made_at), weekday=False),
                    ui.small(_maker(picture, one)),
                    "" if one.ref in told else ui.small("not passed on from here"),
                ),
                day_words(local_day(one.expires_at), weekday=False),
            )
            for one in open_
        ]
        ui.table(columns, rows, caption="Links in force, newest first", key="chase_links_open", empty=nothing)
        said("links")
        if open_ and may(by, Act.CHASE):
            _revoking(picture, {one.ref: one for one in open_})


def _revoking(picture: Picture, open_: Mapping[str, Link]) -> None:
    def named(one: Link) -> str:
        made = one.made_at.astimezone(LONDON)
        return f"{picture.name('person', one.person)}, made {day_words(made.date(), weekday=False)} at {made:%H:%M}"

    labels = {one.ref: label for label, one in by_label((named(one), one) for one in open_.values()).items()}
    chosen = st.selectbox(
        "A link to shut", list(open_), None, labels.__getitem__, key="chase_shut", placeholder="Choose …"
    )

    def shut() -> None:
        ref = str(st.session_state["chase_shut"])
        try:
            linking.revoke_link(ui.store(), by=ui.person(), now=ui.now(), link=ref)
        except Refused as refusal:
            tell("links", refusal)
        else:
            tell("links", f"Shut: the link of {picture.name('person', open_[ref].person)} opens nothing now.")
        st.session_state["chase_shut"] = None

    st.button("Shut this link", on_click=shut, disabled=chosen is None)


def _for_what(picture: Picture, link: Link) -> ui.Html:
    codes = ", ".join(picture.actions[ref].code for ref in link.actions if ref in picture.actions)
    return ui.lines(codes, *(slot_words(picture, slot) for slot in link.values))


def _maker(picture: Picture, link: Link) -> str:
    return f"by {picture.name('person', link.by)}" if link.by else "by itself"


def log(picture: Picture) -> None:
    """Who was asked when, how and by whom; newest first."""
    found = askings(ui.store())
    with st.expander(f"Who was asked ({len(found)})", key="chase_log"):
        rows = [_asked(picture, one) for one in found[:NEWEST]]
        columns = (
            ui.Column("Whom", width="22%"),
            ui.Column("When", width="18%"),
            ui.Column("About"),
            ui.Column("How", width="30%"),
        )
        nothing = "Nobody was asked yet. Whatever you open, take as a file or send is written down here."
        ui.table(columns, rows, caption="Who was asked, newest first", key="chase_asked", empty=nothing)


def _asked(picture: Picture, one: Asking) -> tuple[object, ...]:
    at = one.at.astimezone(LONDON)
    codes = ", ".join(picture.actions[ref].code for ref in one.actions if ref in picture.actions)
    figures = f"{len(one.values)} figure{'' if len(one.values) == 1 else 's'}" if one.values else ""
    by = f"by {picture.name('person', one.by)}" if one.by else ""
    failed = f"Did not go out: {one.outcome}" if one.outcome else ""
    return (
        picture.name("person", one.person),
        ui.lines(day_words(at.date(), weekday=False), ui.small(f"{at:%H:%M}")),
        ui.lines(codes, figures) or ui.small("how the plan stands"),
        ui.lines(_how(one), ui.small(by), failed),
    )


def digest(picture: Picture) -> None:
    """Whether the Monday digest goes out, what it lacks, and the switch."""
    on = picture.settings.monday_digest
    told = "Each Monday of term, from 07:00, everyone who owes a word is asked by mail, and leaders read how it stands."
    ui.section("Monday digest", told)
    lacks = [
        "a mail server (SMTP_HOST and SMTP_FROM)" if office() is None else "",
        "the address of this site (BASE_URL)" if base_url() is None else "",
    ]
    st.toggle("Send the Monday digest", on, key="chase_digest", on_change=_switch)
    said("digest")
    if ui.store().sample_day is not None:
        ui.quiet("In this sample it never goes out: its addresses are nobody\N{RIGHT SINGLE QUOTATION MARK}s.")
    elif any(lacks):
        ui.quiet(f"Before it can go out it needs {' and '.join(part for part in lacks if part)}.")


def _switch() -> None:
    on = bool(st.session_state["chase_digest"])
    try:
        switch_digest(ui.store(), by=ui.person(), now=ui.now(), on=on)
    except Refused as refusal:
        tell("digest", refusal)
    else:
        tell("digest", f"The Monday digest is switched {'on' if on else 'off'}.")
