"""Who is named in an owner's cell: people, roles and groups. Nobody is ever merged with, or made, by a reading."""

import re
from functools import lru_cache

from framework.text import clean
from framework.workbook.readings.plain import plain
from framework.workbook.readings.shape import Certainty, Reading

ROLES = {
    "ht": "Headteacher",
    "eht": "Executive headteacher",
    "dht": "Deputy headteacher",
    "aht": "Assistant headteacher",
    "hos": "Head of school",
    "slt": "Senior leadership team",
    "senco": "Special educational needs coordinator",
    "sendco": "Special educational needs coordinator",
    "dsl": "Designated safeguarding lead",
    "ddsl": "Deputy designated safeguarding lead",
    "ceo": "Chief executive officer",
    "coo": "Chief operating officer",
    "cfo": "Chief financial officer",
    "chair": "Chair",
    "cog": "Chair of governors",
    "hoy": "Head of year",
    "hod": "Head of department",
    "sbm": "School business manager",
}
_PLURALS = {"ht": "Headteachers", "dht": "Deputy headteachers", "aht": "Assistant headteachers", "hoy": "Heads of year"}
_TEAMS = frozenset(
    {"hr", "it", "ict", "pr", "finance", "estates", "admin", "operations", "marketing", "safeguarding", "governors"}
    | {"trustees", "parents", "pupils", "staff", "teachers", "everyone", "all", "catering", "communications"}
)
# Lower-case words that stand in the names of posts and groups; any other makes four words a sentence.
_OF_POSTS = re.compile(
    "all|and|assistants?|board|business|chair|chief|class|committee|community|coordinators?|department|deputy|director"
    "|directors|each|early|education|executive|for|force|governing|governors?|group|heads?|headteachers?|in|lead|leaders?"
    "|leadership|learning|managers?|members?|of|office|officers?|parents|partners?|phase|principals?|project|pupils"
    "|safeguarding|schools?|senior|staff|subject|support|task|teachers?|teaching|teams?|the|their|trust|trustees|years?"
)
_VERBS = re.compile(
    "will|to|is|are|was|were|has|have|had|should|must|can|could|would|be|been|that|which|when|if|who|where|this|it|they"
    "|we|ensures?|monitors|reviews|meets|leads|provides|works|with|by|through"
)
_PARTICLES = frozenset({"de", "del", "della", "der", "den", "di", "da", "dos", "la", "le", "van", "von", "bin", "al"})
_MOST_WORDS = 8  # of one name or post
_PROTECTED = re.compile(
    r"\b(teaching|health|learning|equality|equalities|research|quality|personal|culture|human|safeguarding)"
    r"\s*(&|and)\s*(learning|safety|development|diversity|inclusion|standards|welfare|wellbeing|resources|behaviour)\b",
    re.IGNORECASE,
)
_JOINT = "\N{WORD JOINER}"  # holds the place of an `and` that does not part two people
_LABEL = re.compile(
    r"^(?:lead(?: officer| person)?|led by|owner|owned by|responsible(?: person)?|contact|by|assigned to|named lead)"
    r"\s*[:=-]\s*",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|revd?|fr|cllr|councillor|lord|lady)\.?\s+(?=\S)", re.IGNORECASE
)
_BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*")
_DIVIDER = re.compile(r"\s*(?:;|\n|\s/\s|/|\s&\s|(?<=\w{3})&(?=\w{3})|\s\+\s|\s+and\s+|\s*•\s*)\s*", re.IGNORECASE)
_NOT_GIVEN = frozenset({"", "-", "--", "?", "??", "tbc", "tbd", "tba", "to be confirmed", "vacant", "unassigned"})
_PERHAPS_NOBODY = frozenset({"n/a", "none", "nil", "nobody", "not applicable"})
_INITIALS = re.compile(r"(?:[A-Z]\.? ?){1,4}")
_SENTENCE = "This reads as a sentence, so it is kept as text and nobody is named."


def read_people(text: str) -> Reading:
    """Who is named; value: a tuple of names, roles spelled out. Empty: nobody, or a sentence (rule `sentence`).

    `Smith, Jane` is asked, unless one side can be no person of its own. Initials and `N.A.` stay as they are typed.
    """
    reading = _read(clean(text))
    return Reading(text, reading.value, reading.rule, reading.certainty, reading.says)


@lru_cache(maxsize=4096)
def _read(text: str) -> Reading:
    said = plain(text)
    if said in _NOT_GIVEN:
        return Reading("", (), "not set")
    if said in _PERHAPS_NOBODY:
        return Reading("", (text,), "text", Certainty.ASK, f"Does '{text}' mean nobody?")
    labelled = _LABEL.match(text)
    bare = _PROTECTED.sub(rf"\1 {_JOINT}\2{_JOINT} \3", text[labelled.end() :] if labelled else text)
    parts = [part for part in _DIVIDER.split(bare) if part and part.strip(" .,")]
    if any(_is_sentence(part) for part in parts):
        return Reading("", (), "sentence", Certainty.WARN, _SENTENCE)
    names: list[str] = []
    certainty, says = Certainty.EXACT, ""
    for part in parts:
        found, sure, said = _at_commas(part, alone=len(parts) == 1)
        names += found
        if sure is not Certainty.EXACT:
            certainty, says = (sure, said) if certainty is not Certainty.ASK else (certainty, says)
    spelled = tuple(dict.fromkeys(name for name in names if name))
    return Reading("", spelled, _rule(bare, spelled, labelled is not None), certainty, says)


