"""The words people use for the status of an action, and nothing that only resembles one."""

import re
from collections.abc import Mapping
from functools import lru_cache

from framework.plans import Status
from framework.workbook.readings.plain import plain, without_footnote
from framework.workbook.readings.shape import Certainty, Reading

NOT_SET = "not set"  # the rule of a reading that says there is no status, as against one nobody can read
_OUR_WORDS = {str(status): status for status in Status}
_SAID = {
    Status.NOT_STARTED: "not yet started|yet to start|to do|todo|planned|open|new|proposal|proposed"
    "|awaiting start|backlog"
    "|not begun|not commenced|pending start|no progress|no progress yet|0%",
    Status.ON_TRACK: "in progress|inprogress|on going|ongoing|under way|underway|wip|work in progress|live|active"
    "|started"
    "|begun|partially complete|partly complete|partially completed|working towards|draft for consultation|interim"
    "|progressing|on target|on schedule|making progress|in hand",
    Status.AT_RISK: "delayed|late|behind|behind schedule|off track|overdue|slipped|slipping|some delay",
    Status.BLOCKED: "blocked|stuck|stalled",
    Status.DONE: "complete|completed|achieved|fully met|fully achieved|embedded|finished|closed|implemented|delivered"
    "|yes|y|✓|✔|☑|✅|signed off|approved|100%",
    Status.STOPPED: "cancelled|canceled|stopped|dropped|superceded|superseded|not required"
    "|no longer required|no longer needed"
    "|rejected|removed|abandoned|withdrawn|discontinued",
}
_ASSUMED = {
    Status.BLOCKED: "on hold|held|paused|postponed|deferred|parked|suspended|awaiting decision"
    "|awaiting approval|waiting",
}
_NONE_SET = frozenset({"", "-", "--", ".", "?", "??", "tbc", "tbd", "tba", "unknown", "not set", "blank", "not known"})
_PERHAPS_NONE = frozenset({"na", "n/a", "n.a.", "n a", "not applicable", "none", "nil"})
_TICKS = frozenset({"x", "✓", "✔", "☑", "✅", "y", "yes", "true", "1", "done"})
_NO_TICKS = frozenset({"n", "no", "false", "0", "✗", "✘", "☐", "❌"})
_ASKS_YES_OR_NO = re.compile(r"(?:completed?|done|finished|closed|achieved)\W*\??(?: ?\(?y(?:es)?/no?\)?)?\W*")
_FIRST_SIGNS = re.compile(r"^[^\w?\-.]+(?=\w)")
_WITH_NOTE = re.compile(r"(?P<word>[^,;:(]+?)(?: - |[,;:] ?)(?P<note>.+)")


def _table(said: Mapping[Status, str]) -> dict[str, Status]:
    return {word: status for status, words in said.items() for word in words.split("|")}


STATUS_WORDS: Mapping[str, Status] = {**_table(_SAID), **_OUR_WORDS}
_ASSUMED_WORDS = _table(_ASSUMED)


@lru_cache(maxsize=8192)
def read_status(text: str, *, heading: str = "") -> Reading:
    """An action's status; value: Status or None.

    None with the rule `not set` says that there is none; any other None is a word nobody knows, to be kept as a note.
    Words before a dash or comma are proposed, never taken: what follows may take them back.

    heading  of the column: under `Complete?` a cross is a tick
    """
    words = without_footnote(plain(text))
    if _ASKS_YES_OR_NO.fullmatch(plain(heading)):
        if words in _TICKS:
            return Reading(text, Status.DONE, f"ticked under {heading}")
        if words in _NO_TICKS:
            return Reading(text, None, "not ticked", Certainty.ASK, "Not done: has it been started?")
    known = _known(text, words)
    if known is not None:
        return known
    if words in _NONE_SET:
        return Reading(text, None, NOT_SET)
    if words in _PERHAPS_NONE:
        says = "No status set, or an action that is not needed?"
        return Reading(text, None, NOT_SET, Certainty.ASK, says)
    if (noted := _WITH_NOTE.fullmatch(words)) is not None and (first := _known(text, noted["word"])) is not None:
        says = f"Is the status '{first.value}', with the rest kept as a note?"
        return Reading(text, first.value, "first words", Certainty.ASK, says)
    return Reading(text, None, "unknown word", Certainty.ASK, f"'{text.strip()}' is no status we know.")


def _known(text: str, words: str) -> Reading | None:
    bare = _FIRST_SIGNS.sub("", words).rstrip(" .!")
    for said in (words, bare, re.sub("[-_]", " ", bare)):
        if said in _OUR_WORDS:
            return Reading(text, _OUR_WORDS[said], "our word")
        if said in STATUS_WORDS:
            return Reading(text, STATUS_WORDS[said], "known word")
        if said in _ASSUMED_WORDS:
            status = _ASSUMED_WORDS[said]
            return Reading(text, status, "known word", Certainty.ASSUMED, f"Taken as {status}.")
    return None
