"""What a message to one person says: what is asked, why, and where to answer. Plain text, fit for a phone."""

from collections.abc import Sequence
from datetime import date

from framework.periods import Period, day_words
from framework.picture.chasing import Reason, counted, due_a_word, nobody_to_ask
from framework.picture.reporting import due_on
from framework.picture.returns import open_queries
from framework.picture.shape import Picture

Slot = tuple[str, str, str]  # refs of a KPI and a place, code of a period
BY_ITSELF = "This message goes out by itself, on Mondays in term time."


def subject_of(actions: int, values: int) -> str:
    """What a message about so many actions and figures is called."""
    if actions and values:
        return f"A word on {_count(actions, 'action')} and {_count(values, 'figure')}"
    if values:
        return f"{_count(values, 'figure').capitalize()} {'is' if values == 1 else 'are'} due"
    return "How is your action going?" if actions == 1 else f"How are your {actions} actions going?"


def text_of(
    picture: Picture,
    *,
    to: str,
    by: str,
    actions: Sequence[Reason] = (),
    values: Sequence[Slot] = (),
    words: str = "",
    url: str = "",
    until: date | None = None,
    end: str = "",
) -> str:
    """The whole message.

    to, by  names; `by` empty: nobody signs
    words   the leader's own, said first
    url     the person's own link; empty: there is none, they answer as `words` say
    end     what is said at the end besides
    """
    parts = [f"Dear {to},", words, *_about_actions(actions), *_about_values(picture, values)]
    if url:
        works = "" if until is None else f" It works until {_day(until)}"
        parts.append(
            f"Your own link, no account needed:\n{url}\n{works.strip()}{' and is' if works else 'It is'} for you alone."
        )
    parts += [f"With thanks,\n{by}" if by else "", end]
    return "\n\n".join(part for part in parts if part)


def summary_of(
    picture: Picture,
    edition: str,
    *,
    asked: int,
    unreached: Sequence[tuple[str, str]],
    proposals: int,
    unchecked: int,
    url: str,
) -> str:
    """What leaders are told on a Monday: what needs a word, who was asked and who could not be, what waits for them.

    unreached  names, each with why their message did not go out
    unchecked  words that came by link and that nobody has looked at
    url        where to go on
    """
    reasons = [reason for one in due_a_word(picture, edition, always=True) for reason in one.actions]
    alone = nobody_to_ask(picture, edition)
    actions = [reason.action for reason in reasons] + [one.action for one in alone]
    waits = [_count(n, what) for n, what in ((proposals, "proposal"), (unchecked, "word by link")) if n]
    lines = (
        f"{_count(len(actions), 'action')} to have a word on: {counted(picture, actions)}." if actions else "",
        f"{_count(asked, 'owner')} asked this morning." if asked else "",
        *(f"Not asked: {name}, {why}." for name, why in unreached),
        *(f"Nobody to ask about {one.action.code} {one.action.title}: {one.nobody}." for one in alone),
        f"To check: {' and '.join(waits)}." if waits else "",
    )
    return "\n".join([*(_plain(line[:1].upper() + line[1:]) for line in lines if line), url])


def _about_actions(actions: Sequence[Reason]) -> list[str]:
    if not actions:
        return []
    one = len(actions) == 1
    asked = "How is this action going?" if one else f"How are these {len(actions)} actions going?"
    listed = "\n".join(f"- {a.code} {a.title}" + (f": {_plain(why)}" if why else "") for a, why in actions)
    return [
        f"{asked} One tap and a sentence {'is' if one else 'each are'} enough. “Nothing new” is an answer too.",
        listed,
    ]


def _about_values(picture: Picture, values: Sequence[Slot]) -> list[str]:
    if not values:
        return []
    asked = "This figure is" if len(values) == 1 else f"These {len(values)} figures are"
    return [f"{asked} asked of you:", "\n".join(f"- {slot_words(picture, slot)}" for slot in values)]


def slot_words(picture: Picture, slot: Slot) -> str:
    """`K-A02 Persistent absence, Hazel Grange Primary, Autumn 1, 2026/27: due on Fri 6 Nov 2026`, or what is asked."""
    kpi, place, period = picture.kpis.get(slot[0]), picture.places.get(slot[1]), Period.parse(slot[2])
    named = f"{kpi.code} {kpi.title}" if kpi is not None else picture.name("kpi", slot[0])
    said = f"{named}, {picture.name('place', slot[1])}, {period.words}"
    asked = [q for q in open_queries(picture) if (q.kpi, q.place, q.period.code) == slot]
    if asked:
        return f"{said}: {asked[-1].words}"
    due = None if kpi is None or place is None else due_on(picture, kpi, period, place)
    return said if due is None else f"{said}: {'was ' * (due < picture.on)}due on {_day(due)}"


def _plain(text: str) -> str:
    """Mail programs show no-break spaces as they please."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _day(day: date) -> str:
    return _plain(day_words(day))


def _count(number: int, what: str) -> str:
    """`one action`, `3 actions`, `2 words by link`."""
    first, _, rest = what.partition(" ")
    return f"one {what}" if number == 1 else f"{number} {first}s {rest}".strip()