def _rule(text: str, names: tuple[str, ...], labelled: bool) -> str:
    if labelled:
        return "lead"
    if any(_role(part.strip(" .()")) for part in re.split(r"[/;,&\n]|\band\b", text)):
        return "roles"
    if names and all(_is_team(name) for name in names):
        return "teams" if len(names) > 1 else "group"
    return "names"


def _at_commas(part: str, *, alone: bool) -> tuple[list[str], Certainty, str]:
    """A comma parts two people, or a surname from its forenames."""
    if "," not in part:
        return [_name(part)], Certainty.EXACT, ""
    pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
    if len(pieces) == 1:
        return [_name(pieces[0])], Certainty.EXACT, ""
    roles = [_role(piece) is not None or _is_team(piece) for piece in pieces]
    if all(_stands_alone(piece) for piece in pieces) and (len(pieces) > 2 or roles[0] == roles[1]):
        return [_name(piece) for piece in pieces], Certainty.EXACT, ""
    if len(pieces) == 2 and any(roles):
        return (
            [_name(piece) for piece in pieces],
            Certainty.ASK,
            f"Is '{part}' one person and their role, or two people?",
        )
    if len(pieces) == 2:
        turned = [_name(f"{pieces[1]} {pieces[0]}")]
        if (_INITIALS.fullmatch(pieces[1]) and not _INITIALS.fullmatch(pieces[0])) or not alone:
            return turned, Certainty.ASSUMED, "The surname stands first."
        both = " and ".join(_name(piece) for piece in pieces)
        return turned, Certainty.ASK, f"One person, {turned[0]}, or two, {both}?"
    apart = [_name(piece) for piece in pieces]
    if len(pieces) % 2 == 0:
        return apart, Certainty.ASK, "Are these surnames with their forenames, or that many people?"
    return apart, Certainty.ASSUMED, ""


def _stands_alone(piece: str) -> bool:
    """Whether it can be no half of `Surname, Forename`: a role, a team, or two words and more."""
    return _role(piece) is not None or _is_team(piece) or len(_TITLE.sub("", piece).split()) > 1


def _name(part: str) -> str:
    part = part.replace(_JOINT, "")
    inside = _BRACKETS.search(part)
    if inside is not None:
        outside = _BRACKETS.sub(" ", part).strip()
        # `Headteacher (Jane Smith)` names her; of `Jane Smith (Headteacher)` the role is left out.
        keeps_inside = not outside or (_is_post(outside) and not _is_post(inside[1]))
        part = inside[1] if keeps_inside else outside
    part = " ".join(part.split()).strip(" ,;:-")
    role = _role(part)
    if role is not None:
        return role
    bare = _TITLE.sub("", part)
    return bare if _INITIALS.fullmatch(bare) else bare.rstrip(".")


def _role(part: str) -> str | None:
    """A role's short form in full, with the year that may stand behind it: `HoY 7`."""
    found = re.fullmatch(r"([a-z]+?)('?s)?( (?:of )?(?:year |y)?\d{1,2})?", plain(part).replace(".", "").strip())
    if found is None:
        return None
    for short, plural in ((found[1] + (found[2] or ""), False), (found[1], bool(found[2]))):
        if short in ROLES and (not plural or short in _PLURALS):
            number = re.sub(r"\D", "", found[3] or "")
            return f"{_PLURALS[short] if plural else ROLES[short]}{f' {number}' if number else ''}"
    return None


def _is_team(name: str) -> bool:
    words = name.casefold().split()
    return bool(words) and (name.casefold() in _TEAMS or words[0] == "all" or words[-1] in ("team", "teams", "staff"))


def _is_post(words: str) -> bool:
    lower = words.casefold().split()
    return _role(words) is not None or (bool(lower) and all(_OF_POSTS.fullmatch(word) for word in lower))


def _is_sentence(part: str) -> bool:
    words = part.replace(_JOINT, "").split()
    lower = [word.strip(".,:;()'\"") for word in words if word[:1].islower()]
    if len(words) > _MOST_WORDS or part.endswith(("...", "…")) or any(_VERBS.fullmatch(word) for word in lower):
        return len(words) > 1
    strange = [word for word in lower if word and not _OF_POSTS.fullmatch(word) and word not in _PARTICLES]
    return len(words) >= 4 and bool(strange) and words[0][:1].isupper()
