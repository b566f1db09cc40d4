"""An action as somebody may open it: by what their audience is shown, or because it is theirs to do."""

from dataclasses import replace

from framework.people import Person
from framework.picture.own import is_own
from framework.picture.shape import Picture
from framework.plans import Action, Visibility


def opened(picture: Picture, ref: str, person: Person | None) -> tuple[Picture, Action] | None:
    """The action and a picture that shows it; None where it is not here or not open to this person: both answer alike.

    Whoever does an action sees it whatever its visibility, and nothing more of the plan than before.
    """
    found = picture.actions.get(ref)
    if found is not None:
        return picture, found
    hidden = picture.rows.get("action", {}).get(ref)
    if person is None or hidden is None or hidden.archived or not is_own(hidden, person):
        return None
    actions = {**picture.rows["action"], ref: replace(hidden, visibility=Visibility.TASK_FORCE)}
    shown = replace(picture, rows={**picture.rows, "action": actions}, cache={})
    return shown, shown.actions[ref]
