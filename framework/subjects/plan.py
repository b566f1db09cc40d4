"""Actions, milestones and updates."""

from framework.civic import Part
from framework.plans import Action, Confidence, Milestone, Response, Status, Update, Visibility
from framework.subjects.shape import FICTIONAL, RECORDED_ON, TAGS, Field, Kind, Subject, choice, many, one

ACTIONS = Subject(
    "action",
    "Actions",
    "Actions",
    "an action",
    Action,
    ("code",),
    (
        Field("code", "code", required=True, help="such as A-14"),
        one("edition", "version", "edition", required=True),
        one("objective", "objective", "element", part=Part.OBJECTIVE, required=True, help="A, B or C"),
        Field("title", "action", required=True),
        one("owner", "owner", "person"),
        one("organisation", "organisation", "organisation", help="who leads it; blank: the trust"),
        many("supporters", "supporters", "organisation"),
        many("places", "schools", "place", help="blank: the whole trust"),
        *TAGS,
        many("kpis", "should move", "kpi", help="codes of KPIs, parted by semicolons"),
        Field("success", "what will be different", Kind.LONG),
        Field("starts_on", "start", Kind.DATE),
        Field("first_due_on", "first due", Kind.DATE, help="the first promised date, kept for ever", lasting=True),
        Field("due_on", "due", Kind.DATE, required=True),
        choice("status", "status", Status, help="the owner's word; blank: not set"),
        choice("confidence", "confidence", Confidence, help="the leader's judgement"),
        Field("confidence_reason", "confidence reason", Kind.LONG),
        Field("confidence_on", "confidence on", Kind.DATE),
        Field("evidence", "evidence"),
        Field("likelihood", "likelihood", Kind.WHOLE, low=1, high=5),
        Field("impact", "impact", Kind.WHOLE, low=1, high=5),
        choice("response", "response", Response),
        choice("visibility", "visibility", Visibility, help="blank: leaders"),
        Field("added_on", "recorded on", Kind.DATE, help="the day it was first written down here", lasting=True),
        FICTIONAL,
    ),
)
MILESTONES = Subject(
    "milestone",
    "Milestones",
    "Milestones: the dated steps of actions",
    "a milestone",
    Milestone,
    ("action", "title"),
    (
        one("action", "action", "action", required=True),
        Field("title", "milestone", required=True),
        Field("due_on", "due", Kind.DATE, required=True),
        Field("done_on", "done on", Kind.DATE),
        FICTIONAL,
    ),
)
UPDATES = Subject(
    "action_update",
    "Updates",
    "Updates: dated words on actions",
    "an update",
    Update,
    ("action", "on", "words"),
    (
        one("action", "action", "action", required=True),
        Field("on", "date", Kind.DATE, required=True),
        Field("words", "update", Kind.LONG, required=True),
        choice("status", "status", Status, help="blank changes nothing"),
        Field("percent_done", "% done", Kind.NUMBER, low=0, high=100, help="the owner's word"),
        one("by", "by", "person"),
        Field("new_due_on", "new due", Kind.DATE),
        Field("moved_because", "reason for the move"),
        Field("next_step", "next", Kind.LONG),
        Field("in_the_way", "in the way", Kind.LONG),
        Field("help_wanted", "help wanted", Kind.LONG),
        FICTIONAL,
    ),
    derived=(RECORDED_ON,),
)
