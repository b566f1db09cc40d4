"""The page behind a personal link, over HTTP: no Streamlit, no account, no script needed. Opening it writes nothing."""

import secrets
import time
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from framework.access import by_link
from framework.access.by_link import Card, FigureCard, Gone, LinkPage, Recorded, Sent, SentAction, SentFigure, Step
from framework.access.throttle import Throttle
from framework.deeds import answering, linking, locking, renewing
from framework.deeds.answering import Answered, key_of, once_of
from framework.deeds.linking import LINK_PATH
from framework.errors import LinkRefused
from framework.kpis.kpi import Kpi, Measure, Value
from framework.kpis.words import with_unit
from framework.people import Act, Person, may
from framework.periods import Period, day_words, local_day
from framework.picture import Picture
from framework.picture.action_story import milestone_words, moves
from framework.picture.answered import answer_words, came_of, needing_a_word
from framework.picture.returns import open_queries
from framework.plans import Action, due_words
from framework.store import links, proposals
from framework.store.links import Link
from framework.where import base_url
from pages import ui_here

LARGEST = 1_000_000  # bytes of a posted form: long texts in any script, which take many bytes on their way
# Guessing a token of 256 bits is hopeless; these keep a broken or hostile program from wearing the server out.
_TRIES = Throttle(most=30, seconds=900)  # of one address, at links that open nothing
_SENDINGS = Throttle(most=60, seconds=900)  # of one link
_AFRESH = Throttle(most=3, seconds=86_400)  # of one link
_NUMBERS = ("", "", "two ", "three ", "four ", "five ", "six ", "seven ", "eight ")


async def show(request: Request) -> Response:
    """The form. Mail scanners open links, so nothing is written here."""
    return await run_in_threadpool(_show, request, request.path_params["token"])


async def send(request: Request) -> Response:
    """What was typed, kept all at once or not at all; then the receipt, or the form with what is wrong."""
    token = request.path_params["token"]
    body = await _body(request)
    if not _same_place(request) or body is None:
        return _gone(Gone("unknown", "The form came from another place, or was too large. Open the link again."), 403)
    return await run_in_threadpool(_send, request, token, by_link.read_form(body))


async def afresh(request: Request) -> Response:
    """A fresh link to the address we have, or a note to the leaders; the answer never tells which."""
    if not _same_place(request):
        return _gone(Gone("unknown", "Open the link again, and ask from its page."), 403)
    return await run_in_threadpool(_afresh, request, request.path_params["token"])


ROUTES = [
    Route(f"{LINK_PATH}{{token}}", show, methods=["GET"]),
    Route(f"{LINK_PATH}{{token}}", send, methods=["POST"]),
    Route(f"{LINK_PATH}{{token}}/afresh", afresh, methods=["POST"]),
]


async def _body(request: Request) -> Mapping[str, Sequence[str]] | None:
    """The posted fields; None when there are too many of them."""
    size = 0
    parts = []
    async for part in request.stream():
        size += len(part)
        if size > LARGEST:
            return None
        parts.append(part)
    try:
        return parse_qs(b"".join(parts).decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=400)
    except ValueError:
        return None


def _same_place(request: Request) -> bool:
    """Whether the form was sent from our own page. Browsers without the header send none, and the link is the key."""
    origin = request.headers.get("origin")
    if origin in (None, "null"):
        # Under the page's own "no-referrer" a browser names no origin; this says the same and no page can forge it.
        return request.headers.get("sec-fetch-site") in (None, "same-origin", "none")
    outside = base_url()
    ours = {request.headers.get("host", ""), *([urlsplit(outside).netloc] if outside else [])}
    return urlsplit(origin).netloc in ours


def _show(request: Request, token: str) -> Response:
    opened = _opened(request, token)
    if isinstance(opened, Response):
        return opened
    link, person, picture = opened
    return _answer(by_link.page(_page(link, person, picture, token)))


def _send(request: Request, token: str, sent: Sent) -> Response:
    opened = _opened(request, token)
    if isinstance(opened, Response):
        return opened
    link, _, picture = opened
    if not _SENDINGS.allows(link.ref, time.monotonic()):
        return _gone(Gone("throttled", "Wait a quarter of an hour. What you typed stays on this phone."), 429)
    try:
        done = answering.answer_by_link(ui_here.store(), token, ui_here.now(), sent)
    except LinkRefused as refusal:
        return _refused(refusal, token)
    if done.problems:
        # Drawn from what stands now, so that the next saving knows what the person has seen.
        again = _opened(request, token)
        if isinstance(again, Response):
            return again
        return _answer(by_link.page(_page(*again, token, sent, done.problems)), 422)
    return _answer(by_link.receipt(_receipt(link, picture, done, token)))


