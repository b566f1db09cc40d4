"""Places, organisations, people and events."""

from framework.civic import Part
from framework.community import Event, Organisation
from framework.people import Person, Role
from framework.places import Phase, Place, PlaceKind
from framework.subjects.shape import FICTIONAL, Field, Kind, Subject, choice, many, one

PLACES = Subject(
    "place",
    "Schools",
    "The trust and its schools",
    "a school",
    Place,
    ("name",),
    (
        Field("name", "name", required=True),
        choice("kind", "kind", PlaceKind, required=True),
        choice("phase", "phase", Phase),
        Field("pupils", "pupils", Kind.WHOLE, low=0, help="on roll"),
        Field("joined_on", "joined", Kind.DATE, help="blank: from the beginning"),
        Field("left_on", "left", Kind.DATE),
        FICTIONAL,
    ),
)
ORGANISATIONS = Subject(
    "organisation",
    "Organisations",
    "Organisations",
    "an organisation",
    Organisation,
    ("name",),
    (
        Field("name", "name", required=True),
        Field("kind", "kind"),
        Field("sector", "sector"),
        Field("joined_on", "joined", Kind.DATE),
        Field("left_on", "left", Kind.DATE),
        FICTIONAL,
    ),
)
PEOPLE = Subject(
    "person",
    "People",
    "People",
    "a person",
    Person,
    ("name",),
    (
        Field("name", "name", required=True, personal=True),
        Field("initials", "initials", personal=True),
        Field("job", "job", personal=True),
        choice("role", "role", Role, required=True),
        one("organisation", "organisation", "organisation"),
        one("school", "school", "place"),
        Field("email", "email", personal=True, private=True, help="leaders alone see it", since=3),
        Field("left_on", "left", Kind.DATE, help="the last day; from then on nobody is asked here", since=3),
        FICTIONAL,
    ),
)
EVENTS = Subject(
    "event",
    "Events",
    "Events",
    "an event",
    Event,
    ("title", "starts_on"),
    (
        Field("title", "title", required=True),
        Field("kind", "kind"),
        Field("starts_on", "start", Kind.DATE, required=True),
        Field("ends_on", "end", Kind.DATE),
        Field("where", "where"),
        many("organisations", "organisations", "organisation"),
        many("places", "schools", "place"),
        one("objective", "objective", "element", part=Part.OBJECTIVE),
        Field("note", "note", Kind.LONG),
        FICTIONAL,
    ),
)
