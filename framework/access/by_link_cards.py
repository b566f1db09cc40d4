"""One card of the page behind a personal link: an action to say a word on, or a value to send."""

from dataclasses import dataclass, field

from framework.access.by_link_form import CHOICES, SentAction, SentFigure, field_name
from framework.access.by_link_look import attr, esc, heading
from framework.plans import MoveReason

MOST_QUOTED = 160  # characters of what was said before; the page has 30 kB for everything


@dataclass(frozen=True)
class Step:
    """A milestone not yet reached."""

    ref: str
    title: str
    due: str  # in words
    ticked: bool = False


@dataclass(frozen=True)
class Card:
    """One action, everything in words; "" leaves a line out."""

    ref: str
    title: str
    due: str  # 24 days late · Due in 9 school days · Gone quiet: no word for 52 school days
    due_note: str = ""  # Was due Mon 19 Oct 2026, moved twice
    last_words: str = ""
    last_by: str = ""  # You, Tue 22 Sep 2026 · Stuck
    came_of: str = ""  # what came of it
    milestones: tuple[Step, ...] = ()
    said: SentAction = field(default_factory=SentAction)  # what was typed, when the form comes back
    problem: str = ""


@dataclass(frozen=True)
class FigureCard:
    """One value to send."""

    key: str
    title: str
    what: str  # the definition, in a sentence
    for_words: str  # Autumn 1, 2026/27 · Hazel Grange Primary
    share: bool = False  # asks how many, and out of how many; else for one number
    unit: str = ""
    stands: str = ""  # 91.2 %, sent on 3 Nov
    query: str = ""  # a question asked about it
    locked: str = ""  # why it cannot be sent, and whom to ask
    said: SentFigure = field(default_factory=SentFigure)
    problem: str = ""


def first_field(number: int) -> str:
    """The id of a card's first field, which the list of problems leads to."""
    return f"r{number}"


def action_card(card: Card, number: int) -> str:
    said, quoted = card.said, ""
    if card.last_words:
        quoted = f"<p>“{esc(_cut(card.last_words))}”</p>"
    if card.last_by:
        quoted += f"<p class=q>{esc(card.last_by)}</p>"
    if card.came_of:
        quoted += f"<p>What came of it: {esc(_cut(card.came_of))}</p>"

    def box(part: str, label: str, text: str, shown: str = "") -> str:
        name = attr(field_name(card.ref, part))
        # A blank placeholder lets the style see whether anything stands in the box.
        blank = ' placeholder=" "' if shown else ""
        return f'<label class="t{shown}"><b>{label}</b><textarea name={name}{blank}>{_area(text)}</textarea></label>'

    words = attr(field_name(card.ref, "words"))
    return _section(
        number,
        card.title,
        f"<p><b>{esc(card.due)}</b></p>",
        _quiet(card.due_note),
        f"<blockquote>{quoted}</blockquote>" if quoted else "",
        _problem(card.problem, number),
        _choices(card, number),
        f"<label class=t><b id=w{number}>What happened?</b> <i>A sentence is enough</i>"
        f'<textarea name={words} aria-labelledby="w{number} h{number}">{_area(said.words)}</textarea>'
        "</label>",
        box("help", "What would help?", said.help_wanted, " s"),
        box("changed", "What changed?", said.outcome, " d"),
        f'<label class="t d"><b>Where can it be seen?</b> <i>A link, if there is one</i>'
        f'<input name={attr(field_name(card.ref, "seen"))} inputmode=url placeholder=" "{_typed(said.evidence)}>'
        "</label>",
        _more(card, box("next", "What is next?", said.next_step)),
    )


def figure_card(card: FigureCard, number: int) -> str:
    """Of a locked one the sentence that says why stands in place of its boxes, unless something was typed already."""
    shut = bool(card.locked) and card.said == SentFigure()
    return _section(
        number,
        card.title,
        f"<p><b>{esc(card.for_words)}</b></p>",
        _quiet(card.what),
        _quiet(f"Sent so far: {card.stands}" if card.stands else ""),
        f"<blockquote><p class=q>We were asked about this</p><p>{esc(card.query)}</p></blockquote>"
        if card.query
        else "",
        _problem(card.problem, number),
        f"<p class=t><b>Locked.</b> {esc(card.locked)}</p>" if shut else _boxes(card, number),
        save=not shut,
    )