def _afresh(request: Request, token: str) -> Response:
    found = linking.expired_link(ui_here.store(), token, ui_here.now())
    if found is not None and _AFRESH.allows(found[0].ref, time.monotonic()):
        # Never the host that the request names: whoever sends it would say where the fresh link leads.
        base = base_url()
        office = ui_here.mail_server() if base else None
        renewing.renew(ui_here.store(), token, ui_here.now(), base or "", office)
    words = "If the link was a real one, a fresh one is on its way, or the trust has been told that you ask for it."
    return _answer(by_link.asked(words))


def _opened(request: Request, token: str) -> tuple[Link, Person, Picture] | Response:
    """The open link, or the answer that says why it opens nothing."""
    try:
        return linking.open_link(ui_here.store(), token, ui_here.now())
    except LinkRefused as refusal:
        address = request.client.host if request.client else ""
        if refusal.kind == "unknown" and not _TRIES.allows(address, time.monotonic()):
            return _gone(Gone("throttled", "Too many addresses were tried from here. Wait a quarter of an hour."), 429)
        return _refused(refusal, token)


def _refused(refusal: LinkRefused, token: str) -> Response:
    expired = refusal.kind == "expired"
    shown = Gone(refusal.kind, str(refusal), can_ask=expired, ask_url=f"{LINK_PATH}{token}/afresh" if expired else "")  # type: ignore[arg-type]
    return _gone(shown, 410 if refusal.kind != "unknown" else 404)


def _gone(shown: Gone, status: int) -> Response:
    return _answer(by_link.gone(shown), status)


def _answer(html: str, status: int = 200) -> Response:
    return HTMLResponse(html, status_code=status, headers=by_link.headers())


def _page(
    link: Link,
    person: Person,
    picture: Picture,
    token: str,
    sent: Sent | None = None,
    problems: Mapping[str, str] | None = None,
) -> LinkPage:
    """What the page asks: the actions that need a word first, at most as many as one page can hold."""
    store, wrong = ui_here.store(), problems or {}
    made = proposals.of_person(store, person.ref)
    actions = needing_a_word(picture, [picture.actions[ref] for ref in link.actions if ref in picture.actions], person)
    room = max(by_link.MOST_CARDS - len(link.values), 0)
    typed = sent or Sent()
    asked_by = picture.name("person", link.by)
    facts = [
        ("Who asks", ", ".join(part for part in (asked_by, link.words) if part)),
        ("Link works", f"until {day_words(local_day(link.expires_at))}, for you only"),
        ("Who will see", "The trust\N{RIGHT SINGLE QUOTATION MARK}s leaders and the task force, at once, marked "
         "“by link, not yet checked”"),
    ]  # fmt: skip
    nonce = answering.read_once(typed.once)[0] if typed.once else secrets.token_urlsafe(9)
    cards = tuple(_card(picture, a, person, made, typed, wrong) for a in actions[:room])
    figures = tuple(_figure(picture, slot, person, made, typed, wrong) for slot in link.values[: by_link.MOST_CARDS])
    hidden = len(actions) - len(cards)
    closed = [picture.actions[ref] for ref in link.actions if ref in picture.actions and not picture.actions[ref].open]
    after = f"{hidden} more of your actions come here once these are saved." if hidden else ""
    closes = "Save keeps everything on this page. “Done”, new dates and figures wait for a leader to agree."
    asks = len(cards) + sum(not figure.locked or figure.said != SentFigure() for figure in figures)
    return LinkPage(
        title=_title(len(cards), len(figures)),
        action_url=f"{LINK_PATH}{token}",
        once=once_of(nonce, picture.change),
        draft_key=link.ref,
        for_whom=f"For {person.name}",
        lead=_lead(len(cards), len(figures), asks),
        facts=tuple(fact for fact in facts if fact[1]),
        cards=cards,
        figures=figures,
        receipts=tuple(_over(picture, action, person, made) for action in closed),
        problem=wrong.get("", ""),
        banner=_banner(),
        foot=(closes if asks else "", after, picture.edition.title if picture.edition else ""),
    )


def _lead(actions: int, figures: int, asks: int) -> str:
    """`asks`: how many of them can be answered now."""
    if actions:
        return "One tap and a sentence each: two minutes."
    if figures and not asks:
        return "Nothing can be sent just now. Each figure says why, and whom to ask."
    return "Type what you have; leave the rest empty." if figures else "Everything this link asked for is closed."


def _over(picture: Picture, action: Action, person: Person, made: Sequence[proposals.Proposal]) -> Recorded:
    """What came of an action that is closed."""
    settled = [(p.state, p.answer, p.settled_at) for p in made if p.about == action.ref]
    lines = (str(action.status).capitalize(), action.outcome or "", came_of(picture, action, person, settled))
    return Recorded(action.title, tuple(line for line in lines if line))


