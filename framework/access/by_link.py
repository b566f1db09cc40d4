"""The page behind a personal link: one HTML page, at most 30 kB with eight cards, that needs no account and no script.

Words in, markup out; it decides nothing and writes nothing. Every text is escaped here, whoever wrote it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from framework.access.by_link_cards import Card, FigureCard, Step, action_card, figure_card, first_field
from framework.access.by_link_form import CHOICES, ONCE, Sent, SentAction, SentFigure, read_form
from framework.access.by_link_look import document, esc, headers, heading

__all__ = [
    "CHOICES",
    "MOST_CARDS",
    "Card",
    "FigureCard",
    "Gone",
    "LinkPage",
    "Receipt",
    "Recorded",
    "Sent",
    "SentAction",
    "SentFigure",
    "Step",
    "asked",
    "gone",
    "headers",
    "page",
    "read_form",
    "receipt",
]

MOST_CARDS = 8  # so many fit into 30 kB


@dataclass(frozen=True)
class Recorded:
    """What was recorded of one card, a line each."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class LinkPage:
    """What the page asks of one person; "" leaves a line out."""

    title: str  # How are your three actions going?
    action_url: str  # where the form is sent
    once: str  # the same for every repeat of one Save
    draft_key: str  # what the browser keeps unsent words under; never the link's token
    for_whom: str = ""  # For the Volunteer centre lead
    lead: str = ""  # One tap and a sentence each: two minutes.
    facts: tuple[tuple[str, str], ...] = ()  # (Who asks, …), (Link works, …), (Who will see, …)
    cards: tuple[Card, ...] = ()
    figures: tuple[FigureCard, ...] = ()
    receipts: tuple[Recorded, ...] = ()  # what was recorded last time
    problem: str = ""  # about the whole form, when it comes back
    banner: str = ""  # Fictional sample: these people and schools are invented.
    foot: tuple[str, ...] = ()  # the last line is quiet


@dataclass(frozen=True)
class Receipt:
    """What became of what was sent."""

    title: str  # Saved. Thank you.
    recorded: tuple[Recorded, ...]
    draft_key: str  # what the browser kept under it is let go
    who_sees: str
    how_to_change: str
    waiting: tuple[str, ...] = ()  # what waits for a leader
    back_url: str = ""
    back_words: str = "Back to the page"
    banner: str = ""
    foot: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gone:
    """A link that opens nothing. Nothing here may tell whose it was or what it showed."""

    kind: Literal["expired", "revoked", "left", "unknown", "throttled"]
    words: str
    can_ask: bool = False  # whether a fresh link can be sent
    ask_url: str = ""
    banner: str = ""
    foot: tuple[str, ...] = ()


_GONE = {
    "expired": "This link has ended",
    "revoked": "This link was withdrawn",
    "left": "This link was withdrawn",
    "unknown": "This link does not work",
    "throttled": "Too many tries for now",
}


def page(shown: LinkPage) -> str:
    """The form. Cards with a problem are listed on top, where the focus is put."""
    every: tuple[Card | FigureCard, ...] = (*shown.cards, *shown.figures)
    numbered = list(enumerate(every))
    cards = "".join(action_card(c, n) if isinstance(c, Card) else figure_card(c, n) for n, c in numbered)
    main = (
        _head(shown.title, shown.for_whom, shown.lead)
        + _problems(shown.problem, [(n, card.title, card.problem) for n, card in numbered if card.problem])
        + _facts(shown.facts)
        + _last_time(shown.receipts)
        + f'<form name=words method=post action="{esc(shown.action_url)}">'
        f'<input type=hidden name={ONCE} value="{esc(shown.once)}">{cards}</form>'
        "<p id=said role=status></p>"
    )
    return document(shown.title, main, banner=shown.banner, foot=shown.foot, kind="form", draft_key=shown.draft_key)


def receipt(shown: Receipt) -> str:
    """What was recorded, who will see it and how to change it."""
    cards = "".join(f"<section><h2>{heading(one.title)}</h2>{_lines(one.lines)}</section>" for one in shown.recorded)
    waits = f"<section><h2>Waits for a leader</h2>{_list(shown.waiting)}</section>" if shown.waiting else ""
    back = f'<p><a href="{esc(shown.back_url)}">{esc(shown.back_words)}</a></p>' if shown.back_url else ""
    facts = tuple(fact for fact in (("Who will see", shown.who_sees), ("To change it", shown.how_to_change)) if fact[1])
    main = f"{_head(shown.title, focus=True)}{_facts(facts)}{cards}{waits}{back}"
    return document(shown.title, main, banner=shown.banner, foot=shown.foot, kind="receipt", draft_key=shown.draft_key)


def gone(shown: Gone) -> str:
    """A link that opens nothing, and, where it may be asked for, one button that sends a fresh one."""
    ask = (
        f'<form method=post action="{esc(shown.ask_url)}"><button>Send a fresh link to the same address</button></form>'
        "<p class=q>It goes to the address the first one was sent to. We do not show that address here.</p>"
        if shown.can_ask
        else ""
    )
    title = _GONE[shown.kind]
    main = f"{_head(title)}<p>{esc(shown.words)}</p>{ask}"
    return document(title, main, banner=shown.banner, foot=shown.foot, kind="other")


def asked(words: str, *, banner: str = "", foot: tuple[str, ...] = ()) -> str:
    """The answer to asking for a fresh link; the same whether or not one was sent."""
    title = "Thank you"
    main = f"{_head(title, focus=True)}<p>{esc(words)}</p>"
    return document(title, main, banner=banner, foot=foot, kind="other")


def _head(title: str, above: str = "", below: str = "", *, focus: bool = False) -> str:
    focused = " tabindex=-1 autofocus" if focus else ""
    return (
        (f"<p class=q>{esc(above)}</p>" if above else "")
        + f"<h1{focused}>{heading(title)}</h1>"
        + (f"<p>{esc(below)}</p>" if below else "")
    )


def _problems(whole: str, of_cards: Sequence[tuple[int, str, str]]) -> str:
    if not whole and not of_cards:
        return ""
    links = "".join(
        f"<li><a href=#{first_field(number)}>{esc(title)}</a>: {esc(words)}" for number, title, words in of_cards
    )
    said = whole or "Nothing was saved yet. What you typed is still here."
    return (
        f"<div class=wrong role=alert tabindex=-1 autofocus><p><b>{esc(said)}</b></p>"
        + (f"<ul>{links}</ul>" if links else "")
        + "</div>"
    )


def _facts(facts: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f"<div><dt>{esc(name)}<dd>{esc(words)}</div>" for name, words in facts)
    return f"<dl>{rows}</dl>" if rows else ""


def _last_time(receipts: Sequence[Recorded]) -> str:
    said = "".join(f"<p><b>{esc(one.title)}</b></p>{_lines(one.lines)}" for one in receipts)
    return f"<section><h2>What you told us last time</h2>{said}</section>" if said else ""


def _lines(lines: Sequence[str]) -> str:
    return "".join(f"<p>{esc(line)}</p>" for line in lines)


def _list(items: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{esc(item)}" for item in items) + "</ul>"
