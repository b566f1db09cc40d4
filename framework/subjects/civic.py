"""The framework's subjects: its versions and their parts."""

from framework.civic import Edition, EditionState, Element, Part
from framework.subjects.shape import FICTIONAL, Field, Kind, Subject, choice, one

EDITIONS = Subject(
    "edition",
    "Versions",
    "Versions of the framework",
    "a framework version",
    Edition,
    ("code",),
    (
        Field("code", "code", required=True, help="short and lasting, such as 2025-2027"),
        Field("title", "title", required=True),
        Field("starts_on", "start", Kind.DATE, required=True),
        Field("ends_on", "end", Kind.DATE, required=True),
        choice("state", "state", EditionState, required=True),
        FICTIONAL,
    ),
)
ELEMENTS = Subject(
    "element",
    "Framework",
    "The framework, word for word",
    "a part of the framework",
    Element,
    ("edition", "part", "position"),
    (
        one("edition", "version", "edition", required=True),
        choice("part", "part", Part, required=True),
        Field("position", "order", Kind.WHOLE, required=True, low=1, help="1 for the first of its part"),
        Field("kind", "kind", help="premise or commitment of a statement; the stage of a priority"),
        Field("words", "words", Kind.LONG, required=True, help="exactly as published"),
        FICTIONAL,
    ),
)