def _title(actions: int, figures: int) -> str:
    if not actions and not figures:
        return "Nothing more is asked of you"
    if not figures:
        return f"How {'is your action' if actions == 1 else f'are your {_NUMBERS[actions]}actions'} going?"
    return f"Your {_NUMBERS[figures]}figure{'' if figures == 1 else 's'}{', and how it is going' if actions else ''}"


def _banner() -> str:
    sample = ui_here.store().sample_day is not None
    return "Fictional sample: these people and schools are invented." if sample else ""


def _card(
    picture: Picture,
    action: Action,
    person: Person,
    made: Sequence[proposals.Proposal],
    typed: Sent,
    wrong: Mapping[str, str],
) -> Card:
    signals, updates = picture.signals(action), picture.updates.get(action.ref, ())
    due = due_words(action, picture.calendar, picture.on)
    quiet = next((words for words in signals.words if words.startswith("no word")), "")
    headline = f"Gone quiet: {quiet}" if quiet and not signals.late else due[:1].upper() + due[1:]
    moved = len(moves(action, updates))
    often = {0: "", 1: ", moved once", 2: ", moved twice"}.get(moved, f", moved {moved} times")
    was = f"Was due {day_words(action.due_on)}" if signals.late else f"Due {day_words(action.due_on)}"
    last = updates[-1] if updates else None
    settled = [p for p in made if p.about == action.ref]
    return Card(
        ref=action.ref,
        title=action.title,
        due=headline,
        due_note=was + often,
        last_words=last.words if last else "",
        last_by=answer_words(picture, last, person) if last else "",
        came_of=came_of(picture, action, person, [(p.state, p.answer, p.settled_at) for p in settled]),
        milestones=tuple(
            Step(m.ref, m.title, milestone_words(m, picture.calendar, picture.on))
            for m in picture.milestones.get(action.ref, ())
            if m.done_on is None
        ),
        said=typed.actions.get(action.ref, SentAction()),
        problem=wrong.get(action.ref, ""),
    )


def _figure(
    picture: Picture,
    slot: links.Slot,
    person: Person,
    made: Sequence[proposals.Proposal],
    typed: Sent,
    wrong: Mapping[str, str],
) -> FigureCard:
    kpi, place, period = picture.kpis[slot[0]], slot[1], Period.parse(slot[2])
    stands = next((v for v in picture.series(kpi.ref, place) if v.period == period), None)
    key = key_of(slot)
    # A leader may send it all the same, and is told of the reason that it needs when they do.
    leads = may(person, Act.CONVENE)
    locked = "" if leads else locking.why_locked(ui_here.store(), picture, person, period, place)
    return FigureCard(
        key=key,
        title=kpi.title,
        what=kpi.definition or "",
        for_words=f"{period.words} · {picture.name('place', place)}",
        share=kpi.measure in (Measure.PERCENTAGE, Measure.RATE),
        unit=kpi.unit or "",
        stands=_stands(kpi, stands),
        query=_query(picture, slot) or _declined(slot, made),
        locked=locked,
        said=typed.figures.get(key, SentFigure()),
        problem=wrong.get(key, ""),
    )


def _stands(kpi: Kpi, value: Value | None) -> str:
    if value is None or value.number is None:
        return ""
    when = f", sent on {day_words(local_day(value.recorded_at), weekday=False)}" if value.recorded_at else ""
    return f"{with_unit(kpi, value.number)}{when}"


def _query(picture: Picture, slot: links.Slot) -> str:
    asked = [q for q in open_queries(picture) if (q.kpi, q.place, q.period.code) == slot]
    return asked[-1].words if asked else ""


def _declined(slot: links.Slot, made: Sequence[proposals.Proposal]) -> str:
    """What a leader said to the last figure sent for it, when they did not take it."""
    sent = [p for p in made if (p.about, p.data.get("place"), p.data.get("period")) == slot]
    return sent[-1].answer if sent and sent[-1].state is proposals.State.DECLINED else ""


def _receipt(link: Link, picture: Picture, done: Answered, token: str) -> by_link.Receipt:
    titles = {ref: action.title for ref, action in picture.actions.items()}
    titles |= {key_of(slot): f"{picture.kpis[slot[0]].title}, {Period.parse(slot[2]).words}" for slot in link.values}
    who = picture.name("person", link.by) or "a trust leader"
    return by_link.Receipt(
        title="Saved. Thank you.",
        recorded=tuple(Recorded(titles[one.row], one.recorded) for one in done.told if one.recorded),
        draft_key=link.ref,
        who_sees="The trust\N{RIGHT SINGLE QUOTATION MARK}s leaders and the task force, at once, marked “by link, not "
        "yet checked”.",
        how_to_change=f"Open the same link until {day_words(local_day(link.expires_at))} and say it anew: "
        "both words are kept.",
        waiting=tuple(f"{titles[one.row]}: {words}. {who} looks at it." for one in done.told for words in one.waits),
        back_url=f"{LINK_PATH}{token}",
        banner=_banner(),
    )
