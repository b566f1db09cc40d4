"""The sample's Schools, Organisations and People: all invented but the trust's own name."""

from datetime import date

from data.sample.rows import Row, row

TRUST = "PACT (Prince Albert Community Trust)"
HAZEL, MILL, DAMSON = "Hazel Grange Primary", "Mill Lane Primary", "Damson Way Primary"
CANAL, LARK, LANTERN = "Canal Street Primary", "Larkfield Primary", "Lantern Hill Primary"
AGNES = "St Agnes Secondary"
PUPILS = {HAZEL: 420, MILL: 210, DAMSON: 630, CANAL: 460, LARK: 205, LANTERN: 315, AGNES: 950}
SCHOOLS = tuple(PUPILS)
PRIMARIES = SCHOOLS[:-1]
JOINED = {LARK: date(2024, 9, 1)}  # the others were there from the first day

SAFFRON, ADVICE, YOUTH = "Saffron Table Community Kitchen", "Northside Family Advice", "Fourteen Trees Youth Club"
PAGES, MOSQUE, FORUM = "Open Pages Reading Project", "Three Wells Mosque Association", "Seven Lamps Interfaith Forum"
CHAPEL, HEALTH, KITE = "Wayfarers' Chapel", "Cobnut Health Partnership", "Kite Children's Health Team"
TERN, HALFPENNY = "Tern and Holloway Engineering", "Halfpenny Foods"
EARLY_HELP, COLLEGE = "Neighbourhood Early Help Team", "Kiln Lane College"
RESIDENTS, PARENTS = "Towpath Residents' Association", "Hazel Grange Parents' Circle"
# Where each has its addresses; nobody can ever own a name that ends so.
_DOMAINS = {
    "": "trust.example",
    **{HAZEL: "hazelgrange.example", MILL: "milllane.example", DAMSON: "damsonway.example"},
    **{CANAL: "canalstreet.example", LARK: "larkfield.example", LANTERN: "lanternhill.example"},
    **{AGNES: "stagnes.example", MOSQUE: "threewells.example", SAFFRON: "saffrontable.example"},
    **{TERN: "ternholloway.example", HEALTH: "cobnuthealth.example", YOUTH: "fourteentrees.example"},
    **{RESIDENTS: "towpath.example", COLLEGE: "kilnlane.example", ADVICE: "northside.example"},
}

_ORGANISATIONS = [
    (SAFFRON, "community kitchen", "charity", date(2023, 9, 1), None),
    (ADVICE, "advice centre", "charity", date(2023, 9, 1), None),
    (YOUTH, "youth club", "charity", date(2023, 11, 1), None),
    (PAGES, "reading charity", "charity", date(2023, 9, 1), date(2025, 7, 31)),
    (MOSQUE, "mosque", "faith", date(2023, 9, 1), None),
    (FORUM, "forum", "faith", date(2023, 9, 1), None),
    (CHAPEL, "church", "faith", date(2024, 1, 15), None),
    (HEALTH, "general practices", "health", date(2023, 9, 1), None),
    (KITE, "children's health service", "health", date(2024, 9, 1), None),
    (TERN, "employer", "business", date(2023, 9, 1), None),
    (HALFPENNY, "employer", "business", date(2024, 4, 22), None),
    (EARLY_HELP, "council team", "council", date(2023, 9, 1), None),
    (COLLEGE, "further education college", "college", date(2023, 9, 1), None),
    (RESIDENTS, "residents' association", "residents", date(2023, 9, 1), None),
    (PARENTS, "parents' group", "residents", date(2024, 9, 16), None),
]

