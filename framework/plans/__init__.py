"""Actions, milestones, updates and evidence, and what can be counted and said of them."""

from framework.plans.shape import (
    CLOSED,
    Action,
    Answer,
    Confidence,
    Evidence,
    Milestone,
    MoveReason,
    Response,
    Status,
    Update,
    Visibility,
)
from framework.plans.signals import Signals, due_words, is_late, last_word_on, signals

__all__ = [
    "CLOSED",
    "Action",
    "Answer",
    "Confidence",
    "Evidence",
    "Milestone",
    "MoveReason",
    "Response",
    "Signals",
    "Status",
    "Update",
    "Visibility",
    "due_words",
    "is_late",
    "last_word_on",
    "signals",
]