def _boxes(card: FigureCard, number: int) -> str:
    said, key = card.said, card.key
    if card.share:
        asked = (
            f"<div class=p>{_number(key, 'count', 'How many', said.numerator, number, card.problem)}"
            f"{_number(key, 'of', 'Out of how many', said.denominator, number, card.problem, first=False)}</div>"
        )
    else:
        label = f"Value ({card.unit})" if card.unit else "Value"
        asked = _number(key, "number", label, said.number, number, card.problem)
    return (
        (_quiet("Empty its boxes to save the rest of this page.") if card.locked else "")
        + asked
        + "<label class=t><b>Anything we should know?</b>"
        f"<textarea name={attr(field_name(key, 'note'))} rows=1>{_area(said.note)}</textarea></label>"
    )


def _section(number: int, title: str, *parts: str, save: bool = True) -> str:
    return (
        f"<section id=c{number} aria-labelledby=h{number}><h2 id=h{number}>{heading(title)}</h2>"
        f"{''.join(parts)}{'<button>Save</button>' if save else ''}</section>"
    )


def _choices(card: Card, number: int) -> str:
    name = attr(field_name(card.ref, "say"))
    labels = "".join(
        f"<label><input type=radio name={name} value={attr(value)}"
        f"{f' id={first_field(number)}' if place == 0 and card.problem else ''}"
        f"{' checked' if value == card.said.choice else ''}><span>{words}</span></label>"
        for place, (value, words) in enumerate(CHOICES)
    )
    wrong = f" aria-invalid=true aria-describedby=e{number}" if card.problem else ""
    return (
        f'<fieldset role=radiogroup aria-labelledby="q{number} h{number}"{wrong}>'
        f"<legend id=q{number}>How is it going?</legend>{labels}</fieldset>"
    )


def _more(card: Card, next_step: str) -> str:
    """What is seldom said: closed until it is wanted, open when something stands in it."""
    said = card.said
    ticked = {step.ref for step in card.milestones if step.ticked} | set(said.ticked)
    tick = attr(field_name(card.ref, "tick"))
    steps = "".join(
        f"<label><input type=checkbox name={tick} value={attr(step.ref)}"
        f"{' checked' if step.ref in ticked else ''}>{esc(step.title)} <i>{esc(step.due)}</i></label>"
        for step in card.milestones
    )
    # An option's words are its value; its closing tag may be left out.
    reasons = "".join(
        f"<option{' selected' if reason == said.moved_for else ''}>{esc(reason)}" for reason in MoveReason
    )
    filled = said.next_step or said.new_due or said.moved_for or ticked
    return (
        f"<details{' open' if filled else ''}><summary>More: a new date, milestones, what is next</summary>"
        f"<label class=t><b>New date</b>"
        f"<input type=date name={attr(field_name(card.ref, 'due'))}{_typed(said.new_due)}></label>"
        f"<label class=t><b>Why it moves</b><select name={attr(field_name(card.ref, 'why'))}>"
        f"<option value>Choose a reason{reasons}</select></label>"
        + (f"<fieldset class=m><legend>Milestones reached</legend>{steps}</fieldset>" if steps else "")
        + f"{next_step}</details>"
    )


def _number(key: str, part: str, label: str, typed: str, number: int, problem: str, *, first: bool = True) -> str:
    wrong = f" aria-invalid=true aria-describedby=e{number}" if problem else ""
    anchor = f" id={first_field(number)}" if problem and first else ""
    return (
        f"<label class=t><b>{esc(label)}</b>"
        f"<input name={attr(field_name(key, part))} inputmode=decimal autocomplete=off"
        f"{_typed(typed)}{anchor}{wrong}></label>"
    )


def _problem(words: str, number: int) -> str:
    return f"<p class=e id=e{number}>To put right: {esc(words)}</p>" if words else ""


def _quiet(words: str) -> str:
    return f"<p class=q>{esc(words)}</p>" if words else ""


def _typed(text: str) -> str:
    return f" value={attr(text)}" if text else ""


def _area(text: str) -> str:
    # A browser drops the first line break inside a text box.
    return f"\n{esc(text)}" if text.startswith("\n") else esc(text)


def _cut(words: str) -> str:
    """At most MOST_QUOTED characters, cut between words where there are any."""
    if len(words) <= MOST_QUOTED:
        return words
    return f"{words[:MOST_QUOTED].rsplit(None, 1)[0]} …"