MEERA, JOANNA, IDRIS, COLETTE = "Meera Chauhan", "Joanna Whitlock", "Idris Farah", "Colette Baptiste"
NASREEN, OWEN, SUKHVINDER, MARCIN = "Nasreen Akhtar", "Owen Pritchard", "Sukhvinder Gill", "Marcin Wojda"
AALIYAH, THUY, DANIEL = "Aaliyah Bennett", "Thuy Pham", "Daniel Okafor"
YUSUF, BERNADETTE, HARPREET, GRACE = "Yusuf Rahmani", "Bernadette Doyle", "Harpreet Sandhu", "Grace Mutasa"
LEROY, ZOFIA, IMRAN, PATIENCE = "Leroy Campbell", "Zofia Nowak", "Imran Latif", "Patience Adeyemi"
RUKHSANA = "Rukhsana Mirza"

_PEOPLE = [
    (MEERA, "MC", "Data and systems manager", "administrator", "", ""),
    (JOANNA, "JW", "Director of community", "leader", "", ""),
    (IDRIS, "IF", "Director of education", "leader", "", ""),
    (COLETTE, "CB", "Head of people", "leader", "", ""),
    (NASREEN, "NA", "Family lead", "school contact", "", HAZEL),
    (OWEN, "OP", "School business manager", "school contact", "", MILL),
    (SUKHVINDER, "SG", "Deputy headteacher", "school contact", "", DAMSON),
    (MARCIN, "MW", "Assistant headteacher", "school contact", "", CANAL),
    (AALIYAH, "AB", "Pastoral lead", "school contact", "", LARK),
    (THUY, "TP", "Early years lead", "school contact", "", LANTERN),
    (DANIEL, "DO", "Assistant headteacher, careers", "school contact", "", AGNES),
    (YUSUF, "YR", "Community secretary", "task force member", MOSQUE, ""),
    (BERNADETTE, "BD", "Kitchen manager", "task force member", SAFFRON, ""),
    (HARPREET, "HS", "Training manager", "task force member", TERN, ""),
    (GRACE, "GM", "Practice nurse", "task force member", HEALTH, ""),
    (LEROY, "LC", "Youth worker", "task force member", YOUTH, ""),
    (ZOFIA, "ZN", "Secretary", "task force member", RESIDENTS, ""),
    (IMRAN, "IL", "Head of adult learning", "task force member", COLLEGE, ""),
    (PATIENCE, "PA", "Advice worker", "task force member", ADVICE, ""),
    (RUKHSANA, "RM", "Task force facilitator", "facilitator", "", ""),
    ("Margaret Ellery", "ME", "Chair of trustees", "governor", "", ""),
    ("Kwame Asante", "KA", "Local academy committee representative", "governor", "", HAZEL),
    ("Shabnam Iqbal", "SI", "Local academy committee representative", "governor", "", AGNES),
]
_LEFT = {PATIENCE: date(2026, 7, 17)}  # and B-11 is hers still
_WITHOUT_ADDRESS = {ZOFIA}  # rings, and prefers to be rung


def _address(name: str, organisation: str, school: str) -> str:
    local = name.casefold().replace(" ", ".")
    return "" if name in _WITHOUT_ADDRESS else f"{local}@{_DOMAINS[organisation or school]}"


def school_rows() -> list[Row]:
    found: list[Row] = [{"name": TRUST, "kind": "trust", "fictional": "no"}]
    for name, pupils in PUPILS.items():
        phase = "secondary" if name == AGNES else "primary"
        cells: Row = {"name": name, "kind": "school", "phase": phase, "pupils": pupils, "joined": JOINED.get(name)}
        found.append(row({**cells, "fictional": "yes"}))
    return found


def organisation_rows() -> list[Row]:
    headings = ("name", "kind", "sector", "joined", "left")
    return [row({**dict(zip(headings, cells, strict=True)), "fictional": "yes"}) for cells in _ORGANISATIONS]


def people_rows() -> list[Row]:
    headings = ("name", "initials", "job", "role", "organisation", "school")
    found = []
    for person in _PEOPLE:
        cells: Row = dict(zip(headings, person, strict=True))
        name, *_, organisation, school = person
        cells |= {"email": _address(name, organisation, school), "left": _LEFT.get(name)}
        found.append(row({**cells, "fictional": "yes"}))
    return found
