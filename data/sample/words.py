"""The Versions and Framework sheets: the published words, exactly and in their order."""

from datetime import date

from data.sample.rows import Row, row

OLD, NOW = "2023-2025", "2025-2027"

_BEFORE = [
    ("strapline", "Ensuring every individual is free to succeed"),
    ("motto", "Collaboration today. Mobilising the communities of tomorrow."),
    (
        "basis",
        "Guided by the latest insights from our community task force partnership initiative and guiding principles "
        "and theory from the Confederation of School Trust's Community Anchoring \u2013 School Trusts as Anchor "
        "Institutions whitepaper",
    ),
    (
        "purpose",
        "to set our strategic objective and direct tactical management of targeted interventions and activity which "
        "embeds the Trust as an anchor institution within its community",
    ),
    (
        "task force",
        "our first ever 'Community Task Force' \u2013 a group made up of local organisations working towards "
        "mobilising our community to raise aspirations",
    ),
    (
        "contact",
        "communityevents@the-pact.co.uk (Community Task Force: get involved, find out more; Community Events Calendar)",
    ),
    (
        "aim",
        "Establish PACT as an anchor institution in our communities, to mobilise joint responsibility to reverse the "
        "tide of deprivation and lack of equitable opportunities facing our students",
    ),
    ("pillar", "Collaboration and accountability"),
    ("pillar", "Civic purpose and wider common good"),
]
_STATEMENTS = [
    "PACT has long-lasting relationships with young people and families",
    "Long-lasting relationships enable us to think broadly about outcomes we want for young people",
    "Trust leaders' moral purpose is strengthened through developing civic leadership",
    "Run great schools and advocate for (local and national) policy change when needed to achieve long-term goals",
    "Build and nurture strategic partnerships with other schools and other sectors supporting children and families "
    "locally",
    "Focus on impact and measure progress against broad outcomes for all children in communities in which the Trust "
    "works",
    "Invest in developing our workforce (especially locally) and contributing to strong communities",
    "Deliberately empower others (including people outside the Trust) to lead and take action to support children and "
    "families",
    "Use our position as a trusted, visible institution to improve local systems and increase their impact",
]
_AFTER = [
    ("objective", "Contribute to a coherent education experience for all children and young people"),
    ("objective", "Develop a deep understanding of our communities and work closely with them"),
    ("objective", "Consciously develop our local workforce: the Trust as an employer"),
    ("strand", "Exceptional Education"),
    ("strand", "Exceptional Welfare"),
    ("strand", "Exceptional Infrastructure"),
    ("strand", "Sustainability"),
    ("strand", "Exceptional People"),
    ("priority", "Prevent and reduce poverty"),
    ("priority", "Mobilising underserved communities"),
    ("priority", "Providing exposure to opportunities"),
    ("priority", "Enhancing PACT's leadership culture"),
]


def _kind(part: str, order: int) -> str:
    if part == "statement":
        return "premise" if order <= 3 else "commitment"  # the first three say what is, the rest what to do
    return "Stage One" if part == "priority" else ""


def version_rows() -> list[Row]:
    return [
        {
            "code": OLD,
            "title": "Civic Duty Framework 2023-2025",
            "start": date(2023, 9, 1),
            "end": date(2025, 8, 31),
            "state": "archived",
            "fictional": "no",
        },
        {
            "code": NOW,
            "title": "Civic Duty Framework 2025-2027 (fictional continuation)",
            "start": date(2025, 9, 1),
            "end": date(2027, 8, 31),
            "state": "current",
            "fictional": "yes",
        },
    ]


def framework_rows() -> list[Row]:
    """The same published words for both versions; the leader's statement is the trust's to paste."""
    published = [*_BEFORE, *(("statement", words) for words in _STATEMENTS), *_AFTER]
    found = []
    for version, fictional in ((OLD, "no"), (NOW, "yes")):
        seen: dict[str, int] = {}
        for part, words in published:
            seen[part] = order = seen.get(part, 0) + 1
            cells: Row = {"version": version, "part": part, "order": order, "kind": _kind(part, order)}
            found.append(row({**cells, "words": words, "fictional": fictional}))
    return found
